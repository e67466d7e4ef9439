"""What a running computation tells, in an officer's words: what it improves now, how good, how good at best."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from bridgehead.matchmaking.models import Run

#: The worker writes twice a second; silent for so long, something is wrong with it.
SILENT_AFTER = timedelta(seconds=20)


@dataclass(frozen=True)
class Told:
    """`points` are the trail of the current step as coordinates of a small picture of 100 by 30."""

    run: Run
    percent: int
    step: str
    best: str
    bound: str
    gap: str
    points: dict[str, str]
    silent: bool


def words_of(terms: dict[str, float]) -> str:
    names = {
        "value": _("Points of wishes"),
        "shortfall": _("Promised meetings missing"),
        "breaks": _("Gaps in people's days"),
        "walking": _("Metres walked"),
        "dropped": _("Meetings lost"),
        "disturbed": _("People disturbed"),
        "moved": _("Meetings moved"),
    }
    return " / ".join(names[key] for key in terms if key in names)


def told(run: Run, now: datetime) -> Told:
    latest = run.progress
    seconds = float(latest.get("seconds", 0))
    level, levels = latest.get("level", 0), latest.get("levels", 0)
    step = (
        _("Step %(level)d of %(levels)d: %(what)s")
        % {"level": level, "levels": levels, "what": words_of(latest["terms"])}
        if latest
        else ""
    )
    heard = run.heard_at or run.asked_at
    return Told(
        run=run,
        percent=min(100, round(100 * seconds / max(run.seconds, 1))),
        step=step,
        best=_number(latest.get("best")),
        bound=_number(latest.get("bound")),
        gap="–" if latest.get("gap") is None else f"{100 * latest['gap']:.2f} %",
        points=_points(run, level),
        silent=now - heard > SILENT_AFTER,
    )


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"


def _points(run: Run, level: int) -> dict[str, str]:
    rows = [row for row in run.trail if row[1] == level and row[2] is not None]
    if len(rows) < 2:
        return {}
    numbers = [value for row in rows for value in row[2:]]
    low, high = min(numbers), max(numbers)
    start, end = rows[0][0], rows[-1][0]

    def line(column: int) -> str:
        return " ".join(
            f"{100 * (row[0] - start) / max(end - start, 0.1):.1f},{28 - 26 * (row[column] - low) / max(high - low, 1):.1f}"
            for row in rows
        )

    return {"best": line(2), "bound": line(3)}
