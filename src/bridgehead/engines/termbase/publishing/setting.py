"""The printed dictionary as PDF (tagged, PDF/UA-1), and the cover both kinds of book share, set with Typst.

The templates beside this file are fixed; words of the termbase reach them as JSON data only, never as markup.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Literal

import typst

from bridgehead.engines.termbase.model import Term
from bridgehead.engines.termbase.names import language_name, main, subject_name
from bridgehead.engines.termbase.publishing.book import Book, Entry, Pointer, marks
from bridgehead.engines.termbase.publishing.collation import HAN, SIGNS
from bridgehead.engines.termbase.publishing.fonts import FAMILIES, IDEOGRAPHIC, fonts
from bridgehead.engines.termbase.publishing.front import front_matter, imprint
from bridgehead.engines.termbase.publishing.pages import anchor
from bridgehead.engines.termbase.publishing.words import both, say

_FOLDER = Path(__file__).parent
_COVER_PPI = 231  # 1,600 pixels wide, what bookshops ask for
_NOT_TEXT = dict.fromkeys([*(set(range(0x20)) - {0x9, 0xA}), 0x7F, 0xFFFE, 0xFFFF])


def pdf(book: Book) -> bytes:
    """The bytes of the PDF, the same at every rebuild with the same fonts.

    PDF/UA refuses a character no installed font can draw. The book is then still worth having, so it is written as an
    ordinary tagged PDF.
    """
    inputs = _inputs(_cover(book) | _body(book))
    moment = datetime.combine(book.edition.issued, time(), UTC)
    try:
        return _compile("book.typ", inputs, pdf_standards="ua-1", timestamp=moment)
    except typst.TypstError:
        return _compile("book.typ", inputs, timestamp=moment)


def cover_png(book: Book) -> bytes:
    return _compile("cover_page.typ", _inputs(_cover(book)), format="png", ppi=_COVER_PPI)


def _compile(
    template: str, inputs: dict[str, str], format: Literal["pdf", "png"] = "pdf", **options: Any
) -> bytes:
    compiler = typst.Compiler(_FOLDER / template, root=_FOLDER, font_paths=fonts(), sys_inputs=inputs)
    made = compiler.compile(format=format, **options)
    assert isinstance(made, bytes)  # a list where there are several pages as pictures; the cover is one
    return made


def _inputs(data: dict[str, Any]) -> dict[str, str]:
    return {"book": json.dumps(data, ensure_ascii=False).translate(_NOT_TEXT)}


def _cover(book: Book) -> dict[str, Any]:
    edition = book.edition
    language = edition.language
    return {
        "language": language,
        "fonts": FAMILIES,
        "ideographic": IDEOGRAPHIC,
        "title": edition.shown_title,
        "subtitle": edition.subtitle,
        "publisher": edition.publisher,
        "languages": [language_name(lang, language) for lang in edition.languages],
        "version": say("version", language).format(edition.version),
        "issued": [edition.issued.year, edition.issued.month, edition.issued.day],
        "counts": say("counts", language).format(f"{len(book.entries):,}", f"{book.terms:,}"),
    }


def _body(book: Book) -> dict[str, Any]:
    write = _Writer(book.edition.language)
    say_it = write.say
    headings = (
        "contents",
        "front",
        "fields",
        "slang_list",
        "term",
        "use",
        "origin",
        "where",
        "index",
        "also",
        "entries",
    )
    return {
        "words": {name: say_it(name) for name in headings},
        "front": [
            {
                "lang": lang,
                "title": say("front", lang),
                "sections": [{"heading": part.heading, "paragraphs": part.paragraphs} for part in sections],
                "imprint": imprint(book, lang),
            }
            for lang, sections in front_matter(book)
        ],
        "letters": [
            {"name": write.letter(letter), "items": [write.item(item) for item in items]}
            for letter, items in book.by_letter()
        ],
        "fields": [
            {"name": subject_name(code, write.language), "entries": [write.link(entry) for entry in entries]}
            for code, entries in book.by_subject()
        ],
        "slang": [write.slang(pointer) for pointer in book.pointers()],
        "indexes": [
            {
                "title": say_it("index_of").format(language_name(lang, write.language)),
                "groups": [
                    {"name": write.letter(letter), "rows": [write.index_row(each) for each in them]}
                    for letter, them in book.index(lang)
                ],
            }
            for lang in book.edition.languages
        ],
    }


class _Writer:
    """What the template places for each part, with every label said already."""

    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, word: str) -> str:
        return say(word, self.language)

    def letter(self, letter: str) -> str:
        return self.say({HAN: "han", SIGNS: "signs"}.get(letter, letter))

    def item(self, item: Entry | Pointer) -> dict[str, Any]:
        return self.entry(item) if isinstance(item, Entry) else self.pointer(item)

    def pointer(self, pointer: Pointer) -> dict[str, Any]:
        return {"kind": "pointer", "term": self.term(pointer.term), "to": self.link(pointer.entry)}

    def entry(self, entry: Entry) -> dict[str, Any]:
        head = entry.head
        return {
            "kind": "entry",
            "id": anchor(entry.id),
            "head": self.term(head),
            "sound": head.romanisation or head.pronunciation,
            "hanja": head.hanja,
            "pos": self.say(head.pos),
            "field": subject_name(entry.concept.subject, self.language) if entry.concept.subject else "",
            "definitions": [_said(each.lang, each.text) for each in entry.definitions],
            "foreign": [
                {"code": lang.upper(), "terms": [self.term(term) for term in terms]}
                for lang, terms in entry.foreign
            ],
            "others": [self.term(term) for term in entry.others],
            "heard": [self.heard(term) for term in entry.heard],
            "notes": [_said(lang, note) for lang, note in entry.notes],
            "examples": [_said(term.lang, term.context) for term in entry.terms if term.context],
            "relations": [
                {"name": self.say(kind), "entries": [self.link(other) for other in others]}
                for kind, others in entry.relations.items()
            ],
        }

    def term(self, term: Term) -> dict[str, Any]:
        told = [self.say(term.gender)] if term.gender else []
        told += [f"({term.note})"] if term.note else []
        return _said(term.lang, term.text) | {"marks": self.marks(marks(term)), "told": " ".join(told)}

    def marks(self, codes: Iterable[str]) -> list[dict[str, Any]]:
        return [
            {"name": both(code, self.language), "grave": code not in ("bench", "technical", "colloquial")}
            for code in codes
        ]

    def heard(self, term: Term) -> dict[str, Any]:
        origin = f"{self.say('origin')} {term.origin}" if term.origin else ""
        return self.term(term) | {"told": " · ".join(filter(None, [origin, term.where, term.note]))}

    def slang(self, pointer: Pointer) -> dict[str, Any]:
        term = pointer.term
        return {
            "term": self.term(term),
            "to": self.link(pointer.entry),
            "origin": term.origin,
            "where": term.where,
        }

    def link(self, entry: Entry) -> dict[str, Any]:
        return _said(entry.head.lang, entry.head.text) | {"id": anchor(entry.id)}

    def index_row(self, pointer: Pointer) -> dict[str, Any]:
        term, head = pointer.term, pointer.entry.head
        return {
            **_said(term.lang, term.text),
            "id": anchor(pointer.entry.id),
            "under": "" if main(term.lang) == main(head.lang) else head.text,
        }


def _said(lang: str, text: str) -> dict[str, Any]:
    return {"text": text, "lang": main(lang) if main(lang).isascii() and len(main(lang)) in (2, 3) else ""}
