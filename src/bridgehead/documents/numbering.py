"""The marks of official numbering, computed from depth and position.

Korean documents follow the Enforcement Rule of the regulation on administrative work (행정업무의 운영 및 혁신에
관한 규정 시행규칙): 1. → 가. → 1) → 가) → (1) → (가) → ① → ㉮, after 하 follows 거, and an item that stands alone
under its parent carries no mark.
"""

from collections.abc import Iterator, Sequence

from bridgehead.documents.blocks import Item, Language

DEPTH = 8
_ROWS = ("가나다라마바사아자차카타파하", "거너더러머버서어저처커터퍼허", "고노도로모보소오조초코토포호")
_SYLLABLES = "".join(
    (*_ROWS, "구누두루무부수우주추쿠투푸후", "그느드르므브스으즈츠크트프흐", "기니디리미비시이지치키티피히")
)
_PATTERNS = ("{}.", "{}.", "{})", "{})", "({})", "({})")


def syllable(position: int) -> str:
    """가, 나, … 하, 거, 너, … 허, 고, … for positions from 1."""
    repeats, index = divmod(position - 1, len(_SYLLABLES))
    return _SYLLABLES[index] * (repeats + 1)


def letter(position: int) -> str:
    """a, b, … z, aa, ab, … for positions from 1."""
    text = ""
    while position:
        position, rest = divmod(position - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def circled_number(position: int) -> str:
    """① to ㊿; beyond Unicode's circled numbers the number stands in parentheses."""
    for first, last, start in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= position <= last:
            return chr(start + position - first)
    return f"({position})"


def circled_letter(position: int, language: Language) -> str:
    """㉮ to ㉻, or ⓐ to ⓩ in English; beyond them in parentheses."""
    if language == "ko":
        return chr(0x326E + position - 1) if position <= 14 else f"({syllable(position)})"
    return chr(0x24D0 + position - 1) if position <= 26 else f"({letter(position)})"


def mark(level: int, position: int, language: Language) -> str:
    """The mark of the item at `position` (from 1) on `level` (from 1)."""
    if not 1 <= level <= DEPTH:
        raise ValueError(f"official numbering has {DEPTH} levels, not {level}")
    if level == 7:
        return circled_number(position)
    if level == 8:
        return circled_letter(position, language)
    by_letter = syllable if language == "ko" else letter
    return _PATTERNS[level - 1].format(by_letter(position) if level % 2 == 0 else position)


def numbered(items: Sequence[Item], language: Language, level: int = 1) -> Iterator[tuple[int, str, str]]:
    """(level, mark, text) of every item in reading order; a lone item has an empty mark in Korean."""
    alone = language == "ko" and len(items) == 1
    for position, item in enumerate(items, start=1):
        yield level, "" if alone else mark(level, position, language), item.text
        yield from numbered(item.children, language, level + 1)
