"""The shapes in which a term may stand in a text: spaces and hyphens, plurals."""

import re
from collections.abc import Iterator

from bridgehead.engines.termbase.folding import nfc
from bridgehead.engines.termbase.hangul import is_syllable
from bridgehead.engines.termbase.running_text import fold_chars

_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[a-z]{2,}\Z")
_IRREGULAR = {
    "foot": "feet",
    "tooth": "teeth",
    "man": "men",
    "woman": "women",
    "die": "dies",
    "leaf": "leaves",
}
_IRREGULAR |= {"knife": "knives", "half": "halves", "loaf": "loaves", "matrix": "matrices", "axis": "axes"}
_LONGEST_SPLIT = 8


def surfaces(term: str, lang: str = "") -> list[str]:
    """Every folded shape to look for, the term's own first."""
    base = _SPACE.sub(" ", fold_chars(nfc(term)))
    shapes = dict.fromkeys([base, *_spacings(base)])
    if _is_latin(base):
        shapes |= dict.fromkeys(plural for shape in list(shapes) for plural in _plurals(shape, lang))
    return [shape for shape in shapes if shape]


def _is_latin(text: str) -> bool:
    return bool(text) and all(char < "\u0250" for char in text)


def _spacings(text: str) -> Iterator[str]:
    if _is_latin(text):
        yield text.replace("-", " ")
        yield text.replace(" ", "-")
        return
    parts = text.split(" ")
    if len(parts) > 1:
        yield "".join(parts)
        for at in range(1, len(parts)):
            yield " ".join([*parts[: at - 1], parts[at - 1] + parts[at], *parts[at + 1 :]])
    elif 3 <= len(text) <= _LONGEST_SPLIT and all(map(is_syllable, text)):
        for at in range(1, len(text) - 1):  # 금강석 may be written 금 강석, never 금강 석
            if at > 1 or len(text) == 3:
                yield f"{text[:at]} {text[at:]}"


def _plurals(text: str, lang: str) -> Iterator[str]:
    match = _WORD.search(text)
    if not match:
        return
    word, stem = match[0], text[: match.start()]
    if lang == "it":
        if word[-1] in "oae":
            yield stem + word[:-1] + {"o": "i", "a": "e", "e": "i"}[word[-1]]
        return
    if lang not in ("", "en"):
        return
    if word in _IRREGULAR:
        yield stem + _IRREGULAR[word]
    elif word.endswith(("s", "x", "z", "ch", "sh")):
        yield text + "es"
    elif word[-1] == "y" and word[-2] not in "aeiou":
        yield stem + word[:-1] + "ies"
    else:
        yield text + "s"
