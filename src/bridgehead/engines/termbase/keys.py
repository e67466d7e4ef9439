"""Search keys: what is stored for a term, and where a query looks. Nothing but prefixes of strings, so a plain B-tree
serves them on SQLite and PostgreSQL alike (store `key` with collation "C", so that ranges compare code points).

The main key of a term is the sequence of keys a hand presses for it. One row answers exact and half-typed Hangul,
spacing variants, accents, and slips of the keyboard language in both directions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bridgehead.engines.termbase.folding import fold, fold_words, nfc
from bridgehead.engines.termbase.hangul import (
    has_hangul,
    initials,
    is_consonant,
    is_jamo,
    is_syllable,
    spread,
    strokes,
)
from bridgehead.engines.termbase.model import Term
from bridgehead.engines.termbase.romanise import romanisations, skeleton

KEY, BACK, TAIL = "key", "back", "tail"  # keystrokes: from the start, from the end, from inside
INITIAL, INNER = "initial", "inner"  # initial consonants: from the start, from inside
ROMAN, SOUND = "roman", "sound"  # Latin spelling of Korean; the same reduced to what all systems share
KINDS = (KEY, BACK, TAIL, INITIAL, INNER, ROMAN, SOUND)
_INSIDE = frozenset({TAIL, INNER})
LONGEST = 120  # characters of a key; longer terms are found by their beginning

_CONSONANT_KEYS = dict(zip("rsefaqtdwczxvg", "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ", strict=True))
_LATIN = re.compile(r"[0-9a-z]+\Z")


@dataclass(frozen=True, slots=True)
class Key:
    """A row to store beside the term. `weight`: how far inside the word it begins; order by it, then by key."""

    kind: str
    key: str
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Lookup:
    """Rows to fetch: `kind = kind AND low <= key AND key < high`."""

    kind: str
    low: str
    high: str


class Forms:
    """All spellings of one term that a query may hit, worked out when first asked for."""

    def __init__(self, text: str, hanja: str = "", romanisation: str = "") -> None:
        self.text, self.hanja, self.romanisation = text, hanja, romanisation

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def strokes(self) -> str:
        return strokes(self.folded)

    @cached_property
    def initials(self) -> str:
        return initials(self.folded) if has_hangul(self.folded) else ""

    @cached_property
    def hanja_folded(self) -> str:
        return fold(self.hanja) if self.hanja else ""

    @cached_property
    def romans(self) -> tuple[str, ...]:
        given = [fold(self.romanisation)] if self.romanisation else []
        return tuple(dict.fromkeys(given + romanisations(self.folded)))

    @cached_property
    def sounds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(skeleton, self.romans)))

    @cached_property
    def words(self) -> tuple[str, ...]:
        return fold_words(self.text)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Positions inside the folded text where a word, or a syllable or ideograph, begins."""
        words = self.words
        found = {sum(map(len, words[:index])) for index in range(1, len(words))}
        found.update(at for at, char in enumerate(self.folded) if at and _stands_alone(char))
        return tuple(sorted(found))


@lru_cache(maxsize=65536)
def forms_of(text: str, hanja: str = "", romanisation: str = "") -> Forms:
    return Forms(text, hanja, romanisation)


def _stands_alone(char: str) -> bool:
    return is_syllable(char) or "\u3040" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


def term_keys(term: Term) -> list[Key]:
    """Every row to store for a term, without duplicates. Longer keys are cut to `LONGEST`."""
    rows = dict.fromkeys((kind, key[:LONGEST], weight) for kind, key, weight in _rows(term) if key)
    return [Key(*row) for row in rows]


def _rows(term: Term) -> Iterator[tuple[str, str, int]]:
    forms = forms_of(term.text, term.hanja, term.romanisation)
    yield KEY, forms.strokes, 0
    yield BACK, forms.strokes[::-1], 0
    for start in forms.starts:
        yield TAIL, strokes(forms.folded[start:]), start
    if forms.hanja_folded and forms.hanja_folded != forms.folded:
        yield KEY, forms.hanja_folded, 0
        for start in range(1, len(forms.hanja_folded)):
            yield TAIL, forms.hanja_folded[start:], start
    if forms.initials:
        yield INITIAL, forms.initials, 0
        for start in range(1, len(forms.initials)):
            yield INNER, forms.initials[start:], start
    yield from ((ROMAN, roman, 0) for roman in forms.romans)
    yield from ((SOUND, sound, 0) for sound in forms.sounds)


class Query:
    """What somebody typed, in every reading it may have."""

    def __init__(self, text: str) -> None:
        self.text = nfc(text)
        self.folded = fold(text)
        self.words = fold_words(text)
        self.strokes = strokes(self.folded)
        self.latin = bool(_LATIN.match(self.folded))
        self.hangul = has_hangul(self.folded)
        #: As typed with capitals: on a Korean keyboard they are doubled consonants (Tkd → 쌍).
        self.typed = "".join(self.text.split()) if self.latin else self.strokes
        self.pattern = spread(self.folded) if any(map(is_jamo, self.folded)) else ""
        self.sound = skeleton(self.folded) if self.latin else ""

    @cached_property
    def initials(self) -> str:
        """Initial consonants asked for: by jamo (ㅂㅅ, ㅂ석), or typed on an English keyboard (qt)."""
        if any(map(is_consonant, self.pattern)):
            return initials(self.pattern)
        if self.latin and len(self.folded) > 1:
            typed = [_CONSONANT_KEYS.get(char, "") for char in self.folded]
            return "".join(typed) if all(typed) else ""
        return ""

    @cached_property
    def keystrokes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.strokes, self.typed)))

    @cached_property
    def edits(self) -> int:
        """How many keystrokes may be wrong for a term still to be meant."""
        length = len(self.strokes)
        return 0 if length < 3 else 1 if length < 4 else 2 if length < 9 else 3 if length < 14 else 4


def lookups(query: Query) -> list[Lookup]:
    """Ranges of stored keys that hold every term matching without typos."""
    asked: list[tuple[str, str]] = []
    for keys in query.keystrokes:
        asked += [(KEY, keys), (TAIL, keys)]
    if len(query.words) > 1:
        asked += [(kind, strokes(word)) for word in query.words if len(word) > 1 for kind in (KEY, TAIL)]
    if query.latin:
        asked += [(ROMAN, query.folded), (SOUND, query.sound)]
    if query.initials:
        asked += [(INITIAL, query.initials), (INNER, query.initials)]
    return [_range(kind, key) for kind, key in dict.fromkeys(asked) if key]


def begun_and_within(ranges: list[Lookup]) -> tuple[list[Lookup], list[Lookup]]:
    """The ranges for words that begin so, and those for words that hold it: these are needed only for want of others."""
    return [each for each in ranges if each.kind not in _INSIDE], [
        each for each in ranges if each.kind in _INSIDE
    ]


def typo_lookups(query: Query) -> list[Lookup]:
    """Ranges that hold every term one slip away: it leaves the first or the last half of the keys untouched."""
    half = max(1, len(query.strokes) // 2 - 1)
    if not query.edits:
        return []
    return [_range(KEY, query.strokes[:half]), _range(BACK, query.strokes[::-1][:half])]


def _range(kind: str, key: str) -> Lookup:
    cut = key[:LONGEST]
    return Lookup(kind, cut, cut + "\U0010ffff")
