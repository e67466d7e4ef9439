"""Why nothing is possible: a small set of requests that cannot all be held.

Simple causes are looked for first. Otherwise each request that must be held becomes an assumption of the
model; CP-SAT names a subset that is already impossible, and a deletion filter takes out of it, one by one,
what is not needed (Chinneck's deletion filter for irreducible infeasible sets), until the time is over.
"""

import time

from ortools.sat.python import cp_model

from bridgehead.engines.scheduling.grid import Grid
from bridgehead.engines.scheduling.measures import Measures
from bridgehead.engines.scheduling.model import OutOfTime, TimetableModel
from bridgehead.engines.scheduling.search import ShouldStop, interruptible


def find_conflict(grid: Grid, *, seconds: float, seed: int, should_stop: ShouldStop) -> tuple[str, ...]:
    """Ids of requests that cannot all be held; empty when none was found in time.

    A participant's id comes first where that participant alone is the cause.
    """
    simple = simple_conflict(grid)
    if simple:
        return simple
    deadline = time.monotonic() + seconds
    try:
        model = TimetableModel(grid, by_assumption=True, deadline=deadline)
        Measures(model)
    except OutOfTime:
        return ()
    core = _core(model, sorted(model.must), deadline, seed, should_stop)
    if core is None:
        return ()
    for r in list(core):
        if time.monotonic() > deadline or should_stop():
            break
        if r in core:
            core = _core(model, [q for q in core if q != r], deadline, seed, should_stop) or core
    return tuple(grid.instance.requests[r].id for r in core)


def simple_conflict(grid: Grid) -> tuple[str, ...]:
    """A meeting without any slot, or a participant with too many: seen without a solver."""
    return _impossible_request(grid) or _overbooked(grid)


def _impossible_request(grid: Grid) -> tuple[str, ...]:
    for r, mask in enumerate(grid.masks):
        if not mask and grid.must_hold(r):
            return (grid.instance.requests[r].id,)
    return ()


def _overbooked(grid: Grid) -> tuple[str, ...]:
    """A participant with more meetings than places in its diary, and just so many of them."""
    for p, party in enumerate(grid.instance.participants):
        own = [r for r in grid.requests_of[p] if grid.must_hold(r)]
        places = 0
        for day in grid.day_masks:
            daily = party.capacity * (grid.available[p] & day).bit_count()
            places += daily if party.max_per_day is None else min(daily, party.max_per_day)
        if party.max_meetings is not None:
            places = min(places, party.max_meetings)
        if len(own) > places:
            return (party.id, *(grid.instance.requests[r].id for r in own[: places + 1]))
    return ()


def _core(
    model: TimetableModel, requests: list[int], deadline: float, seed: int, should_stop: ShouldStop
) -> list[int] | None:
    """A subset of `requests` that is already impossible, or None when they are possible or time is over."""
    if not requests:
        return None
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1  # assumptions are only supported by a single worker
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = max(0.01, deadline - time.monotonic())
    solver.parameters.catch_sigint_signal = False
    model.cp.clear_assumptions()
    model.cp.add_assumptions([model.must[r] for r in requests])
    if interruptible(solver, model.cp, should_stop) != cp_model.INFEASIBLE:
        return None
    guilty = set(solver.sufficient_assumptions_for_infeasibility())
    return [r for r in requests if model.must[r].index in guilty] or requests
