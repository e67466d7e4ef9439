"""The Search Key Map of EPUB Dictionaries and Glossaries 1.0: every way in which a reader may write an entry's words."""

from collections.abc import Iterator

from bridgehead.engines.termbase.folding import fold
from bridgehead.engines.termbase.hangul import has_hangul
from bridgehead.engines.termbase.model import Term
from bridgehead.engines.termbase.publishing.book import Book, Entry
from bridgehead.engines.termbase.publishing.markup import el
from bridgehead.engines.termbase.publishing.pages import Places
from bridgehead.engines.termbase.romanise import romanisations
from bridgehead.engines.termbase.surfaces import surfaces


def search_key_map(book: Book, places: Places) -> bytes:
    """One group an entry, one match a term, its other spellings as further values. Korean slang leads to its entry too."""
    groups = "\n".join(
        el("search-key-group", *_matches(entry), href=places.entry(entry)) for entry in book.entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<search-key-map xmlns="http://www.idpf.org/2007/ops" '
        f'xml:lang="{book.edition.source}">\n{groups}\n</search-key-map>\n'
    ).encode()


def _matches(entry: Entry) -> Iterator[str]:
    for term in dict.fromkeys(entry.terms):
        values = "".join(el("value", value=other) for other in variants(term))
        yield el("match", values, value=term.text, xml_lang=term.lang)


def variants(term: Term) -> list[str]:
    """Plurals, spacings, hanja and romanisations of a term, without the term itself."""
    found = dict.fromkeys(surfaces(term.text, term.lang))
    found |= dict.fromkeys(filter(None, (term.hanja, term.romanisation)))
    if has_hangul(term.text):
        found |= dict.fromkeys(romanisations(fold(term.text)))
    return [value for value in found if value != term.text]
