"""The other pages of the e-book: cover, front matter, fields, indexes, words of the workshop."""

from collections.abc import Iterator, Sequence

from bridgehead.engines.termbase.names import direction, language_name, subject_name
from bridgehead.engines.termbase.publishing.book import Book, Entry, Pointer
from bridgehead.engines.termbase.publishing.collation import HAN, SIGNS
from bridgehead.engines.termbase.publishing.entry_page import EntryWriter, subject_anchor
from bridgehead.engines.termbase.publishing.front import Section, front_matter, imprint
from bridgehead.engines.termbase.publishing.markup import document, el, text, word
from bridgehead.engines.termbase.publishing.pages import Places, index_file, letter_file
from bridgehead.engines.termbase.publishing.words import say

#: (file, title, content)
Page = tuple[str, str, bytes]


def letter_name(letter: str, language: str) -> str:
    return say({HAN: "han", SIGNS: "signs"}.get(letter, letter), language)


class Lists:
    def __init__(self, book: Book, places: Places) -> None:
        self.book, self.places, self.language = book, places, book.edition.language
        self.write = EntryWriter(self.language, places)

    def cover(self) -> Page:
        edition = self.book.edition
        described = ", ".join(filter(None, [edition.shown_title, edition.subtitle, edition.publisher]))
        image = el("img", src="cover.png", alt=described, role="doc-cover")
        body = el("section", image, epub_type="cover", class_="cover")
        return self._page("cover.xhtml", say("cover", self.language), body, epub_type="frontmatter")

    def front(self) -> Page:
        edition = self.book.edition
        title = el("h1", text(edition.shown_title)) + (
            el("p", text(edition.subtitle), class_="subtitle") if edition.subtitle else ""
        )
        parts = [
            el("section", *self._front_part(lang, sections), lang=lang, xml_lang=lang)
            for lang, sections in front_matter(self.book)
        ]
        body = el("section", title, *parts, epub_type="preface", role="doc-preface")
        return self._page("front.xhtml", say("front", self.language), body, epub_type="frontmatter")

    def _front_part(self, lang: str, sections: Sequence[Section]) -> Iterator[str]:
        yield el("h2", text(say("front", lang)))
        rows = (
            el("div", el("dt", text(what)), el("dd", text(value))) for what, value in imprint(self.book, lang)
        )
        for section in sections:
            yield el("h3", text(section.heading))
            yield from (el("p", text(paragraph)) for paragraph in section.paragraphs)
        yield el("dl", *rows, class_="imprint")

    def letters(self) -> Iterator[Page]:
        for number, (letter, items) in enumerate(self.places.letters, 1):
            name = letter_name(letter, self.language)
            entries = "\n".join(map(self.write.item, items))
            tag = "section" if any(isinstance(item, Entry) for item in items) else "div"
            semantics = "dictionary" if tag == "section" else ""
            body = el(tag, el("h1", text(name)), "\n", entries, epub_type=semantics)
            title = f"{name} · {self.book.edition.shown_title}"
            yield letter_file(number), name, document(title, self.language, body, {"epub_type": "bodymatter"})

    def fields(self) -> Page:
        title = say("fields", self.language)
        parts = (
            el(
                "section",
                el("h2", text(subject_name(code, self.language))),
                self._links(entries),
                id=subject_anchor(code),
            )
            for code, entries in self.book.by_subject()
        )
        return self._page(
            "fields.xhtml", title, el("h1", text(title)) + "\n".join(parts), epub_type="backmatter"
        )

    def _links(self, entries: Sequence[Entry]) -> str:
        return el("ul", *(el("li", self.write.link(entry)) for entry in entries), class_="words")

    def slang(self) -> Page | None:
        """Words of the workshop with what to use instead, where they come from and where they are heard."""
        pointers = self.book.pointers()
        if not pointers:
            return None
        title = say("slang_list", self.language)
        names = [say(each, self.language) for each in ("term", "use", "origin", "where")]
        head = el("thead", el("tr", *(el("th", text(name), scope="col") for name in names)))
        table = el("table", head, el("tbody", *map(self._slang_row, pointers)))
        return self._page("slang.xhtml", title, el("h1", text(title)) + table, epub_type="backmatter")

    def _slang_row(self, pointer: Pointer) -> str:
        term = pointer.term
        return el(
            "tr",
            el("th", word(term.text, term.lang), " ", self.write.marks(term), scope="row"),
            el("td", self.write.link(pointer.entry)),
            el("td", text(term.origin)),
            el("td", text(term.where)),
        )

    def indexes(self) -> Iterator[Page]:
        for lang in self.book.edition.languages:
            title = say("index_of", self.language).format(language_name(lang, self.language))
            groups = self.book.index(lang)
            jump = (
                (f"#l{number}", letter_name(letter, self.language))
                for number, (letter, _them) in enumerate(groups)
            )
            links = (el("li", el("a", text(name), href=href)) for href, name in jump)
            nav = el("nav", el("ul", *links, class_="letters"), aria_label=say("letters", self.language))
            parts = (self._index_part(number, group, lang) for number, group in enumerate(groups))
            body = el("section", el("h1", text(title)), nav, *parts, epub_type="index", role="doc-index")
            yield self._page(index_file(lang), title, body, epub_type="backmatter")

    def _index_part(self, number: int, group: tuple[str, list[Pointer]], lang: str) -> str:
        letter, pointers = group
        rows = (el("li", self._index_line(pointer, lang)) for pointer in pointers)
        side = direction(lang)
        heading = el("h2", text(letter_name(letter, self.language)))
        return el(
            "section",
            heading,
            el("ul", *rows, class_="words"),
            id=f"l{number}",
            dir=side if side == "rtl" else "",
        )

    def _index_line(self, pointer: Pointer, lang: str) -> str:
        """The term is the link; terms of other languages say under which headword they are found."""
        term, entry = pointer.term, pointer.entry
        link = el("a", word(term.text, term.lang), href=self.places.entry(entry))
        same = term.text == entry.head.text
        headword = "" if same else " " + word(entry.head.text, entry.head.lang, class_="under")
        return link + headword

    def _page(self, file: str, title: str, body: str, **attributes: str) -> Page:
        whole = f"{title} · {self.book.edition.shown_title}"
        return file, title, document(whole, self.language, body, attributes)
