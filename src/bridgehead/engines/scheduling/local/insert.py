"""Put more meetings into a timetable: where there is room, else by moving others out of the way along a
chain, else (`squeeze`) by taking out what stands in the way and finding it another place."""

import numpy as np

from bridgehead.engines.scheduling.local.board import Board
from bridgehead.engines.scheduling.local.compiled import compiled
from bridgehead.engines.scheduling.local.moves import (
    begin,
    chain_cost,
    dice,
    follow,
    free_lane,
    place,
    recount,
    remember,
    swap,
    take_out,
)


@compiled
def settle(b: Board, r: int) -> None:
    """Bring the costs of both parties up to date after `r` was put in or is about to be taken out."""
    d = b.day[b.at[r]]
    for side in range(2):
        recount(b, b.party[r, side], d)


@compiled
def has_room(b: Board, r: int) -> bool:
    for side in range(2):
        p = b.party[r, side]
        if b.held[p] >= b.most[p] or b.first[p] == b.first[p + 1]:
            return False
    return True


@compiled
def beside(b: Board, r: int, t: int) -> int:
    """How many counted parties of `r` have a meeting right before or after slot `t`."""
    near = 0
    d = b.day[t]
    for side in range(2):
        p = b.party[r, side]
        if b.counted[p]:
            k = b.bit[p, t]
            around = (1 << (k + 1)) | ((1 << k) >> 1)
            near += 1 if b.busy[p, d] & around else 0
            near += 0 if b.busy[p, d] else 1
    return near


@compiled
def put_in(b: Board, r: int) -> bool:
    """Into a free slot, next to what both parties already have if possible."""
    slots = b.day.shape[0]
    start = dice(b, slots)
    best = -1
    closest = -1
    for k in range(slots):
        t = (start + k) % slots
        if not b.allowed[r, t]:
            continue
        if (
            free_lane(b, b.party[r, 0], t, b.lane[r, 0]) < 0
            or free_lane(b, b.party[r, 1], t, b.lane[r, 1]) < 0
        ):
            continue
        near = beside(b, r, t)
        if near > closest and place(b, r, t):
            take_out(b, r)
            best, closest = t, near
    return best >= 0 and place(b, r, best)


@compiled
def chain_in(b: Board, r: int, tries: int) -> bool:
    """Into slot `t` while a chain between `t` and `u` makes room; `u` is open to whoever has to give way."""
    slots = b.day.shape[0]
    pa, pb = b.party[r, 0], b.party[r, 1]
    first, second = dice(b, slots), dice(b, slots)
    for k in range(slots):
        t = (first + k) % slots
        if not b.allowed[r, t] or (b.table[r] and b.free_tables[t] <= 0):
            continue
        free_a = free_lane(b, pa, t, b.lane[r, 0]) >= 0
        free_b = free_lane(b, pb, t, b.lane[r, 1]) >= 0
        for j in range(slots):
            u = (second + j) % slots
            if u == t:
                continue
            if not free_a and free_lane(b, pa, u, b.lane[r, 0]) < 0:
                continue
            if not free_b and free_lane(b, pb, u, b.lane[r, 1]) < 0:
                continue
            tries -= 1
            if tries < 0:
                return False
            if chain_at(b, r, t, u, free_a, free_b):
                return True
    return False


@compiled
def chain_at(b: Board, r: int, t: int, u: int, free_a: bool, free_b: bool) -> bool:
    begin(b)
    if not remember(b, r):
        return False
    for side in range(2):
        if (free_a, free_b)[side]:
            continue
        p = b.party[r, side]
        lane = b.first[p] + dice(b, b.first[p + 1] - b.first[p])
        b.lane[r, side] = lane
        other = b.cell[lane, t]
        if other < 0 or b.stamp[other] == b.tally[0] or not remember(b, other):
            return False
    if follow(b, 1, t, u) and swap(b, t, u):
        chain_cost(b, t, u)
        return True
    return False


@compiled
def insert(b: Board, r: int, tries: int) -> bool:
    """Hold `r`, moving others where needed but taking none out."""
    if not has_room(b, r):
        return False
    if put_in(b, r):
        settle(b, r)
        return True
    return tries > 0 and chain_in(b, r, tries)


@compiled
def insert_all(b: Board, order: np.ndarray, tries: int) -> int:
    """How many of the requests in `order` could be put in."""
    count = 0
    for k in range(order.shape[0]):
        r = order[k]
        if b.at[r] < 0 and insert(b, r, tries):
            count += 1
    return count


@compiled
def reinstate(b: Board, requests: np.ndarray, slots: np.ndarray, staff: np.ndarray) -> int:
    """Hold exactly these requests in these slots with these interpreters; how many of them there was no
    room for."""
    for r in range(b.at.shape[0]):
        if b.at[r] >= 0:
            take_out(b, r)
    failed = 0
    for k in range(requests.shape[0]):
        r = requests[k]
        if not place(b, r, slots[k]):
            failed += 1
        elif staff[k] >= 0 and b.serving[r] != staff[k] and b.work[staff[k], slots[k]] < 0:
            b.work[b.serving[r], slots[k]] = -1
            b.serving[r] = staff[k]
            b.work[staff[k], slots[k]] = r
    return failed
