"""Which file of the e-book holds what, and the id of each entry in it."""

import re
from dataclasses import dataclass, field

from bridgehead.engines.termbase.publishing.book import Book, Entry, Pointer

_UNSAFE = re.compile(r"[^A-Za-z0-9-]")


def anchor(concept_id: str) -> str:
    """An XML id that keeps ids apart: links to an entry live as long as its concept's id."""
    return "c-" + _UNSAFE.sub(lambda found: f"_{ord(found[0]):x}_", concept_id)


@dataclass(frozen=True, slots=True)
class Places:
    letters: list[tuple[str, list[Entry | Pointer]]]
    files: dict[str, str] = field(default_factory=dict)  # concept id → file

    @classmethod
    def of(cls, book: Book) -> "Places":
        letters = book.by_letter()
        files = {
            item.id: letter_file(number)
            for number, (_letter, items) in enumerate(letters, 1)
            for item in items
            if isinstance(item, Entry)
        }
        return cls(letters, files)

    def entry(self, entry: Entry) -> str:
        return f"{self.files[entry.id]}#{anchor(entry.id)}"


def letter_file(number: int) -> str:
    return f"entries-{number:02}.xhtml"


def index_file(lang: str) -> str:
    return f"index-{lang}.xhtml"
