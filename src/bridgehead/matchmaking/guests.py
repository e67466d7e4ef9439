"""The languages of buyers' own pages and mails. The rest of the site speaks Korean and English.

Which texts have to be there in all of them stands in `locale/guests.txt`; `kit.translations` keeps those catalogues complete.
A buyer's page carries its language in the address like every page: `/ar/b/<token>/`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.urls import reverse
from django.utils import translation

from bridgehead.matchmaking.models import Party
from bridgehead.matchmaking.profiles import LANGUAGES

#: As a party's language is stored → as Django knows it.
CODES = {"ko": "ko", "en": "en", "it": "it", "zh": "zh-hans", "ja": "ja", "ar": "ar"}
#: Each in its own words, as people look for it.
NAMES = {
    "ko": "한국어",
    "en": "English",
    "it": "Italiano",
    "zh": "中文",
    "ja": "日本語",
    "ar": "العربية",
}
#: The same in the reader's language, for officers.
CHOICES = [(code, LANGUAGES[code]) for code in NAMES]
#: In addresses, beside those of the site.
FOREIGN = ("it", "zh-hans", "ja", "ar")


def language_of(party: Party) -> str:
    """Django's code of the language a party is written to; firms are written to in Korean or English."""
    if party.is_firm:
        return "ko" if party.language.startswith("ko") else "en"
    return CODES.get(party.language[:2], "en")


def language_of_address(path: str) -> str:
    """The language a buyer's page is asked for in: that of its address."""
    first = path.strip("/").split("/", 1)[0]
    return first if first in FOREIGN else (translation.get_language() or "en")


@contextmanager
def as_the_site_speaks() -> Iterator[None]:
    """For addresses and words of pages that are not there in the guests' languages: those get them in English."""
    language = translation.get_language() or "en"
    with translation.override("en" if language in FOREIGN else language):
        yield


def site_address(name: str, *args: Any) -> str:
    with as_the_site_speaks():
        return reverse(name, args=args)


def switch(path: str) -> list[tuple[str, str, str]]:
    """(code, name, address of this page) for every language."""
    rest = path.lstrip("/").split("/", 1)[-1]
    return [(CODES[code], name, f"/{CODES[code]}/{rest}") for code, name in NAMES.items()]
