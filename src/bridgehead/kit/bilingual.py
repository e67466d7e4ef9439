"""Texts that exist in Korean and English side by side, and the one way to read them."""

from typing import Any

from django.db.models import Model
from django.utils.translation import get_language


def pick(korean: str, english: str, language: str | None = None) -> str:
    """The text in the reader's language; where that one is empty, the other is better than nothing."""
    wanted = (language or get_language() or "ko")[:2]
    first, second = (korean, english) if wanted == "ko" else (english, korean)
    return first or second


class Bilingual:
    """`name = Bilingual("name")` on a model with columns `name_ko` and `name_en`."""

    def __init__(self, stem: str) -> None:
        self.stem = stem

    def __get__(self, instance: Model | None, owner: type) -> Any:
        if instance is None:
            return self
        return pick(getattr(instance, f"{self.stem}_ko"), getattr(instance, f"{self.stem}_en"))
