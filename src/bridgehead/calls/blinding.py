"""Words that would tell a blind reviewer who applied, taken out of free text. Pure.

What is known of the firm is hidden wherever it is written, however it is spaced: its names, business number, phone
numbers, mail addresses and website. It cannot know what nobody told it, such as a nickname of the workshop; questions
that ask for such things are marked identifying.
"""

import re
from collections.abc import Iterable
from typing import Any

from bridgehead.calls.conflicts import phone

_LEGAL = re.compile(
    r"주식회사|유한회사|\(주\)|㈜|\(유\)|,?\s*\b(?:Inc|Co|Ltd|LLC|Corp)\b\.?,?", re.IGNORECASE
)
SHORTEST = 2


def _name(text: str) -> list[str]:
    """A name as written, and without its legal form; spaces may be any or none."""
    found = {text.strip(), _LEGAL.sub(" ", text).strip()}
    return [_spaced(name) for name in found if len(name) >= SHORTEST]


def _spaced(name: str) -> str:
    """Letters of another alphabet than the Korean one end a word; Korean particles follow a name directly, and Korean
    names are written with or without spaces."""
    parts = name.split() if name.isascii() else [letter for letter in name if not letter.isspace()]
    body = r"\s*".join(re.escape(part) for part in parts)
    start = r"\b" if name[0].isascii() and name[0].isalnum() else ""
    end = r"(?![A-Za-z0-9])" if name[-1].isascii() and name[-1].isalnum() else ""
    return start + body + end


def _digits(number: str) -> str:
    gap = r"[\s.\-–)(]*"
    return rf"(?<!\d){gap.join(number)}(?!\d)"


def _phone(text: str) -> list[str]:
    national = phone(text)
    if not national:
        return []
    abroad = r"(?:\+|00)82[\s.\-)(]*" + _digits(national.lstrip("0")).removeprefix(r"(?<!\d)")
    return [_digits(national), abroad]


def pattern(
    *,
    names: Iterable[str] = (),
    numbers: Iterable[str] = (),
    phones: Iterable[str] = (),
    words: Iterable[str] = (),
) -> re.Pattern[str] | None:
    """`words` are hidden as they are: mail addresses, websites. None when nothing is known."""
    parts = [part for name in names for part in _name(name)]
    parts += [_digits(digits) for number in numbers if (digits := re.sub(r"\D", "", number))]
    parts += [part for number in phones for part in _phone(number)]
    parts += [re.escape(word.strip()) for word in words if word.strip()]
    longest_first = sorted(set(parts), key=lambda part: (-len(part), part))
    return re.compile("|".join(longest_first), re.IGNORECASE) if longest_first else None


def hide(value: Any, secret: re.Pattern[str] | None, mark: str) -> Any:
    """The same text, list or table with every secret replaced by `mark`."""
    if secret is None:
        return value
    if isinstance(value, str):
        return secret.sub(mark, value)
    if isinstance(value, list):
        return [hide(one, secret, mark) for one in value]
    return value
