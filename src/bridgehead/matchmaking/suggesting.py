"""How well a firm and a buyer fit, from what both have entered: a score that is the sum of its explained parts.

Pure: no database, no clock. What somebody has not said counts half of its part, so that saying nothing never ranks below
saying something that does not fit. A part that does not fit gives nothing; nothing is ever subtracted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.matchmaking.profiles import CATEGORIES, LANGUAGES

#: The most points of each part, 100 in all.
MOST = {"category": 30, "price": 20, "market": 20, "language": 10, "past": 20}
#: Prices that miss each other by no more than this share still get `NEAR_SHARE` of the points.
NEAR, NEAR_SHARE = Decimal("0.25"), Decimal("0.4")
MET_BEFORE = 5


@dataclass(frozen=True)
class PriceRange:
    """What one piece costs, in one currency for both sides; None is an open end."""

    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def known(self) -> bool:
        return self.low is not None or self.high is not None


@dataclass(frozen=True)
class Facts:
    """What one party said. `came` and `missed` count its meetings at earlier fairs."""

    categories: frozenset[str] = frozenset()
    price: PriceRange = PriceRange()
    markets: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    came: int = 0
    missed: int = 0


@dataclass(frozen=True)
class Part:
    """`points` of `most`, and why, in words. `known` is False where somebody has not said enough to compare."""

    code: str
    points: int
    most: int
    words: str
    known: bool = True


@dataclass(frozen=True)
class Suggestion:
    parts: tuple[Part, ...]

    @property
    def score(self) -> int:
        return sum(part.points for part in self.parts)


def suggest(
    firm: Facts,
    buyer: Facts,
    *,
    other: Facts,
    met: int = 0,
    country: Callable[[str], str] = str,
) -> Suggestion:
    """`other` is whichever of the two is being suggested: its attendance counts. `met`: how often the two met before."""
    return Suggestion(
        (
            _category(firm, buyer),
            _price(firm, buyer),
            _market(firm, buyer, country),
            _language(firm, buyer),
            _past(other, met),
        )
    )


def part_name(code: str) -> str:
    return {
        "category": _("What is made and sought"),
        "price": _("Price"),
        "market": _("Market"),
        "language": _("Language"),
        "past": _("Earlier meetings"),
    }[code]


def _unsaid(code: str) -> Part:
    words = _("not said yet, so it counts half")
    return Part(code, MOST[code] // 2, MOST[code], words, known=False)


def _points(code: str, share: Decimal, words: str) -> Part:
    return Part(code, round(MOST[code] * share), MOST[code], words)


def _category(firm: Facts, buyer: Facts) -> Part:
    if not firm.categories or not buyer.categories:
        return _unsaid("category")
    both = firm.categories & buyer.categories
    share = Decimal(len(both)) / len(buyer.categories)
    if not both:
        return _points("category", share, _("nothing in common"))
    names = ", ".join(str(CATEGORIES.get(code, code)) for code in sorted(both))
    words = _("%(both)d of %(sought)d sought: %(names)s")
    return _points(
        "category", share, words % {"both": len(both), "sought": len(buyer.categories), "names": names}
    )


def _price(firm: Facts, buyer: Facts) -> Part:
    if not firm.price.known or not buyer.price.known:
        return _unsaid("price")
    missed = gap(firm.price, buyer.price)
    if missed == 0:
        return _points("price", Decimal(1), _("the price ranges meet"))
    if missed <= NEAR:
        return _points("price", NEAR_SHARE, _("the price ranges nearly meet"))
    return _points("price", Decimal(0), _("the price ranges do not meet"))


def gap(one: PriceRange, other: PriceRange) -> Decimal:
    """By what share of the nearer bound two ranges miss each other; 0 when they meet."""
    for low, high in ((one.low, other.high), (other.low, one.high)):
        if low is not None and high is not None and low > high:
            return (low - high) / high if high else Decimal(1)
    return Decimal(0)


def _market(firm: Facts, buyer: Facts, country: Callable[[str], str]) -> Part:
    if not firm.markets or not buyer.markets:
        return _unsaid("market")
    both = firm.markets & buyer.markets
    if not both:
        return _points("market", Decimal(0), _("not a market the firm aims at"))
    return _points("market", Decimal(1), ", ".join(sorted(country(code) for code in both)))


def _language(firm: Facts, buyer: Facts) -> Part:
    if not firm.languages or not buyer.languages:
        return _unsaid("language")
    both = firm.languages & buyer.languages
    if not both:
        return _points("language", Decimal(0), _("no language in common; an interpreter is needed"))
    names = ", ".join(str(LANGUAGES.get(code, code)) for code in sorted(both))
    return _points("language", Decimal(1), names)


def _past(other: Facts, met: int) -> Part:
    """Attendance with one kept and one missed meeting assumed beforehand, so that a single miss is not the end."""
    if not other.came and not other.missed and not met:
        return Part(
            "past", MOST["past"] // 2, MOST["past"], _("no earlier meeting, so it counts half"), known=False
        )
    held = other.came + other.missed
    share = Decimal(other.came + 1) / (held + 2)
    points = min(round(MOST["past"] * share) + (MET_BEFORE if met else 0), MOST["past"])
    words = []
    if held:
        words.append(
            ngettext("came to %(came)d of %(held)d meeting", "came to %(came)d of %(held)d meetings", held)
            % {"came": other.came, "held": held}
        )
    if met:
        words.append(ngettext("met you %(met)d time", "met you %(met)d times", met) % {"met": met})
    return Part("past", points, MOST["past"], "; ".join(words))
