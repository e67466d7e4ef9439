"""The dictionary as a book before it has pages: entries in order, and every list that leads to them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from bridgehead.engines.termbase.model import RELATIONS, STATUS_ORDER, Concept, Definition, Term
from bridgehead.engines.termbase.names import SUBJECTS, main
from bridgehead.engines.termbase.publishing.collation import letter, sort_key
from bridgehead.engines.termbase.publishing.edition import Edition, check

#: Registers of words that are heard rather than written; a reader must be told so, and what to write instead.
WORKSHOP = frozenset({"in-house", "bench", "colloquial", "slang", "vulgar"})
_INVERSE = {"broader": "narrower", "narrower": "broader", "related": "related", "see_also": "see_also"}


def is_marked(term: Term) -> bool:
    return term.forbidden or term.register in WORKSHOP


def marks(term: Term) -> list[str]:
    """Register and status where they are not the ordinary ones."""
    return [
        *([term.register] if term.register != "standard" else []),
        *([term.status] if term.forbidden else []),
    ]


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept under its headword. `others` may be written too, `heard` are words of the workshop or to avoid."""

    concept: Concept
    head: Term
    others: tuple[Term, ...]
    heard: tuple[Term, ...]
    foreign: tuple[tuple[str, tuple[Term, ...]], ...]
    definitions: tuple[Definition, ...]
    notes: tuple[tuple[str, str], ...]
    relations: dict[str, list["Entry"]] = field(default_factory=dict, hash=False, compare=False)

    @property
    def id(self) -> str:
        return self.concept.id

    @property
    def terms(self) -> Iterator[Term]:
        """Every term the entry shows."""
        yield from (self.head, *self.others, *self.heard)
        for _lang, terms in self.foreign:
            yield from terms


@dataclass(frozen=True, slots=True)
class Pointer:
    """A word of the source language that leads to the entry which says what to use instead."""

    term: Term
    entry: Entry


@dataclass(frozen=True, slots=True)
class Book:
    edition: Edition
    entries: tuple[Entry, ...]
    left_out: tuple[Concept, ...]  # no term in the source language

    @property
    def terms(self) -> int:
        return sum(1 for entry in self.entries for _term in entry.terms)

    def by_letter(self) -> list[tuple[str, list[Entry | Pointer]]]:
        """Entries, and between them the marked words that point to one, under their letter."""
        items: list[Entry | Pointer] = [*self.entries, *self.pointers()]
        listed = sorted(items, key=lambda item: sort_key(_word(item)))
        return [
            (first, list(items)) for first, items in groupby(listed, key=lambda item: letter(_word(item)))
        ]

    def pointers(self) -> list[Pointer]:
        """Words of the workshop, and words to avoid, in their own order."""
        found = [Pointer(term, entry) for entry in self.entries for term in entry.heard]
        return sorted(found, key=lambda pointer: sort_key(pointer.term.text))

    def by_subject(self) -> list[tuple[str, list[Entry]]]:
        """Entries of each field, fields in our order, then those only an imported termbase knows."""
        fields: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            fields[entry.concept.subject].append(entry)
        known = list(SUBJECTS)
        order = sorted(fields, key=lambda code: (known.index(code) if code in known else len(known), code))
        return [(code, fields[code]) for code in order]

    def index(self, lang: str) -> list[tuple[str, list[Pointer]]]:
        """Every term of one language that is in the book, under its letter."""
        found = {
            (term.text, entry.id): Pointer(term, entry)
            for entry in self.entries
            for term in entry.terms
            if main(term.lang) == main(lang)
        }
        listed = sorted(found.values(), key=lambda pointer: (sort_key(pointer.term.text), pointer.entry.id))
        return [(first, list(them)) for first, them in groupby(listed, key=lambda p: letter(p.term.text))]


def book_of(concepts: Iterable[Concept], edition: Edition) -> Book:
    """Raises `TermbaseError` where there is nothing to print in one of the languages."""
    given = list(concepts)
    check(given, edition)
    entries, left_out = [], []
    for concept in given:
        terms = _terms(concept, edition.source)
        if terms:
            entries.append(_entry(concept, terms, edition))
        else:
            left_out.append(concept)
    entries.sort(key=lambda entry: (sort_key(entry.head.text), entry.id))
    _relate(entries)
    return Book(edition, tuple(entries), tuple(left_out))


def _terms(concept: Concept, lang: str) -> list[Term]:
    """Terms of a language, those to use before those to avoid."""
    return sorted(
        (term for term in concept.terms if main(term.lang) == main(lang)),
        key=lambda term: (STATUS_ORDER[term.status], is_marked(term)),
    )


def _entry(concept: Concept, terms: Sequence[Term], edition: Edition) -> Entry:
    head, *rest = terms
    foreign = [(lang, tuple(_terms(concept, lang))) for lang in edition.targets]
    return Entry(
        concept=concept,
        head=head,
        others=tuple(term for term in rest if not is_marked(term)),
        heard=tuple(term for term in rest if is_marked(term)),
        foreign=tuple((lang, terms) for lang, terms in foreign if terms),
        definitions=tuple(
            each
            for lang in edition.languages
            for each in concept.definitions
            if main(each.lang) == main(lang)
        ),
        notes=tuple(
            (tag, note)
            for lang in edition.languages
            for tag, note in concept.notes.items()
            if main(tag) == main(lang)
        ),
    )


def _relate(entries: Sequence[Entry]) -> None:
    """References in both directions: who calls this one broader is a narrower one of it."""
    by_id = {entry.id: entry for entry in entries}
    found: dict[str, dict[str, dict[str, Entry]]] = {
        entry.id: {kind: {} for kind in RELATIONS} for entry in entries
    }
    for entry in entries:
        for kind in RELATIONS:
            for target in getattr(entry.concept, kind):
                if target in by_id and target != entry.id:
                    found[entry.id][kind].setdefault(target, by_id[target])
                    found[target][_INVERSE[kind]].setdefault(entry.id, entry)
    for entry in entries:
        for kind, named in found[entry.id].items():
            if named:
                entry.relations[kind] = sorted(named.values(), key=lambda other: sort_key(other.head.text))


def _word(item: Entry | Pointer) -> str:
    return item.head.text if isinstance(item, Entry) else item.term.text
