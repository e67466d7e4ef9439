"""The plan of a pavilion as numbers a template draws: one metre is 100 units, so that a plan is to scale by nature."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bridgehead.fairs.models import Pavilion, Stand

METRE = 100
MARGIN = 70
_LATIN_EM, _HANGUL_EM = 0.56, 1.0


@dataclass(frozen=True)
class Line:
    x1: int
    y1: int
    x2: int
    y2: int


@dataclass(frozen=True)
class Text:
    x: int
    y: int
    text: str
    size: int


@dataclass(frozen=True)
class Shape:
    """A stand: its rectangle, its colour class and the words in it."""

    x: int
    y: int
    width: int
    height: int
    kind: str
    words: list[Text]


@dataclass(frozen=True)
class Plan:
    width: int
    height: int
    room: Shape
    grid: list[Line]
    walls: list[Line]
    shapes: list[Shape]
    bar: Line
    labels: list[Text]
    title: str
    description: str


def _units(metres: Decimal) -> int:
    return int(metres * METRE)


def metres(value: Decimal) -> str:
    """ "7.50" → 7.5, as people write lengths."""
    return number_format(value.normalize() if value % 1 else value.quantize(Decimal(1)), use_l10n=True)


def draw(pavilion: Pavilion, stands: Iterable[Stand], *, public: bool = False) -> Plan:
    """The plan with its grid of metres, open sides, scale bar and stands; `public` names no empty stand "free"."""
    stands = list(stands)
    width, depth = _units(pavilion.width), _units(pavilion.depth)
    left, top, right, bottom = MARGIN, MARGIN, MARGIN + width, MARGIN + depth
    title = _("%(pavilion)s, %(width)s × %(depth)s m, %(area)s m²") % {
        "pavilion": pavilion,
        "width": metres(pavilion.width),
        "depth": metres(pavilion.depth),
        "area": metres(pavilion.area),
    }
    return Plan(
        width=width + 2 * MARGIN,
        height=depth + 2 * MARGIN + 30,
        room=Shape(left, top, width, depth, "room", []),
        grid=_grid(width, depth),
        walls=_walls(pavilion.open_sides, left, top, right, bottom),
        shapes=[_shape(stand, public) for stand in stands],
        bar=Line(left, bottom + 55, left + METRE, bottom + 55),
        labels=[
            Text(left + METRE + 14, bottom + 61, "1 m", 20),
            Text(left + width // 2, top - 26, f"{metres(pavilion.width)} m", 22),
            Text(left // 2, top + depth // 2, f"{metres(pavilion.depth)} m", 22),
        ],
        title=title,
        description=_described(stands, public),
    )


def _grid(width: int, depth: int) -> list[Line]:
    """A line every metre, counted from the top left corner."""
    bottom, right = MARGIN + depth, MARGIN + width
    down = [Line(MARGIN + at, MARGIN, MARGIN + at, bottom) for at in range(METRE, width, METRE)]
    across = [Line(MARGIN, MARGIN + at, right, MARGIN + at) for at in range(METRE, depth, METRE)]
    return down + across


def _walls(open_sides: str, left: int, top: int, right: int, bottom: int) -> list[Line]:
    sides = {
        "n": Line(left, top, right, top),
        "e": Line(right, top, right, bottom),
        "s": Line(left, bottom, right, bottom),
        "w": Line(left, top, left, bottom),
    }
    return [line for side, line in sides.items() if side not in open_sides]


def label_of(stand: Stand, public: bool) -> str:
    """Who or what is on a stand."""
    if stand.kind != Stand.Kind.FIRM:
        return stand.get_kind_display()
    if stand.award:
        return stand.award.firm.name
    return "" if public else pgettext("stand", "free")


def _shape(stand: Stand, public: bool) -> Shape:
    x, y = MARGIN + _units(stand.x), MARGIN + _units(stand.y)
    width, height = _units(stand.width), _units(stand.depth)
    name, middle = label_of(stand, public), x + width // 2
    texts = [(stand.code, 30), (name, 24), (f"{metres(stand.area)} m²", 20)]
    sized = [(text, _fitting(text, size, width - 16)) for text, size in texts if text]
    gap = 8
    at = y + (height - sum(size + gap for _text, size in sized) + gap) // 2
    words = []
    for text, size in sized:
        words.append(Text(middle, at + int(size * 0.85), text, size))
        at += size + gap
    kind = "free" if stand.kind == Stand.Kind.FIRM and not stand.award else stand.kind
    return Shape(x, y, width, height, kind, words)


def _fitting(text: str, size: int, room: int) -> int:
    """The size at which a text is no wider than the room, at least 11 units."""
    ems = sum(_HANGUL_EM if ord(letter) > 0x2E80 else _LATIN_EM for letter in text)
    return max(11, min(size, int(room / ems))) if ems else size


def _described(stands: list[Stand], public: bool) -> str:
    if not stands:
        return _("No stands are drawn yet.")
    return "; ".join(
        f"{stand.code}: {label_of(stand, public) or '–'}, {metres(stand.area)} m²" for stand in stands
    )
