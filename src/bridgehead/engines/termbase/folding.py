"""One form for what people see as the same word: case, width, accents, spaces and Unicode normal forms folded.

NFKC alone would not do: it turns the compatibility jamo of half-typed Hangul (ㄱ) into conjoining ones, which compose
with their neighbours and match nothing. Here conjoining and half-width jamo become compatibility jamo instead.
"""

import unicodedata
from functools import lru_cache

_INITIAL = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWEL = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINAL = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_JAMO = {
    **{chr(0x1100 + index): jamo for index, jamo in enumerate(_INITIAL)},
    **{chr(0x1161 + index): jamo for index, jamo in enumerate(_VOWEL)},
    **{chr(0x11A8 + index): jamo for index, jamo in enumerate(_FINAL)},
}
#: Letters whose stroke or ligature is no combining mark, so that decomposition does not reveal the base.
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ة": "ه",
        "ى": "ي",
        "ـ": "",
        "ʼ": "",
        "ʻ": "",
    }
)
_KEPT_MARKS = frozenset("\u3099\u309a")  # voicing of kana makes another sound, not another spelling


def nfc(text: str) -> str:
    """Stored form of any text: composed, without surrounding spaces."""
    return unicodedata.normalize("NFC", text).strip()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The word without case, accents, width, spaces and punctuation; never empty for a non-empty word."""
    words = fold_words(text)
    return "".join(words) or nfc(text).casefold()


@lru_cache(maxsize=65536)
def fold_words(text: str) -> tuple[str, ...]:
    """Like `fold`, but keeps apart what spaces and punctuation keep apart."""
    folded = "".join(_fold_char(char) for char in unicodedata.normalize("NFC", text))
    return tuple("".join(char if char.isalnum() else " " for char in folded).split())


@lru_cache(maxsize=16384)
def _fold_char(char: str) -> str:
    if "a" <= char <= "z" or "가" <= char <= "힣" or "ㄱ" <= char <= "ㅣ":
        return char
    if char in _JAMO:
        return _JAMO[char]
    if char in "'’‘`´":
        return ""  # an apostrophe joins: d'oro, ch'ŏn, maker’s
    simple = unicodedata.normalize("NFKC", char)
    if simple in _JAMO:
        return _JAMO[simple]
    decomposed = unicodedata.normalize("NFD", simple.casefold().translate(_LETTERS))
    bare = "".join(part for part in decomposed if not unicodedata.combining(part) or part in _KEPT_MARKS)
    return "".join(_hiragana(part) for part in unicodedata.normalize("NFC", bare))


def _hiragana(char: str) -> str:
    return chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char
