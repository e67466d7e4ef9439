"""A plan as arrays on which compiled moves work.

A party that can hold `c` meetings at once is `c` lanes, each with one cell per slot. A counted party's day is
also kept as a bit mask over the slots that matter to its breaks, so that counting breaks is bit arithmetic:
the runs of ones, less one.
"""

from collections import defaultdict
from typing import Any, NamedTuple

import numpy as np

from bridgehead.engines.scheduling.grid import Grid, Plan, bits

LONGEST_DAY = 63  # slots of a day, as bits of one word
MOST_CELLS = 120_000_000  # (request, slot) and (lane, slot) bytes
TASTES = ("breaks", "idle", "walking", "over", "away")
NONE = -1


class Board(NamedTuple):
    """Arrays indexed by request `r`, slot `t`, party `p`, lane, day `d`, interpreter `i`."""

    at: np.ndarray  # r: slot or -1
    party: np.ndarray  # r, side: party
    lane: np.ndarray  # r, side: lane while held
    allowed: np.ndarray  # r, t
    worth: np.ndarray  # r: weight
    locked: np.ndarray  # r: may not be moved or taken out
    online: np.ndarray  # r
    table: np.ndarray  # r: needs a shared table
    x: np.ndarray  # r: place, in whole units of length
    y: np.ndarray
    language: np.ndarray  # r: or -1
    serving: np.ndarray  # r: interpreter or -1
    wish: np.ndarray  # r: slot of the previous plan or -1
    link_from: np.ndarray  # r, r + 1: range of `link`
    link: np.ndarray  # the request that must be earlier (other + 1) or later (-(other + 1))
    first: np.ndarray  # p: first lane; p + 1: end
    cell: np.ndarray  # lane, t: request or -1
    open: np.ndarray  # p, t: the party is there
    counted: np.ndarray  # p
    held: np.ndarray  # p
    most: np.ndarray  # p: max_meetings
    daily: np.ndarray  # p, d
    most_daily: np.ndarray  # p
    least: np.ndarray  # p: min_meetings
    day: np.ndarray  # t
    slots: np.ndarray  # d, d + 1: range of slots
    bit: np.ndarray  # p, t: position within the party's day
    busy: np.ndarray  # p, d: bit mask
    cost: np.ndarray  # p, d: what this day adds to the annealed cost
    free_tables: np.ndarray  # t
    speaks: np.ndarray  # i, language
    off: np.ndarray  # i, t: interpreter is away
    work: np.ndarray  # i, t: request or -1
    longest: np.ndarray  # i: max_consecutive
    stamp: np.ndarray  # r: number of the last chain that touched it
    chain: np.ndarray  # requests of the chain at hand
    old: np.ndarray  # chain, 4: slot, lanes and interpreter before it
    tally: np.ndarray  # [chain number, chain length]
    taste: np.ndarray  # weights of the annealed cost, see TASTES
    limit: np.ndarray  # [breaks allowed per party, length of the longest chain]
    random: np.ndarray  # state of the generator


def fits(grid: Grid) -> bool:
    """Whether the arrays are of a reasonable size, and every day fits into a word."""
    lanes = sum(min(p.capacity, len(own)) for p, own in _parties(grid))
    cells = (len(grid.masks) + 4 * lanes + len(grid.requests_of)) * len(grid.day_of)
    return 0 < cells <= MOST_CELLS and all(len(day) <= LONGEST_DAY for day in grid.days)


