"""Where a word stands in a printed list: Korean by initial consonant, Latin by letter, ideographs by radical.

Code points do the sorting. Hangul syllables stand in the order of South Korean dictionaries, and the unified ideographs
in that of the Kangxi radicals, so no table of pronunciations is needed.
"""

import unicodedata

from bridgehead.engines.termbase.folding import fold
from bridgehead.engines.termbase.hangul import initials, is_consonant, is_syllable

HAN, SIGNS = "漢", "#"
_ROWS = "あかさたなはまやらわ"
_STARTS = "ぁかさたなはまゃらゎ"  # the first kana of each row


def sort_key(text: str) -> tuple[int, str, str]:
    """Hangul, kana, ideographs, then Latin and other letters, then figures and signs; the order of letters in each."""
    return (_script(letter(text)), fold(text), text)


def _script(letter: str) -> int:
    if letter in (HAN, SIGNS):
        return 2 if letter == HAN else 4
    return 0 if is_consonant(letter) else 1 if letter in _ROWS else 3


def letter(text: str) -> str:
    """The heading under which a word is listed: ㄱ for 금 and 끌, A for Àncora, か for ガーネット, 漢 for ideographs."""
    first = fold(text)[:1]
    if is_syllable(first) or is_consonant(first):
        return initials(first)
    if first == "ゔ":
        return "あ"
    if "ぁ" <= first <= "ん":
        return _ROWS[sum(first >= start for start in _STARTS) - 1]
    if _is_ideograph(first):
        return HAN
    if not first.isalpha():
        return SIGNS
    return unicodedata.normalize("NFD", first)[0].upper()


def _is_ideograph(char: str) -> bool:
    return unicodedata.name(char, "").startswith("CJK ")
