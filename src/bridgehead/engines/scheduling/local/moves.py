"""Compiled moves. A chain move takes meetings out, puts each into its other slot, and is undone whole if a
rule or the cost forbids it; the swap of two slots along a connected chain is Kempe's (1879)."""

import numpy as np

from bridgehead.engines.scheduling.local.board import Board
from bridgehead.engines.scheduling.local.compiled import compiled

BREAKS, IDLE, WALKING, OVER, AWAY = range(5)


@compiled
def dice(b: Board, sides: int) -> int:
    """A whole number below `sides` (xorshift64)."""
    s = b.random[0]
    s ^= s << np.uint64(13)
    s ^= s >> np.uint64(7)
    s ^= s << np.uint64(17)
    b.random[0] = s
    return np.int64(s >> np.uint64(11)) % sides  # type: ignore[return-value]


@compiled
def ones(mask: int) -> int:
    mask = mask - ((mask >> 1) & 0x5555555555555555)
    mask = (mask & 0x3333333333333333) + ((mask >> 2) & 0x3333333333333333)
    mask = (mask + (mask >> 4)) & 0x0F0F0F0F0F0F0F0F
    return ((mask * 0x0101010101010101) >> 56) & 127


@compiled
def runs_less_one(mask: int) -> int:
    return 0 if mask == 0 else ones(mask & ~(mask << 1)) - 1


@compiled
def idle_slots(mask: int) -> int:
    """The zeros between the lowest and the highest one."""
    if mask == 0:
        return 0
    while not mask & 1:
        mask >>= 1
    length = 0
    rest = mask
    while rest:
        rest >>= 1
        length += 1
    return length - ones(mask)


@compiled
def walked(b: Board, p: int, d: int) -> int:
    total = 0
    seen = False
    x = y = 0
    lane = b.first[p]
    for t in range(b.slots[d], b.slots[d + 1]):
        r = b.cell[lane, t]
        if r < 0 or b.online[r] or b.table[r]:
            continue
        if seen:
            total += abs(b.x[r] - x) + abs(b.y[r] - y)
        x, y, seen = b.x[r], b.y[r], True
    return total


@compiled
def day_cost(b: Board, p: int, d: int) -> int:
    mask = b.busy[p, d]
    runs = runs_less_one(mask)
    total = b.taste[BREAKS] * runs
    if b.taste[OVER]:
        total += b.taste[OVER] * max(0, runs - b.limit[0])
    if b.taste[IDLE]:
        total += b.taste[IDLE] * idle_slots(mask)
    if b.taste[WALKING]:
        total += b.taste[WALKING] * walked(b, p, d)
    return total


@compiled
def recount(b: Board, p: int, d: int) -> int:
    """Bring the cost of a party's day up to date; the change."""
    if not b.counted[p] or b.first[p] == b.first[p + 1]:
        return 0
    now = day_cost(b, p, d)
    change = now - b.cost[p, d]
    b.cost[p, d] = now
    return change


@compiled
def take_out(b: Board, r: int) -> None:
    t = b.at[r]
    d = b.day[t]
    for side in range(2):
        p = b.party[r, side]
        b.cell[b.lane[r, side], t] = -1
        b.held[p] -= 1
        b.daily[p, d] -= 1
        if b.counted[p]:
            b.busy[p, d] &= ~(1 << b.bit[p, t])
    if b.table[r]:
        b.free_tables[t] += 1
    if b.serving[r] >= 0:
        b.work[b.serving[r], t] = -1
        b.serving[r] = -1
    b.at[r] = -1


@compiled
def put(b: Board, r: int, t: int, lane_a: int, lane_b: int, interpreter: int) -> None:
    d = b.day[t]
    b.at[r] = t
    b.lane[r, 0] = lane_a
    b.lane[r, 1] = lane_b
    for side in range(2):
        p = b.party[r, side]
        b.cell[b.lane[r, side], t] = r
        b.held[p] += 1
        b.daily[p, d] += 1
        if b.counted[p]:
            b.busy[p, d] |= 1 << b.bit[p, t]
    if b.table[r]:
        b.free_tables[t] -= 1
    b.serving[r] = interpreter
    if interpreter >= 0:
        b.work[interpreter, t] = r


@compiled
def free_lane(b: Board, p: int, t: int, like: int) -> int:
    """A lane of `p` that is free in slot `t`, `like` if possible; -1 if there is none."""
    if b.first[p] <= like < b.first[p + 1] and b.cell[like, t] < 0:
        return like
    for lane in range(b.first[p], b.first[p + 1]):
        if b.cell[lane, t] < 0:
            return lane
    return -1


@compiled
def in_order(b: Board, r: int, t: int) -> bool:
    for k in range(b.link_from[r], b.link_from[r + 1]):
        other = b.link[k]
        if other > 0:
            u = b.at[other - 1]
            if u >= t and u >= 0:
                return False
        else:
            u = b.at[-other - 1]
            if 0 <= u <= t:
                return False
    return True


@compiled
def interpreter_for(b: Board, r: int, t: int) -> int:
    """One who knows the language, is free, and would not work too long; -1 if there is none."""
    d = b.day[t]
    for i in range(b.work.shape[0]):
        if not b.speaks[i, b.language[r]] or b.off[i, t] or b.work[i, t] >= 0:
            continue
        run = 1
        u = t - 1
        while u >= b.slots[d] and b.work[i, u] >= 0:
            run += 1
            u -= 1
        u = t + 1
        while u < b.slots[d + 1] and b.work[i, u] >= 0:
            run += 1
            u += 1
        if run <= b.longest[i]:
            return i
    return -1


