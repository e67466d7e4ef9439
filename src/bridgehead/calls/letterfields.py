"""The fields an office may use in its own letters, such as {firm}; an unknown one is refused before it is stored. Pure."""

from collections.abc import Mapping
from string import Formatter

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIELDS: dict[str, Promise] = {
    "firm": _("name of the firm"),
    "number": _("receipt number"),
    "title": _("title of the call"),
    "programme": _("programme"),
    "host": _("office"),
    "outcome": _("outcome"),
    "rank": _("rank"),
    "score": _("points with bonus"),
    "reserve": _("place on the reserve list"),
    "reasons": _("the reasons, one line each"),
    "places": _("places of the call"),
    "deadline": _("until when an objection can be filed"),
    "url": _("address of the application's page"),
}


class NotALetter(ValueError):
    """A brace stands alone or holds something that is no plain name."""


def fields_in(text: str) -> list[str]:
    """The names in braces in the order they stand; {{ and }} are braces themselves."""
    try:
        parts = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError as error:
        raise NotALetter(str(error)) from None
    return [_whole(*part) for part in parts]


def _whole(_text: str, name: str | None, form: str | None, conversion: str | None) -> str:
    """With all that stands in the braces, so that {firm.name} or {firm!r} is refused as what it is."""
    return f"{name}{f'!{conversion}' if conversion else ''}{f':{form}' if form else ''}"


def unknown_fields(text: str) -> list[str]:
    return [name for name in dict.fromkeys(fields_in(text)) if name not in FIELDS]


def filled(text: str, values: Mapping[str, str]) -> str:
    """The letter with its fields. Values are put in as they are: braces in a firm's name stay braces."""
    parts = Formatter().parse(text)
    return "".join(f"{words}{'' if name is None else values[name]}" for words, name, _form, _how in parts)
