"""Why a term answers a query, and which answer comes first. The same code ranks rows of a database and of memory."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from bridgehead.engines.termbase.folding import nfc
from bridgehead.engines.termbase.hangul import fits, is_consonant, strokes
from bridgehead.engines.termbase.keys import BACK, SOUND, Forms, Query, forms_of
from bridgehead.engines.termbase.model import STATUS_ORDER


class Why(IntEnum):
    """Reasons for a hit, best first."""

    EXACT = 0
    SPELLING = 1  # case, accents, spaces, width
    HANJA = 2
    ROMANISATION = 3
    KEYBOARD = 4  # the keyboard was in the other language
    INITIALS = 5
    PREFIX = 6
    HALF_TYPED = 7
    INITIALS_PREFIX = 8
    ROMANISATION_PREFIX = 9
    KEYBOARD_PREFIX = 10
    SOUND = 11  # a romanisation of no system
    WORDS = 12  # the same words in another order
    INSIDE = 13
    INITIALS_INSIDE = 14
    TYPO = 15
    SOUND_TYPO = 16


@dataclass(frozen=True, slots=True)
class Entry:
    """What ranking needs of one stored term. `id` and `order` are the caller's; lower order wins ties."""

    id: int
    concept: str
    lang: str
    text: str
    status: str = "preferred"
    hanja: str = ""
    romanisation: str = ""
    order: int = 0

    @property
    def forms(self) -> Forms:
        return forms_of(self.text, self.hanja, self.romanisation)


@dataclass(frozen=True, slots=True)
class Match:
    entry: Entry
    why: Why
    cost: float = 0.0  # within the same reason: edits, or what is left of the word

    @property
    def rank(self) -> tuple[int, float, int, int, int]:
        entry = self.entry
        return self.why, self.cost, STATUS_ORDER.get(entry.status, 9), len(entry.text), entry.order


@dataclass(frozen=True, slots=True)
class Hit:
    """One concept that answers, with the terms that do, best first."""

    concept: str
    matches: tuple[Match, ...]

    @property
    def why(self) -> Why:
        return self.matches[0].why

    def to_dict(self) -> dict[str, object]:
        found = [
            {
                "term": match.entry.text,
                "lang": match.entry.lang,
                "status": match.entry.status,
                "why": match.why.name.lower(),
            }
            for match in self.matches
        ]
        return {"concept": self.concept, "matches": found}


def rank(
    query: Query, entries: Iterable[Entry], *, limit: int = 10, langs: Collection[str] = ()
) -> list[Hit]:
    """The best `limit` concepts among the candidates, each with the terms that matched."""
    found: dict[str, list[Match]] = {}
    for entry in entries:
        if langs and entry.lang not in langs:
            continue
        if match := judge(query, entry):
            found.setdefault(entry.concept, []).append(match)
    return grouped(found, limit)


def grouped(found: Mapping[str, list[Match]], limit: int) -> list[Hit]:
    hits = [
        Hit(concept, tuple(sorted(matches, key=lambda match: match.rank)))
        for concept, matches in found.items()
    ]
    return sorted(hits, key=lambda hit: hit.matches[0].rank)[:limit]


def nearest(query: Query, kind: str, keys: Sequence[str], *, limit: int = 100) -> list[int]:
    """Positions of the stored keys of that kind that are the query but for slips, best first.

    Cheap, so that thousands of rows can be looked at before any of their terms is.
    """
    if kind == SOUND:
        wanted, edits = query.sound, 2 if query.latin and len(query.sound) > 4 else 0
    else:
        wanted, edits = (query.strokes[::-1] if kind == BACK else query.strokes), query.edits
    if not edits:
        return []
    near = process.extract(wanted, keys, scorer=OSA.distance, score_cutoff=edits, limit=limit)
    return [at for _key, _distance, at in near]


def judge(query: Query, entry: Entry) -> Match | None:
    """The best reason for which the term answers the query, or None."""
    forms = entry.forms
    for reason in (_whole, _begun, _within, _mistyped):
        if found := reason(query, forms):
            return Match(entry, *found)
    return None


