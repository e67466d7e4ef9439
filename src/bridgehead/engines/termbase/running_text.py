"""Text made comparable for recognition, with a way back to the code points of the original.

Folding is one character to one character (case, accents, width, kinds of space and hyphen), so offsets survive.
Double spaces and invisible characters cut a text into pieces that keep their offsets; only what is written in another
normal form needs a place for each character.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bridgehead.engines.termbase.hangul import is_syllable

_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
_GAP = re.compile(f"[\\s{_UNSEEN}]{{2,}}|[{_UNSEEN}]")
_HYPHENS = frozenset("-‐‑‒–−－")
_QUOTES = frozenset("'’‘ʼ＇")
#: Everything that lower case alone does not fold; most texts have few kinds of it.
_FOLDED = re.compile(
    "[\t-\r\x1c-\x1f\x85\u00a0-\u024f\u02bcς\u1680\u1e00-\u1eff\u2000-\u206f\u2212\u3000\ufeff-\uffff\U00010000-\U0010ffff]"
)
_MANY_KINDS = 64


class _Folding(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold(chr(code))
        return folded


def _fold(char: str) -> str:
    if is_syllable(char):
        return char
    if char.isspace():
        return " "
    if char in _HYPHENS:
        return "-"
    if char in _QUOTES:
        return "'"
    if char == "ς":
        return "σ"
    simple = unicodedata.normalize("NFKC", char) if ord(char) >= 0xFF00 else char
    lowered = simple.lower()
    bare = lowered
    if "\u00c0" <= lowered <= "\u024f" or "\u1e00" <= lowered <= "\u1eff":
        bare = unicodedata.normalize("NFD", lowered)[0]
    return bare if len(bare) == 1 else lowered if len(lowered) == 1 else char


_TABLE = _Folding()


def fold_chars(text: str) -> str:
    """As many characters as before: lower case, without accents, one kind of space, hyphen and apostrophe."""
    folded, _kinds = _fold_all(text)
    return folded


def _fold_all(text: str) -> tuple[str, set[str]]:
    """The folded text, and the kinds of characters that were more than a matter of case.

    Replacing kind by kind is ten times as fast as `translate`, which asks for every character.
    """
    lowered = text.lower()
    kinds = set(_FOLDED.findall(lowered))
    if len(lowered) != len(text) or len(kinds) > _MANY_KINDS:
        return text.translate(_TABLE), kinds
    for char in kinds:
        lowered = lowered.replace(char, _TABLE[ord(char)])
    return lowered, kinds


@dataclass(frozen=True, slots=True)
class Prepared:
    """The text to search. Its pieces begin at `at`, and in the original at `starts`; without them it is as it was."""

    text: str
    at: Sequence[int] = ()
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        if not self.at:
            return start, end
        first, last = bisect_right(self.at, start) - 1, bisect_right(self.at, end - 1) - 1
        # A piece may be shorter than its original (several code points composed into one character).
        return self.starts[first] + start - self.at[first], self.ends[last] - (self._until(last) - end)

    def _until(self, piece: int) -> int:
        return self.at[piece + 1] if piece + 1 < len(self.at) else len(self.text)


def prepare(text: str) -> tuple[Prepared, str]:
    """The folded text with its way back, and the same text unfolded (composed), for questions of case."""
    folded, kinds = _fold_all(text)
    if unicodedata.is_normalized("NFC", text) and "  " not in folded and not kinds & _INVISIBLE:
        return Prepared(folded), text
    pieces = [piece for piece in _pieces(text) if piece[0]]
    at, place = [], 0
    for written, _start, _end in pieces:
        at.append(place)
        place += len(written)
    composed = "".join(written for written, _start, _end in pieces)
    starts, ends = [start for _w, start, _e in pieces], [end for _w, _s, end in pieces]
    return Prepared(fold_chars(composed), at, starts, ends), composed


Piece = tuple[str, int, int]


def _pieces(text: str) -> Iterator[Piece]:
    """What is written, and from where to where in the original: runs without gaps, and one space for each gap."""
    at = 0
    for gap in _GAP.finditer(text):
        yield from _run(text, at, gap.start())
        at = gap.end()
        yield (" " if any(map(str.isspace, gap[0])) else "", gap.start(), at)
    yield from _run(text, at, len(text))


def _run(text: str, start: int, end: int) -> Iterator[Piece]:
    written = text[start:end]
    if unicodedata.is_normalized("NFC", written):
        yield written, start, end
        return
    for first, last in _clusters(written):
        yield unicodedata.normalize("NFC", written[first:last]), start + first, start + last


def _clusters(text: str) -> list[tuple[int, int]]:
    """Spans that may compose: a character with its combining marks, or the conjoining jamo of a syllable."""
    spans: list[tuple[int, int]] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _joins(text[at]):
            spans.append((start, at))
            start = at
    return spans if text else []


def _joins(char: str) -> bool:
    return unicodedata.combining(char) != 0 or "\u1160" <= char <= "\u11ff"
