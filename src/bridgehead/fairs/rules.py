"""Geometry of a pavilion: rectangles in metres, the origin at the top left."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Protocol

SIDES = "nesw"


class Rectangle(Protocol):
    x: Decimal
    y: Decimal
    width: Decimal
    depth: Decimal


class Room(Protocol):
    width: Decimal
    depth: Decimal


@dataclass(frozen=True)
class Place:
    """Where a stand would be."""

    x: Decimal
    y: Decimal
    width: Decimal
    depth: Decimal


def inside(place: Rectangle, room: Room) -> bool:
    return (
        place.x >= 0
        and place.y >= 0
        and place.x + place.width <= room.width
        and place.y + place.depth <= room.depth
    )


def overlap(one: Rectangle, other: Rectangle) -> bool:
    """Whether two rectangles share an area; a common wall is none."""
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.depth
        and other.y < one.y + one.depth
    )


def overlapping(place: Rectangle, others: Iterable[Rectangle]) -> list[Rectangle]:
    return [other for other in others if overlap(place, other)]


def equal_places(room: Room, number: int, rows: int) -> list[Place]:
    """`number` equal stands in `rows` rows over the whole room, row by row; the last row may hold fewer.

    Sizes are cut to the centimetre, so that the last stand never stands outside. Raises ValueError when there are more
    rows than stands or a stand would be narrower than 10 cm.
    """
    if not 1 <= rows <= number:
        raise ValueError("more rows than stands")
    columns = -(-number // rows)
    width = (room.width / columns).quantize(Decimal("0.01"), rounding=ROUND_DOWN)
    depth = (room.depth / rows).quantize(Decimal("0.01"), rounding=ROUND_DOWN)
    if min(width, depth) < Decimal("0.1"):
        raise ValueError("stands too small")
    places = [
        Place(width * column, depth * row, width, depth) for row in range(rows) for column in range(columns)
    ]
    return places[:number]


def next_codes(taken: Iterable[str], number: int, prefix: str = "A") -> list[str]:
    """A1, A2 … leaving out codes that are taken."""
    used, count = set(taken), 0
    codes: list[str] = []
    while len(codes) < number:
        count += 1
        if (code := f"{prefix}{count}") not in used:
            codes.append(code)
    return codes