Reason = tuple[Why, float] | None


def _whole(query: Query, forms: Forms) -> Reason:
    if query.folded == forms.folded:
        return (Why.EXACT if query.text == nfc(forms.text) else Why.SPELLING), 0.0
    if query.folded == forms.hanja_folded:
        return Why.HANJA, 0.0
    if query.latin and query.folded in forms.romans:
        return Why.ROMANISATION, forms.romans.index(query.folded) / 100
    if forms.strokes in query.keystrokes:
        return Why.KEYBOARD, 0.0 if forms.strokes == query.typed else 0.1
    if query.initials and len(query.initials) == len(forms.initials) and _fits(query, forms.folded):
        return Why.INITIALS, _loose(query, forms.folded)
    return None


def _begun(query: Query, forms: Forms) -> Reason:
    left = float(len(forms.folded) - len(query.folded))
    if forms.folded.startswith(query.folded):
        return Why.PREFIX, left
    if forms.hanja_folded.startswith(query.folded):
        return Why.PREFIX, left
    if query.hangul and forms.initials and _starts_with(forms.strokes, query):
        return Why.HALF_TYPED, left if query.pattern and fits(query.pattern, forms.folded) else left + 100
    if query.initials and _fits(query, forms.folded):
        return Why.INITIALS_PREFIX, left + _loose(query, forms.folded)
    if query.latin and any(roman.startswith(query.folded) for roman in forms.romans):
        return Why.ROMANISATION_PREFIX, left
    if _starts_with(forms.strokes, query):
        return Why.KEYBOARD_PREFIX, left
    return None


def _within(query: Query, forms: Forms) -> Reason:
    if query.latin and query.sound in forms.sounds:
        return Why.SOUND, 0.0
    if len(query.words) > 1 and all(
        any(word.startswith(part) for word in forms.words) for part in query.words
    ):
        return Why.WORDS, float(len(forms.folded))
    for start in forms.starts:
        if _starts_with(strokes(forms.folded[start:]), query):
            return Why.INSIDE, start + len(forms.folded) / 100
    if query.folded in forms.hanja_folded:
        return Why.INSIDE, float(len(forms.hanja_folded))
    if query.initials:
        for start in forms.starts:
            if _fits(query, forms.folded[start:]):
                return Why.INITIALS_INSIDE, start + _loose(query, forms.folded[start:])
    return None


def _mistyped(query: Query, forms: Forms) -> Reason:
    edits = query.edits
    if not edits:
        return None
    distance = OSA.distance(query.strokes, forms.strokes, score_cutoff=edits)
    if distance <= min(edits, max(len(forms.strokes) // 2, 1)):
        return Why.TYPO, distance + _unlike(query.strokes, forms.strokes)
    if query.latin and len(query.sound) > 4:
        return _sounds_alike(query, forms)
    return None


def _sounds_alike(query: Query, forms: Forms) -> Reason:
    for sound in forms.sounds:
        if sound.startswith(query.sound):
            return Why.SOUND_TYPO, len(sound) / 100
        distance = OSA.distance(query.sound, sound, score_cutoff=2)
        if distance <= 2:
            return Why.SOUND_TYPO, float(distance)
    return None


def _unlike(one: str, other: str) -> float:
    """Below 1: among equally many edits, the one whose beginning is right comes first."""
    return 0.99 * (1 - JaroWinkler.similarity(one, other))


def _starts_with(keys: str, query: Query) -> bool:
    return any(keys.startswith(typed) for typed in query.keystrokes)


def _fits(query: Query, text: str) -> bool:
    return fits(query.pattern or query.initials, text)


def _loose(query: Query, text: str) -> float:
    """0 where consonants are as doubled as asked for, a little more where ㄱ stood for ㄲ."""
    wanted = query.pattern or query.initials
    pairs = zip(wanted, text, strict=False)
    return 0.1 * sum(is_consonant(want) and not fits_strictly(want, have) for want, have in pairs)


def fits_strictly(want: str, have: str) -> bool:
    return strokes(have).startswith(strokes(want))