@compiled
def place(b: Board, r: int, t: int) -> bool:
    """Hold `r` in slot `t` if every rule allows it."""
    if not b.allowed[r, t] or (b.table[r] and b.free_tables[t] <= 0):
        return False
    d = b.day[t]
    for side in range(2):
        p = b.party[r, side]
        if b.held[p] >= b.most[p] or b.daily[p, d] >= b.most_daily[p]:
            return False
    lane_a = free_lane(b, b.party[r, 0], t, b.lane[r, 0])
    if lane_a < 0:
        return False
    lane_b = free_lane(b, b.party[r, 1], t, b.lane[r, 1])
    if lane_b < 0 or not in_order(b, r, t):
        return False
    interpreter = -1
    if b.language[r] >= 0:
        interpreter = interpreter_for(b, r, t)
        if interpreter < 0:
            return False
    put(b, r, t, lane_a, lane_b, interpreter)
    return True


@compiled
def begin(b: Board) -> None:
    b.tally[0] += 1
    b.tally[1] = 0


@compiled
def remember(b: Board, r: int) -> bool:
    """Add a meeting to the chain at hand. False when it may not move or the chain grows too long."""
    n = b.tally[1]
    if b.locked[r] or n >= b.limit[1]:
        return False
    b.stamp[r] = b.tally[0]
    b.chain[n] = r
    b.old[n, 0] = b.at[r]
    b.old[n, 1] = b.lane[r, 0]
    b.old[n, 2] = b.lane[r, 1]
    b.old[n, 3] = b.serving[r]
    b.tally[1] = n + 1
    return True


@compiled
def follow(b: Board, done: int, t: int, u: int) -> bool:
    """Complete the chain: whoever is in the way of a meeting in its other slot has to move as well."""
    while done < b.tally[1]:
        r = b.chain[done]
        done += 1
        goal = u if b.at[r] == t else t
        if not b.allowed[r, goal]:
            return False
        for side in range(2):
            p = b.party[r, side]
            lane = b.lane[r, side]
            other = b.cell[lane, goal]
            if other < 0 or b.stamp[other] == b.tally[0]:
                continue
            if b.first[p + 1] - b.first[p] > 1 and free_lane(b, p, goal, lane) >= 0:
                continue
            if not remember(b, other):
                return False
    return True


@compiled
def undo(b: Board) -> None:
    n = b.tally[1]
    for k in range(n):
        if b.at[b.chain[k]] >= 0:
            take_out(b, b.chain[k])
    for k in range(n):
        if b.old[k, 0] >= 0:
            put(b, b.chain[k], b.old[k, 0], b.old[k, 1], b.old[k, 2], b.old[k, 3])


@compiled
def swap(b: Board, t: int, u: int) -> bool:
    """Put each meeting of the chain into the other of the two slots; undone where a rule forbids it."""
    n = b.tally[1]
    for k in range(n):
        if b.at[b.chain[k]] >= 0:
            take_out(b, b.chain[k])
    for k in range(n):
        if not place(b, b.chain[k], u if b.old[k, 0] == t else t):
            undo(b)
            return False
    return True


@compiled
def chain_cost(b: Board, t: int, u: int) -> int:
    """The change of cost of all days the chain has touched."""
    d, e = b.day[t], b.day[u]
    change = 0
    away = b.taste[AWAY]
    for k in range(b.tally[1]):
        r = b.chain[k]
        for side in range(2):
            p = b.party[r, side]
            change += recount(b, p, d)
            if e != d:
                change += recount(b, p, e)
        if away and b.wish[r] >= 0:
            change += away * (int(b.at[r] != b.wish[r]) - int(b.old[k, 0] != b.wish[r]))
    return change


@compiled
def counterweight(b: Board, held: np.ndarray, t: int, u: int) -> bool:
    """When the chain wants more shared tables in slot `u` than there are, let a meeting there take part."""
    excess = 0
    for k in range(b.tally[1]):
        r = b.chain[k]
        if b.table[r]:
            excess += 1 if b.at[r] == t else -1
    for _ in range(4):
        if b.free_tables[u] >= excess and b.free_tables[t] >= -excess:
            return True
        goal = u if b.free_tables[u] < excess else t
        other = -1
        for _ in range(3 * b.day.shape[0]):
            other = held[dice(b, held.shape[0])]
            if b.at[other] == goal and b.table[other] and b.stamp[other] != b.tally[0]:
                break
            other = -1
        if other < 0:
            return False
        before = b.tally[1]
        if not remember(b, other) or not follow(b, before, t, u):
            return False
        for k in range(before, b.tally[1]):
            if b.table[b.chain[k]]:
                excess += 1 if b.at[b.chain[k]] == t else -1
    return False


@compiled
def kempe(b: Board, held: np.ndarray, r: int, u: int) -> bool:
    """Move a held meeting to slot `u`, and along its chain whoever is in the way."""
    t = b.at[r]
    begin(b)
    if not remember(b, r) or not follow(b, 0, t, u):
        return False
    if b.table[r] and not counterweight(b, held, t, u):
        return False
    return swap(b, t, u)
