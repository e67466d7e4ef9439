"""Names of languages on pages and the order they stand in. Tags are BCP 47; the part before the hyphen decides."""

from collections.abc import Iterable

from django.utils.translation import get_language, pgettext

from bridgehead.engines.termbase import names
from bridgehead.engines.termbase.names import direction

__all__ = ["TAGS", "direction", "in_order", "language_choices", "language_name"]

TAGS = list(names.LANGUAGES)


def language_name(tag: str) -> str:
    _main, _hyphen, rest = tag.partition("-")
    name = names.language_name(names.main(tag), (get_language() or "ko")[:2])
    return (
        pgettext("language and script or region", "%(name)s (%(rest)s)") % {"name": name, "rest": rest}
        if rest
        else name
    )


def language_choices() -> list[tuple[str, str]]:
    return [(tag, language_name(tag)) for tag in TAGS]


def in_order(tags: Iterable[str], first: str = "ko") -> list[str]:
    """The reader's language first, then as listed above, then the others by their tag."""
    return sorted(set(tags), key=lambda tag: (tag.split("-")[0] != first, _place(tag), tag))


def _place(tag: str) -> int:
    main = tag.split("-")[0]
    return TAGS.index(main) if main in TAGS else len(TAGS)
