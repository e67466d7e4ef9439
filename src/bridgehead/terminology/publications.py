"""What the dictionary is given out as: books for reading, tables and exchange formats for other programs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib import import_module

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.engines.termbase import Concept, write
from bridgehead.engines.termbase.names import main

Maker = Callable[[Sequence[Concept], date], bytes]


@dataclass(frozen=True)
class Kind:
    """One file of the whole dictionary: what readers are told, and how it is made."""

    name: str
    label: Promise | str
    use: Promise
    ending: str
    content_type: str
    make: Maker

    def file_name(self, day: date) -> str:
        return f"dictionary-{self.name}-{day:%Y-%m-%d}.{self.ending}"


def _book(concepts: Sequence[Concept], day: date, *, kind: str, lang: str) -> bytes:
    """The same concepts and the same day make the same bytes. Loaded here: fonts and a typesetter are slow to import."""
    publishing = import_module("bridgehead.engines.termbase.publishing")
    edition = import_module("bridgehead.engines.termbase.publishing.edition")
    targets = tuple(each for each in edition.languages_of(concepts) if each != main(lang))
    said = edition.Edition(issued=day, source=lang, targets=targets, version=f"{day:%Y-%m-%d}")
    made: bytes = getattr(publishing, kind)(publishing.book_of(concepts, said))
    return made


def _exchange(concepts: Sequence[Concept], day: date, *, format: str) -> bytes:
    return write(concepts, format).content


_EPUB, _PDF = "application/epub+zip", "application/pdf"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SCREEN, _PRINT = _("For e-readers and phones, with search"), _("For print")
_KINDS = [
    Kind("epub-ko", _("E-book, Korean headwords (EPUB)"), _SCREEN, "epub", _EPUB, partial(_book, kind="epub", lang="ko")),
    Kind("epub-en", _("E-book, English headwords (EPUB)"), _SCREEN, "epub", _EPUB, partial(_book, kind="epub", lang="en")),
    Kind("pdf-ko", _("Book, Korean headwords (PDF)"), _PRINT, "pdf", _PDF, partial(_book, kind="pdf", lang="ko")),
    Kind("pdf-en", _("Book, English headwords (PDF)"), _PRINT, "pdf", _PDF, partial(_book, kind="pdf", lang="en")),
]  # fmt: skip
_TABLE = _("For spreadsheets; can be edited and imported again")
_TOOLS = _("For translators' tools")
_FORMATS: list[tuple[str, Promise | str, Promise, str, str]] = [
    ("xlsx", pgettext_lazy("file format", "Excel table (XLSX)"), _TABLE, "xlsx", _XLSX),
    ("csv", pgettext_lazy("file format", "Table (CSV)"), _TABLE, "csv", "text/csv"),
    ("tbx-basic", "TBX-Basic", _TOOLS, "tbx", "application/xml"),
    ("tbx-linguist", "TBX-Linguist", _TOOLS, "tbx", "application/xml"),
    ("skos", "SKOS (Turtle)", _("For linked data"), "ttl", "text/turtle"),
    ("json", "JSON", _("For programs; nothing is lost"), "json", "application/json"),
]
EXCHANGE = {
    name: Kind(name, label, use, ending, content_type, partial(_exchange, format=name))
    for name, label, use, ending, content_type in _FORMATS
}
KINDS: dict[str, Kind] = {kind.name: kind for kind in _KINDS} | EXCHANGE
BOOKS = tuple(kind.name for kind in _KINDS)
