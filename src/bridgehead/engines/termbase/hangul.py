"""Hangul as hands type it: syllables to jamo, to keystrokes of the standard (2-set) keyboard, to initial consonants."""

from functools import lru_cache

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_FIRST, _LAST = 0xAC00, 0xD7A3

_KEYS = dict(
    zip("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ", "qwertyuiopasdfghjklzxcvbnm", strict=True)
)
_KEYS |= dict(zip("ㅃㅉㄸㄲㅆㅒㅖ", "QWERTOP", strict=True))
_PAIRS = {
    "ㄳ": "ㄱㅅ",
    "ㄵ": "ㄴㅈ",
    "ㄶ": "ㄴㅎ",
    "ㄺ": "ㄹㄱ",
    "ㄻ": "ㄹㅁ",
    "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ",
    "ㄾ": "ㄹㅌ",
    "ㄿ": "ㄹㅍ",
    "ㅀ": "ㄹㅎ",
    "ㅄ": "ㅂㅅ",
    "ㅘ": "ㅗㅏ",
    "ㅙ": "ㅗㅐ",
    "ㅚ": "ㅗㅣ",
    "ㅝ": "ㅜㅓ",
    "ㅞ": "ㅜㅔ",
    "ㅟ": "ㅜㅣ",
    "ㅢ": "ㅡㅣ",
}
_SINGLE = dict(zip("ㄲㄸㅃㅆㅉ", "ㄱㄷㅂㅅㅈ", strict=True))


def is_syllable(char: str) -> bool:
    return "가" <= char <= "힣"


def is_consonant(char: str) -> bool:
    return "ㄱ" <= char <= "ㅎ"


def is_jamo(char: str) -> bool:
    return "ㄱ" <= char <= "ㅣ"


def has_hangul(text: str) -> bool:
    return any(is_syllable(char) or is_jamo(char) for char in text)


def split(syllable: str) -> tuple[str, str, str]:
    """Initial, vowel and final (may be empty) of a syllable, as compatibility jamo."""
    index = ord(syllable) - _FIRST
    return INITIALS[index // 588], VOWELS[index % 588 // 28], FINALS[index % 28]


def final_of(char: str) -> str:
    """The final consonant of a syllable, empty where it ends in a vowel (or is no syllable)."""
    return FINALS[(ord(char) - _FIRST) % 28] if is_syllable(char) else ""


@lru_cache(maxsize=16384)
def _strokes_of(char: str) -> str:
    jamo = "".join(split(char)) if is_syllable(char) else char
    single = "".join(_PAIRS.get(part, part) for part in jamo)
    return "".join(_KEYS.get(part, part) for part in single)


def strokes(text: str) -> str:
    """The keys a hand presses for the text: 보석 and qhtjr are both `qhtjr`, ring and 갸ㅜㅎ both `ring`."""
    return "".join(map(_strokes_of, text))


@lru_cache(maxsize=16384)
def _initial_of(char: str) -> str:
    initial = split(char)[0] if is_syllable(char) else _PAIRS.get(char, char)
    return _SINGLE.get(initial, initial)


def initials(text: str) -> str:
    """보석 → ㅂㅅ. Doubled consonants become single ones: few people press shift to search."""
    return "".join(map(_initial_of, text))


def spread(text: str) -> str:
    """Jamo that an input method glued together taken apart again: ㅄ → ㅂㅅ."""
    return "".join(_PAIRS.get(char, char) if is_consonant(char) else char for char in text)


def fits(pattern: str, text: str) -> bool:
    """Whether the text begins with the pattern, where a consonant stands for any syllable it begins: ㅂ석 fits 보석.

    The last syllable of the pattern may be half-typed: 보서 fits 보석.
    """
    if len(pattern) > len(text):
        return False
    *head, last = zip(pattern, text, strict=False)
    if not all(_same(want, have) for want, have in head):
        return False
    want, have = last
    return _same(want, have) or (is_syllable(want) and strokes(have).startswith(strokes(want)))


def _same(want: str, have: str) -> bool:
    if is_consonant(want) and is_syllable(have):
        return initials(have) == _SINGLE.get(want, want)
    return want == have
