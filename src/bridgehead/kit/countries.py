"""Countries by their ISO 3166-1 code, named in the reader's language as offices name them."""

import gettext
from collections.abc import Sequence
from functools import cache

import pycountry
from django.utils.translation import get_language
from django.utils.translation import gettext as _

#: Where the standard's name is not what these offices write.
_USUAL = {
    "ko": {"TW": "대만", "RU": "러시아", "KR": "한국"},
    "en": {"TW": "Taiwan", "RU": "Russia", "KR": "Korea"},
}

Choices = list[tuple[str, str | list[tuple[str, str]]]]


@cache
def country_names(language: str) -> dict[str, str]:
    """Code → name in a language of two letters."""
    wanted = ["zh_CN"] if language == "zh" else [language]
    translation = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=wanted, fallback=True)
    names = {
        country.alpha_2: translation.gettext(getattr(country, "common_name", country.name))
        for country in pycountry.countries
    }
    return {**names, **_USUAL.get(language, {})}


def _language() -> str:
    return (get_language() or "ko")[:2]


def country_name(code: str) -> str:
    """The name, or the code itself where there is none."""
    return country_names(_language()).get(code, code)


def country_choices(first: Sequence[str] = ()) -> Choices:
    """For a select: the ones given as they come, then all of them by name."""
    names = country_names(_language())
    usual = [(code, names[code]) for code in dict.fromkeys(first) if code in names]
    everything = sorted(names.items(), key=lambda pair: pair[1])
    groups: Choices = [("", "–")]
    if usual:
        groups.append((_("Often"), usual))
    return [*groups, (_("All countries"), everything)]
