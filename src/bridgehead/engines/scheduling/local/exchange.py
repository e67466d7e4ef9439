"""Which meetings to hold, improved by exchange: a meeting that is not held takes the place of those in its
way, at falling temperatures; those put out are tried elsewhere along chains and otherwise wait their turn."""

import math

import numpy as np

from bridgehead.engines.scheduling.local.board import Board
from bridgehead.engines.scheduling.local.compiled import compiled
from bridgehead.engines.scheduling.local.insert import insert
from bridgehead.engines.scheduling.local.moves import (
    dice,
    free_lane,
    in_order,
    interpreter_for,
    place,
    put,
    recount,
    take_out,
)

MOST_VICTIMS = 6
SPARE = 2  # empty cells of a party that counts as full


@compiled
def gain(b: Board, r: int, bonus: float) -> float:
    """What holding `r` adds to `value`."""
    total = b.worth[r]
    for side in range(2):
        p = b.party[r, side]
        if b.held[p] < b.least[p]:
            total += bonus
    return total


@compiled
def loss(b: Board, r: int, bonus: float) -> float:
    """What `value` loses when `r` is taken out."""
    total = b.worth[r]
    for side in range(2):
        p = b.party[r, side]
        if b.held[p] <= b.least[p]:
            total += bonus
    return total


@compiled
def cheapest(b: Board, p: int, start: int, end: int, bonus: float) -> int:
    """The meeting of `p` in slots `start` to `end` whose loss is least; -1 if all are locked."""
    best = -1
    least = 1e300
    for lane in range(b.first[p], b.first[p + 1]):
        for t in range(start, end):
            r = b.cell[lane, t]
            if r >= 0 and not b.locked[r]:
                lost = loss(b, r, bonus)
                if lost < least:
                    best, least = r, lost
    return best


@compiled
def seated(b: Board, t: int) -> int:
    """Some meeting at a shared table in slot `t`, met first from a random lane on; -1 if there is none."""
    lanes = b.cell.shape[0]
    start = dice(b, lanes)
    for k in range(lanes):
        r = b.cell[(start + k) % lanes, t]
        if r >= 0 and b.table[r] and not b.locked[r]:
            return r
    return -1


@compiled
def interpreted(b: Board, r: int, t: int) -> int:
    """Some meeting in slot `t` whose interpreter could serve `r`; -1 if there is none."""
    staff = b.work.shape[0]
    start = dice(b, staff)
    for k in range(staff):
        i = (start + k) % staff
        other = b.work[i, t]
        if other >= 0 and b.speaks[i, b.language[r]] and not b.locked[other]:
            return other
    return -1


@compiled
def evict(b: Board, r: int, t: int, bonus: float, out: np.ndarray, was: np.ndarray) -> int:
    """Take out what keeps `r` from slot `t`; how many that were, or -(how many) - 1 when it is in vain."""
    d = b.day[t]
    n = 0
    for _ in range(8):
        victim = -2
        for side in range(2):
            p = b.party[r, side]
            if free_lane(b, p, t, b.lane[r, side]) < 0:
                victim = cheapest(b, p, t, t + 1, bonus)
            elif b.held[p] >= b.most[p]:
                victim = cheapest(b, p, 0, b.day.shape[0], bonus)
            elif b.daily[p, d] >= b.most_daily[p]:
                victim = cheapest(b, p, b.slots[d], b.slots[d + 1], bonus)
            if victim != -2:
                break
        if victim == -2 and b.table[r] and b.free_tables[t] <= 0:
            victim = seated(b, t)
        if victim == -2 and b.language[r] >= 0 and interpreter_for(b, r, t) < 0:
            victim = interpreted(b, r, t)
        if victim == -2:
            return n if in_order(b, r, t) else -n - 1
        if victim == -1 or n >= MOST_VICTIMS:
            return -n - 1
        out[n] = victim
        was[n, 0] = b.at[victim]
        was[n, 1] = b.lane[victim, 0]
        was[n, 2] = b.lane[victim, 1]
        was[n, 3] = b.serving[victim]
        take_out(b, victim)
        n += 1
    return -n - 1


