"""A conflict as sentences for the officer who has to resolve it."""

from collections import Counter

from bridgehead.engines.scheduling.grid import Grid, bits

FEW = 3


def in_words(grid: Grid, conflict: tuple[str, ...]) -> tuple[str, ...]:
    """What cannot be, then what the meetings have in common. Empty for an empty conflict."""
    if not conflict:
        return ()
    requests = [grid.request_index[key] for key in conflict if key in grid.request_index]
    if conflict[0] in grid.party_index and conflict[0] not in grid.request_index:
        return (_overbooked(grid, grid.party_index[conflict[0]], len(requests)),)
    if len(requests) == 1:
        return (f"{_meeting(grid, requests[0])} has no slot in which it could be held.",)
    head = f"These {len(requests)} meetings cannot all be held: {', '.join(conflict)}."
    return (head, *_common(grid, requests))


def _overbooked(grid: Grid, p: int, count: int) -> str:
    return (
        f"{grid.instance.participants[p].id} has room for {count - 1} meetings, but at least {count} to hold."
    )


def _meeting(grid: Grid, r: int) -> str:
    request = grid.instance.requests[r]
    return f"The meeting {request.id} of {request.a} and {request.b}"


def _common(grid: Grid, requests: list[int]) -> list[str]:
    """The slots they compete for, and the parties, tables and languages they share."""
    slots = sorted({t for r in requests for t in bits(grid.masks[r])})
    names = [grid.instance.slots[t].id for t in slots]
    listed = ", ".join(names) if len(names) <= FEW else f"{names[0]} to {names[-1]}"
    out = [f"Together they can use {len(names)} slot{'s' * (len(names) > 1)}: {listed}."]
    shared = Counter(p for r in requests for p in grid.parties[r])
    busiest = [(p, n) for p, n in shared.most_common(FEW) if n > 1]
    out += [f"{grid.instance.participants[p].id} takes part in {n} of them." for p, n in busiest]
    seated = sum(1 for r in requests if grid.kind[r] == "table")
    if seated:
        tables = max((grid.tables_in_slot[t] for t in slots), default=0)
        out.append(f"{seated} of them need a shared table; a slot has at most {tables}.")
    for language, n in Counter(grid.instance.requests[r].interpreter for r in requests).items():
        if language is not None:
            out.append(
                f"{n} of them need an interpreter for {language}; {len(grid.speakers(language))} know it."
            )
    return out
