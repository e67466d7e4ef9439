"""Computing a timetable: asked for on a page, done in the worker, kept as a draft."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.engines import scheduling
from bridgehead.engines.scheduling import Instance, Solution
from bridgehead.matchmaking.actions.errors import NothingToPlan, OutOfDate
from bridgehead.matchmaking.figures import figures_of
from bridgehead.matchmaking.instances import build, lean, pair_of, pinned_worth, published_timetable
from bridgehead.matchmaking.models import Forum, Meeting, Pin, Run, Slot, Table, Timetable
from bridgehead.matchmaking.rules import SECONDS_TO_SOLVE, Seat, keep_tables

if TYPE_CHECKING:  # the solver behind these names is loaded when a timetable is computed, not at start-up
    from bridgehead.engines.scheduling import Progress

#: Seconds passed, and the engine's latest word (None before the first). Answers whether to go on.
Tell = Callable[[float, "Progress | None"], bool]
ASK_EVERY = 0.5
LONGEST_TRAIL = 200


def compute(
    *,
    forum: Forum,
    by: Any,
    goal: str = Run.Goal.PROMISED,
    time_limit: float = SECONDS_TO_SOLVE,
    threads: int = 0,
    least_change: bool = False,
    tell: Tell | None = None,
) -> Timetable:
    """Make a draft timetable. No lock is held while the engine thinks, so people keep saving their wishes.

    With `least_change` the published timetable is kept as far as it still can be. Raises NothingToPlan.
    """
    instance = build(forum, goal=goal, least_change=least_change)
    if not instance.requests:
        raise NothingToPlan
    base = published_timetable(forum) if least_change else None
    solution = _solved(instance, least_change and base is not None, time_limit, threads, tell)
    return _store(forum, instance, solution, base, goal, by)


def _solved(instance: Instance, replan: bool, time_limit: float, threads: int, tell: Tell | None) -> Solution:
    """The engine reports from its own threads; here only this thread speaks to the database."""
    latest: list[Progress] = []
    enough: list[bool] = []
    run = scheduling.replan if replan else scheduling.solve
    started = time.monotonic()
    with ThreadPoolExecutor(max_workers=1) as pool:
        answer = pool.submit(
            run,
            instance,
            time_limit=time_limit,
            threads=threads,
            seed=1,
            on_progress=latest.append,
            should_stop=lambda: bool(enough),
        )
        while tell is not None and not answer.done():
            if not tell(time.monotonic() - started, latest[-1] if latest else None):
                enough.append(True)
            try:
                answer.result(timeout=ASK_EVERY)
            except NotYet:
                continue
        if tell is not None and latest:
            tell(time.monotonic() - started, latest[-1])
        return answer.result()


@transaction.atomic
def _store(
    forum: Forum, instance: Instance, solution: Solution, base: Timetable | None, goal: str, by: Any
) -> Timetable:
    """Timetable and meetings at once, or nothing."""
    Forum.objects.select_for_update().get(pk=forum.pk)
    stands = {party.id: party.booth.id for party in instance.participants if party.booth}
    tables = dict(Table.objects.filter(forum=forum).values_list("code", "pk"))
    slots = set(Slot.objects.filter(forum=forum).values_list("pk", flat=True))
    online = {request.id for request in instance.requests if request.mode == "online"}
    rows = [
        Seat(
            pair_of(row.request),
            int(row.slot),
            row.table,
            int(row.interpreter[1:]) if row.interpreter else None,
            row.request in online,
        )
        for row in solution.assignments
    ]
    if any(seat.slot not in slots or (seat.table and seat.table not in tables) for seat in rows):
        raise OutOfDate
    rows = keep_tables(rows, _wanted_seats(forum), sorted(tables))
    held = {row.request for row in solution.assignments}
    pinned = pinned_worth(request for request in instance.requests if request.id in held)
    timetable = Timetable.objects.create(
        forum=forum,
        base=base,
        number=next_number(forum),
        goal=goal,
        made_by=by if getattr(by, "pk", None) else None,
        status=solution.status,
        objective=lean(solution.objective, pinned),
        bound=lean(solution.bound, pinned_worth(instance.requests)),
        instance=instance.to_dict(),
        requests=len(instance.requests),
        runtime_s=solution.runtime_s,
    )
    _seat(timetable, rows, tables, stands)
    take_figures(timetable)
    data = {"meetings": len(rows), "status": solution.status, **timetable.objective}
    record(timetable, "timetable.compute", by, data=data)
    return timetable


def _seat(
    timetable: Timetable, rows: list[Seat], tables: dict[str, int], stands: dict[str, str | None]
) -> None:
    Meeting.objects.bulk_create(
        Meeting(
            timetable=timetable,
            firm_id=seat.pair[0],
            buyer_id=seat.pair[1],
            slot_id=seat.slot,
            table_id=tables[seat.table] if seat.table else None,
            stand="" if seat.table or seat.online else stands.get(f"p{seat.pair[0]}") or "",
            interpreter_id=seat.interpreter,
        )
        for seat in rows
    )


def _wanted_seats(forum: Forum) -> list[Seat]:
    """Tables that people were told about, and those the officer pinned, which count more."""
    published = published_timetable(forum)
    wanted = {}
    if published is not None:
        planned = published.meetings.filter(state=Meeting.State.PLANNED, table__isnull=False)
        for meeting in planned.select_related("table"):
            assert meeting.table
            wanted[meeting.slot_id, meeting.table_id] = Seat(
                (meeting.firm_id, meeting.buyer_id), meeting.slot_id, meeting.table.code
            )
    for pin in Pin.objects.filter(forum=forum, table__isnull=False).select_related("table"):
        assert pin.table
        wanted[pin.slot_id, pin.table_id] = Seat((pin.firm_id, pin.buyer_id), pin.slot_id, pin.table.code)
    return list(wanted.values())


def next_number(forum: Forum) -> int:
    """Called with the forum locked."""
    return (forum.timetables.aggregate(last=Max("number"))["last"] or 0) + 1


def take_figures(timetable: Timetable) -> None:
    timetable.figures = figures_of(timetable.forum, timetable.meetings.select_related("table"))
    timetable.save(update_fields=["figures"])


def record(
    timetable: Timetable, verb: str, by: Any, *, data: dict[str, Any], at: datetime | None = None
) -> None:
    chain = timetable.forum.programme.host.slug
    audit.record(by=by, verb=verb, target=timetable, chain=chain, data=data, at=at)


def carry_out(run: Run) -> Run:
    """Compute what was asked for, telling how far it is and stopping with the best found when told to.

    A failure is on the run, for the page to show, and raised for whoever called.
    """
    Run.objects.filter(pk=run.pk).update(state=Run.State.RUNNING, heard_at=timezone.now())
    try:
        timetable = compute(
            forum=run.forum,
            by=run.asked_by,
            goal=run.goal,
            time_limit=run.seconds,
            least_change=run.least_change,
            tell=lambda seconds, latest: hear(run, seconds, latest),
        )
    except Exception as error:
        words = str(error) if isinstance(error, (NothingToPlan, OutOfDate)) else _("It ended with an error.")
        run.state, run.error = Run.State.FAILED, words
        raise
    else:
        stopped = Run.objects.filter(pk=run.pk, stop_asked_at__isnull=False).exists()
        run.state, run.timetable = Run.State.STOPPED if stopped else Run.State.DONE, timetable
    finally:
        run.finished_at = timezone.now()
        run.save(update_fields=["state", "error", "timetable", "finished_at"])
    return run


def hear(run: Run, seconds: float, latest: "Progress | None") -> bool:
    """Write down the engine's latest word; answers whether to go on."""
    now = timezone.now()
    values: dict[str, Any] = {"heard_at": now}
    if latest is not None:
        run.progress = {**latest.to_dict(), "seconds": round(seconds, 1)}
        row = [round(seconds, 1), latest.level, latest.best, latest.bound]
        if not run.trail or run.trail[-1][1:] != row[1:]:
            run.trail = [*run.trail, row][-LONGEST_TRAIL:]
        values |= {"progress": run.progress, "trail": run.trail}
    Run.objects.filter(pk=run.pk).update(**values)
    return not Run.objects.filter(pk=run.pk, stop_asked_at__isnull=False).exists()


def stop_run(*, run: Run, by: Any) -> None:
    """The best timetable found so far becomes the draft. Stopped twice is stopped once."""
    asked = Run.objects.filter(pk=run.pk, stop_asked_at=None, finished_at=None)
    if asked.update(stop_asked_at=timezone.now()):
        chain = run.forum.programme.host.slug
        audit.record(by=by, verb="timetable.stop", target=run, chain=chain)