def build(grid: Grid, *, seed: int, length_units: int = 1) -> Board:
    """An empty board. `length_units` makes all coordinates whole."""
    requests, parties, slots = grid.instance.requests, grid.instance.participants, len(grid.day_of)
    count, days, big = len(requests), len(grid.days), np.iinfo(np.int32).max
    links = _links(grid)
    lanes = np.zeros(len(parties) + 1, np.int32)
    np.cumsum([min(p.capacity, len(own)) for p, own in _parties(grid)], out=lanes[1:])
    tongues, speaks = _languages(grid)
    places = [place or (0, 0) for place in grid.booth_at]
    staff = grid.instance.interpreters
    return Board(
        at=np.full(count, NONE, np.int32),
        party=np.array(grid.parties, np.int32).reshape(count, 2),
        lane=np.zeros((count, 2), np.int32),
        allowed=_matrix(grid.masks, slots),
        worth=np.array([request.weight for request in requests], np.float64),
        locked=np.array([r in grid.pinned for r in range(count)], np.bool_),
        online=np.array([kind == "online" for kind in grid.kind], np.bool_),
        table=np.array([kind == "table" for kind in grid.kind], np.bool_),
        x=np.array([round(x * length_units) for x, _ in places], np.int64),
        y=np.array([round(y * length_units) for _, y in places], np.int64),
        language=np.array(
            [NONE if r.interpreter is None else tongues[r.interpreter] for r in requests], np.int32
        ),
        serving=np.full(count, NONE, np.int32),
        wish=np.array([_wish(grid, r) for r in range(count)], np.int32),
        link_from=np.cumsum([0, *(len(links[r]) for r in range(count))]).astype(np.int32),
        link=np.array([other for r in range(count) for other in links[r]], np.int32),
        first=lanes,
        cell=np.full((int(lanes[-1]), slots), NONE, np.int32),
        open=_matrix(grid.available, slots),
        counted=np.array([grid.counts(p) for p in range(len(parties))], np.bool_),
        held=np.zeros(len(parties), np.int32),
        most=np.array([big if p.max_meetings is None else p.max_meetings for p in parties], np.int32),
        daily=np.zeros((len(parties), days), np.int32),
        most_daily=np.array([big if p.max_per_day is None else p.max_per_day for p in parties], np.int32),
        least=np.array([p.min_meetings for p in parties], np.int32),
        day=np.array(grid.day_of, np.int32),
        slots=np.cumsum([0, *(len(day) for day in grid.days)]).astype(np.int32),
        bit=_positions(grid),
        busy=np.zeros((len(parties), days), np.int64),
        cost=np.zeros((len(parties), days), np.int64),
        free_tables=np.array(grid.tables_in_slot, np.int32),
        speaks=speaks,
        off=~_matrix(grid.interpreter_available, slots),
        work=np.full((len(staff), slots), NONE, np.int32),
        longest=np.array([big if i.max_consecutive is None else i.max_consecutive for i in staff], np.int32),
        stamp=np.zeros(count, np.int64),
        chain=np.zeros(count + 1, np.int32),
        old=np.zeros((count + 1, 4), np.int32),
        tally=np.zeros(2, np.int64),
        taste=np.zeros(len(TASTES), np.int64),
        limit=np.array([slots, 200], np.int64),
        random=np.array([seed * 2654435761 + 88172645463325252], np.uint64),
    )


def plan_of(board: Board) -> Plan:
    """Without tables: which table is named afterwards."""
    held = np.flatnonzero(board.at >= 0)
    served = held[board.serving[held] >= 0]
    return Plan(
        at=dict(zip(held.tolist(), board.at[held].tolist(), strict=True)),
        interpreter=dict(zip(served.tolist(), board.serving[served].tolist(), strict=True)),
    )


def _parties(grid: Grid) -> Any:
    return zip(grid.instance.participants, grid.requests_of, strict=True)


def _matrix(masks: list[int], width: int) -> np.ndarray:
    """Bit masks as rows of booleans."""
    size = (width + 7) // 8 or 1
    packed = np.frombuffer(b"".join(mask.to_bytes(size, "little") for mask in masks), np.uint8)
    rows = np.unpackbits(packed.reshape(len(masks), size), axis=1, bitorder="little")
    return np.ascontiguousarray(rows[:, :width]).astype(np.bool_)


def _positions(grid: Grid) -> np.ndarray:
    """Where a slot stands in a party's day, counting only the slots that can make a break."""
    out = np.zeros((len(grid.available), len(grid.day_of)), np.int8)
    known: dict[int, np.ndarray] = {}
    for p, mask in enumerate(grid.available):
        if grid.instance.idle_counts_unavailable:
            mask = grid.everything
        if mask not in known:
            known[mask] = row = np.zeros(len(grid.day_of), np.int8)
            for day in grid.days:
                inside = [t for t in day if mask >> t & 1]
                row[inside] = range(len(inside))
        out[p] = known[mask]
    return out


def _links(grid: Grid) -> dict[int, list[int]]:
    links: dict[int, list[int]] = defaultdict(list)
    for later, earlier in grid.after:
        links[later].append(earlier + 1)
        links[earlier].append(-later - 1)
    return links


def _languages(grid: Grid) -> tuple[dict[str, int], np.ndarray]:
    asked = sorted({r.interpreter for r in grid.instance.requests if r.interpreter is not None})
    tongues = {language: k for k, language in enumerate(asked)}
    staff = grid.instance.interpreters
    speaks = np.array([[tongue in i.languages for tongue in asked] for i in staff], np.bool_)
    return tongues, speaks.reshape(len(staff), len(asked))


def _wish(grid: Grid, r: int) -> int:
    slot = grid.previous.get(r)
    return NONE if slot is None or slot not in bits(grid.masks[r]) else slot
