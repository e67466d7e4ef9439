"""Simulated annealing over chain moves: fewer breaks, idle slots and steps with the meetings as chosen."""

import math

import numpy as np

from bridgehead.engines.scheduling.local.board import Board
from bridgehead.engines.scheduling.local.compiled import compiled
from bridgehead.engines.scheduling.local.moves import chain_cost, dice, kempe, recount, undo


@compiled
def total_cost(b: Board) -> int:
    """Every day counted afresh."""
    total = 0
    for p in range(b.cost.shape[0]):
        for d in range(b.cost.shape[1]):
            b.cost[p, d] = 0
            total += recount(b, p, d)
    if b.taste[4]:
        for r in range(b.at.shape[0]):
            if b.wish[r] >= 0 and b.at[r] >= 0 and b.at[r] != b.wish[r]:
                total += b.taste[4]
    return total


@compiled
def anneal(
    b: Board,
    held: np.ndarray,
    moves: int,
    hot: float,
    cold: float,
    cost: int,
    best: np.ndarray,
    best_staff: np.ndarray,
    goal: int,
    least: int,
) -> tuple[int, int]:
    """`moves` chain moves at temperatures falling from `hot` to `cold`.

    `held` are the requests to move, `cost` the cost at the start, `least` the least met so far. Whenever
    that is undercut, `best` and `best_staff` (unless empty) are filled. Ends early at `goal`. Returns the
    least cost and the cost at the end.
    """
    slots = b.day.shape[0]
    cooling = (cold / hot) ** (1.0 / max(1, moves))
    heat = hot
    for _ in range(moves):
        heat *= cooling
        r = held[dice(b, held.shape[0])]
        u = dice(b, slots)
        t = b.at[r]
        if u == t or not b.allowed[r, u] or not kempe(b, held, r, u):
            continue
        change = chain_cost(b, t, u)
        if change > 0 and dice(b, 1 << 30) >= math.exp(-change / heat) * (1 << 30):
            undo(b)
            chain_cost(b, t, u)
            continue
        cost += change
        if cost < least:
            least = cost
            if best.shape[0]:
                best[:] = b.at
                best_staff[:] = b.serving
            if least <= goal:
                break
    return least, cost
