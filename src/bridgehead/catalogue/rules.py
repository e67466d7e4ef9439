"""How a product may move, what it still needs, how its words are searched, and whether a scope names it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bridgehead.catalogue import lists
from bridgehead.catalogue.models import Photo, Product
from bridgehead.kit.states import Moves

S = Product.State
MOVES: Moves = {
    S.DRAFT: frozenset({S.PUBLISHED, S.WITHDRAWN}),
    S.PUBLISHED: frozenset({S.WITHDRAWN}),
    S.WITHDRAWN: frozenset({S.DRAFT, S.PUBLISHED}),
}
MOST_PHOTOS = 12


@dataclass(frozen=True)
class Item:
    """One line of the tick-list. `part` is the field or part of the page to go to."""

    part: str
    text: Promise
    needed: bool
    done: bool


def tick_list(product: Product, photos: Iterable[Photo]) -> list[Item]:
    """What publishing needs, then what buyers ask for first. `made_of` is best prefetched."""
    shown = [photo for photo in photos if photo.alt_ko or photo.alt_en]
    needed = [
        ("name_ko", _("Name in Korean"), product.name_ko),
        ("name_en", _("Name in English"), product.name_en),
        ("description_ko", _("Description in Korean"), product.description_ko),
        ("description_en", _("Description in English"), product.description_en),
        ("category", _("Category"), product.category),
        ("materials", _("At least one material"), product.made_of.all()),
        ("photos", _("At least one picture that says what it shows"), shown),
    ]
    helpful = [
        ("price_min", _("Price"), product.price_min is not None),
        ("capacity", _("Capacity per month"), product.capacity),
        ("minimum_order", _("Smallest order"), product.minimum_order),
        ("lead_time", _("Days from order to dispatch"), product.lead_time is not None),
        ("hs_code", _("HS code"), product.hs_code),
    ]
    return [Item(part, text, True, bool(value)) for part, text, value in needed] + [
        Item(part, text, False, bool(value)) for part, text, value in helpful
    ]


def missing(items: Iterable[Item]) -> list[Item]:
    return [item for item in items if item.needed and not item.done]


def done_share(items: list[Item]) -> int:
    """Of everything on the list, in whole per cent."""
    return 100 * sum(item.done for item in items) // len(items)


_NOT_SEARCHED = re.compile(r"[\s·.,/()\[\]~\-–_'\"]+")


def folded(text: str) -> str:
    """As it is compared: without case, spaces and signs, so that 은 반지 finds 은반지."""
    return _NOT_SEARCHED.sub("", unicodedata.normalize("NFKC", text).casefold())


def search_text(product: Product, materials: Iterable[str]) -> str:
    """Everything a buyer may type, each part apart, so that a word never matches across two of them."""
    category = lists.categories().get(product.category)
    words = [lists.materials()[code] for code in materials if code in lists.materials()]
    parts = [
        product.code, product.name_ko, product.name_en, product.description_ko, product.description_en, product.hs_code,
        *(name for entry in ([category] if category else []) + words for name in (entry.ko, entry.en)),
    ]  # fmt: skip
    return "\n".join(folded(part) for part in parts if part)


_BETWEEN = re.compile(r"[,;·/\n]|(?<=[가-힣])(?:와|과|및)\s|\s및\s|\sand\s")


def named_in_scope(product: Product, scope_ko: str, scope_en: str) -> bool:
    """Whether the scope lists the product by its very name: help for who confirms, never a proof by itself.

    A firm writes its names; a scope such as "silver rings" must not certify whatever is called so later.
    """
    named = {folded(part) for text in (scope_ko, scope_en) for part in _BETWEEN.split(text)} - {""}
    return bool(named & {folded(product.name_ko), folded(product.name_en)} - {""})
