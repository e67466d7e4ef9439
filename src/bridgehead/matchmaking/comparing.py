"""Runs side by side: one row a timetable, one column a figure, the best of each column marked; and the same drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bridgehead.matchmaking.models import Run, Timetable


@dataclass(frozen=True)
class Measure:
    """A column: what it says, which figure, of how many, and whether more of it is better."""

    key: str
    label: str
    of: str = ""
    more_is_better: bool = False
    unit: str = ""


@dataclass(frozen=True)
class Value:
    text: str
    best: bool


@dataclass(frozen=True)
class Line:
    timetable: Timetable
    name: str
    state: str
    goal: str
    values: list[Value]


def measures() -> list[Measure]:
    return [
        Measure("held", _("Meetings held"), "wished", True),
        Measure("musts", _("“Must” met"), "musts_all", True),
        Measure("likes", _("“Would like” met"), "likes_all", True),
        Measure("missed", _("Promised meetings missing"), "promised"),
        Measure("breaks", _("Gaps in people's days")),
        Measure("walking", _("Metres walked"), unit=" m"),
        Measure("hours", _("Hours of meetings"), unit=" h"),
    ]


def name_of(timetable: Timetable) -> str:
    """“Version 2” once it was published, “Draft 5” before."""
    if timetable.version:
        return _("Version %(number)d") % {"number": timetable.version}
    return _("Draft %(number)d") % {"number": timetable.number}


def state_of(timetable: Timetable) -> str:
    if timetable.published_at:
        return _("published now")
    return _("replaced") if timetable.replaced_at else pgettext("timetable", "draft")


def goal_of(timetable: Timetable) -> str:
    if timetable.base_id:
        return _("Least change")
    return str(dict(Run.Goal.choices).get(timetable.goal, ""))


def lines(timetables: Sequence[Timetable]) -> list[Line]:
    """Those measured before figures were kept have empty cells."""
    best = {measure.key: _best(measure, timetables) for measure in measures()}
    return [
        Line(
            timetable,
            name_of(timetable),
            state_of(timetable),
            goal_of(timetable),
            [_value(measure, timetable, best[measure.key], len(timetables)) for measure in measures()],
        )
        for timetable in timetables
    ]


def _best(measure: Measure, timetables: Iterable[Timetable]) -> float | None:
    known = [t.figures[measure.key] for t in timetables if measure.key in t.figures]
    if measure.key == "hours" or not known or len(set(known)) == 1:
        return None
    return max(known) if measure.more_is_better else min(known)


def _value(measure: Measure, timetable: Timetable, best: float | None, rows: int) -> Value:
    number = timetable.figures.get(measure.key)
    if number is None:
        return Value("–", False)
    of = timetable.figures.get(measure.of)
    text = f"{number:,} / {of:,}" if of is not None else f"{number:,}"
    return Value(f"{text}{measure.unit}", rows > 1 and number == best)