@compiled
def value_of(b: Board, bonus: float) -> float:
    total = 0.0
    for r in range(b.at.shape[0]):
        if b.at[r] >= 0:
            total += b.worth[r]
    for p in range(b.held.shape[0]):
        total += bonus * min(b.held[p], b.least[p])
    return total


@compiled
def promising(b: Board, bonus: float, slack: float) -> np.ndarray:
    """Requests not held that are worth nearly as much as what they would replace, or more."""
    price = np.zeros(b.held.shape[0])
    for p in range(b.held.shape[0]):
        room = 0
        for lane in range(b.first[p], b.first[p + 1]):
            for t in range(b.day.shape[0]):
                room += 1 if b.cell[lane, t] < 0 and b.open[p, t] else 0
        if room <= SPARE or b.held[p] >= b.most[p]:
            r = cheapest(b, p, 0, b.day.shape[0], bonus)
            price[p] = loss(b, r, bonus) if r >= 0 else 0.0
    out = np.zeros(b.at.shape[0], np.int32)
    n = 0
    for r in range(b.at.shape[0]):
        if b.at[r] < 0 and gain(b, r, bonus) >= price[b.party[r, 0]] + price[b.party[r, 1]] - slack:
            out[n] = r
            n += 1
    return out[:n]


@compiled
def make_way(b: Board, r: int, t: int, bonus: float, heat: float, out: np.ndarray, was: np.ndarray) -> int:
    """Hold `r` in slot `t` in place of whoever is in its way, if that is worth it at this heat; the number
    of those put out, or -1."""
    won = -b.worth[r]
    n = evict(b, r, t, bonus, out, was)
    tried = n >= 0 and place(b, r, t)
    if tried:
        # guarantees are counted with everybody out of the way, hence one after the other
        take_out(b, r)
        won = gain(b, r, bonus)
    n = n if n >= 0 else -n - 1
    put_back_counting = 0.0
    for k in range(n - 1, -1, -1):
        put_back_counting += gain(b, out[k], bonus)
        put(b, out[k], was[k, 0], was[k, 1], was[k, 2], was[k, 3])
    if not tried:
        return -1
    change = won - put_back_counting
    if change < 0 and dice(b, 1 << 30) >= math.exp(change / heat) * (1 << 30):
        return -1
    for k in range(n):
        d = b.day[b.at[out[k]]]
        take_out(b, out[k])
        recount(b, b.party[out[k], 0], d)
        recount(b, b.party[out[k], 1], d)
    place(b, r, t)
    recount(b, b.party[r, 0], b.day[t])
    recount(b, b.party[r, 1], b.day[t])
    return n


@compiled
def exchange(
    b: Board, pool: np.ndarray, bonus: float, moves: int, hot: float, cold: float, tries: int
) -> None:
    """`moves` trials of requests from `pool` (some of those not held)."""
    out = np.zeros(MOST_VICTIMS + 1, np.int32)
    was = np.zeros((MOST_VICTIMS + 1, 4), np.int32)
    waiting = np.full(b.at.shape[0], -1, np.int32)
    size = pool.shape[0]
    waiting[:size] = pool
    slots = b.day.shape[0]
    cooling = (cold / hot) ** (1.0 / max(1, moves))
    heat = hot
    for _ in range(moves):
        heat *= cooling
        if size == 0:
            break
        k = dice(b, size)
        r = waiting[k]
        t = dice(b, slots)
        for _ in range(slots):
            if b.allowed[r, t]:
                break
            t = t + 1 if t + 1 < slots else 0
        n = make_way(b, r, t, bonus, heat, out, was) if b.allowed[r, t] else -1
        if n < 0:
            continue
        size -= 1
        waiting[k] = waiting[size]
        for j in range(n):
            if not insert(b, out[j], tries):
                waiting[size] = out[j]
                size += 1
