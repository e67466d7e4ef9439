"""Dictionary entries as XHTML, with the semantics of EPUB Dictionaries and Glossaries."""

from collections.abc import Iterable, Iterator

from bridgehead.engines.termbase.model import Definition, Term
from bridgehead.engines.termbase.names import language_name, subject_name
from bridgehead.engines.termbase.publishing.book import Entry, Pointer, marks
from bridgehead.engines.termbase.publishing.markup import el, text, word
from bridgehead.engines.termbase.publishing.pages import Places, anchor
from bridgehead.engines.termbase.publishing.words import both, say


class EntryWriter:
    """Writes entries of one book: its language decides the labels, its places the links."""

    def __init__(self, language: str, places: Places) -> None:
        self.language, self.places = language, places

    def item(self, item: Entry | Pointer) -> str:
        return self.entry(item) if isinstance(item, Entry) else self.pointer(item)

    def entry(self, entry: Entry) -> str:
        body = (
            self._condensed(entry),
            el("h2", word(entry.head.text, entry.head.lang, "dfn")),
            el("p", *self._about(entry), class_="about"),
            *(self._definition(each) for each in entry.definitions),
            *self._foreign(entry),
            *self._others(entry),
            *self._heard(entry),
            *(self._note(lang, note) for lang, note in entry.notes),
            *self._examples(entry),
            *self._relations(entry),
        )
        return el("article", *body, id=anchor(entry.id), epub_type="dictentry")

    def pointer(self, pointer: Pointer) -> str:
        """A word of the workshop in its alphabetical place, which says where to look."""
        term = pointer.term
        return el(
            "p", word(term.text, term.lang, class_="heard"), " ", self.marks(term), " → ",
            self.link(pointer.entry), class_="pointer",
        )  # fmt: skip

    def link(self, entry: Entry) -> str:
        return el("a", word(entry.head.text, entry.head.lang), href=self.places.entry(entry))

    def marks(self, term: Term) -> str:
        return " ".join(
            el("span", text(both(each, self.language)), class_=f"mark {each}") for each in marks(term)
        )

    def _condensed(self, entry: Entry) -> str:
        """What a reading system shows beside the text in which the word was looked up."""
        translations = [terms[0].text for _lang, terms in entry.foreign]
        definition = entry.definitions[0].text if entry.definitions else ""
        said = " · ".join(filter(None, [entry.head.text, *translations, definition]))
        return el("aside", el("p", text(said)), epub_type="condensed-entry", hidden="hidden")

    def _about(self, entry: Entry) -> Iterator[str]:
        head = entry.head
        if head.hanja:
            yield (
                word(head.hanja, f"{head.lang}-Hani" if head.lang == "ko" else head.lang, class_="hanja")
                + " "
            )
        sound = head.romanisation or head.pronunciation
        if sound:
            lang = f"{head.lang}-Latn" if head.romanisation else f"{head.lang}-fonipa"
            yield word(sound, lang, epub_type="phonetic-transcription", class_="sound") + " "
        if head.pos:
            yield (
                el("span", text(say(head.pos, self.language)), epub_type="part-of-speech", class_="pos") + " "
            )
        if self.marks(head):
            yield self.marks(head) + " "
        if entry.concept.subject:
            name = subject_name(entry.concept.subject, self.language)
            yield el(
                "a", text(name), href=f"fields.xhtml#{subject_anchor(entry.concept.subject)}", class_="field"
            )

    def _definition(self, definition: Definition) -> str:
        return word(definition.text, definition.lang, "p", epub_type="def", class_="def")

    def _foreign(self, entry: Entry) -> Iterator[str]:
        if entry.foreign:
            rows = (
                el(
                    "div",
                    el("dt", text(language_name(lang, self.language))),
                    el("dd", self._words(terms, "tran")),
                )
                for lang, terms in entry.foreign
            )
            yield el("dl", *rows, class_="tran")

    def _words(self, terms: Iterable[Term], semantics: str = "") -> str:
        return ", ".join(self._word(term, semantics) for term in terms)

    def _word(self, term: Term, semantics: str) -> str:
        gender = say(term.gender, self.language) if term.gender else ""
        told = el("span", text(gender), epub_type="tran-info" if semantics == "tran" else "", class_="pos")
        remark = el("span", text(f"({term.note})"), class_="remark")
        parts = [
            word(term.text, term.lang, epub_type=semantics),
            told if gender else "",
            self.marks(term),
            remark if term.note else "",
        ]
        return " ".join(filter(None, parts))

    def _others(self, entry: Entry) -> Iterator[str]:
        if entry.others:
            yield self._labelled("also", self._words(entry.others), "also")

    def _heard(self, entry: Entry) -> Iterator[str]:
        """Register, origin and place of words one hears; the headword is what to use instead."""
        for term in entry.heard:
            told = [word(term.text, term.lang, class_="heard"), self.marks(term)]
            if term.origin:
                origin = text(f"{say('origin', self.language)} {term.origin}")
                told.append(el("span", origin, epub_type="etymology", class_="remark"))
            told += [el("span", text(said), class_="remark") for said in (term.where, term.note) if said]
            replacement = (
                f" → {word(entry.head.text, entry.head.lang, 'b')}" if term is not entry.head else ""
            )
            yield self._labelled(
                "bench_words", " · ".join([" ".join(told[:2]), *told[2:]]) + replacement, "bench"
            )

    def _note(self, lang: str, note: str) -> str:
        return self._labelled("note", word(note, lang), "note")

    def _examples(self, entry: Entry) -> Iterator[str]:
        for term in entry.terms:
            if term.context:
                said = word(term.context, term.lang, epub_type="example")
                yield self._labelled("sentence", said, "note")

    def _relations(self, entry: Entry) -> Iterator[str]:
        for kind, others in entry.relations.items():
            yield self._labelled(kind, ", ".join(map(self.link, others)), "see")

    def _labelled(self, label: str, body: str, kind: str) -> str:
        return el("p", el("span", text(say(label, self.language)), class_="label"), " ", body, class_=kind)


def subject_anchor(code: str) -> str:
    return "f" + anchor(code)[1:]
