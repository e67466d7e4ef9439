"""The one writer of what is public: sections become rows of terms, definitions, references and search keys.

Written for whole termbases: a few statements for thousands of concepts. Approving one proposal takes the same way.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Q

from bridgehead.engines.termbase import term_keys
from bridgehead.engines.termbase.model import RELATIONS
from bridgehead.terminology.models import Concept, Definition, Reference, SearchKey, Stamp, Term
from bridgehead.terminology.rules import FRAME, Content, initial_of, terms_of

BATCH = 1000


@dataclass(frozen=True)
class Section:
    """What one section of a concept says from now on; empty content takes it away."""

    concept: Concept
    name: str
    content: Content


@transaction.atomic
def store(sections: Sequence[Section]) -> None:
    """Replace these sections and leave all others as they are. Nothing is checked here: that is the callers' work."""
    _clear(sections)
    _write_frames([section for section in sections if section.name == FRAME])
    _write_languages([section for section in sections if section.name != FRAME])
    Stamp.objects.update_or_create(pk=1, defaults={"number": time.time_ns()})


def _clear(sections: Iterable[Section]) -> None:
    """Rows of search keys go first: they are many, and nothing else looks at them."""
    concepts: dict[str, list[int]] = defaultdict(list)
    for section in sections:
        if not section.concept._state.adding and section.concept.is_approved:
            concepts[section.name].append(section.concept.pk)
    for name, found in concepts.items():
        for start in range(0, len(found), BATCH):
            chosen = Q(concept__in=found[start : start + BATCH])
            if name == FRAME:
                Reference.objects.filter(chosen).delete()
                continue
            terms = Term.objects.filter(chosen, lang=name)
            SearchKey.objects.filter(term__in=terms)._raw_delete("default")
            terms._raw_delete("default")
            Definition.objects.filter(chosen, lang=name)._raw_delete("default")


def _write_frames(frames: Sequence[Section]) -> None:
    references = []
    for frame in frames:
        concept, content = frame.concept, frame.content
        concept.subject = content.get("field", "")
        concept.uri = content.get("uri", "")
        concept.images = content.get("images", [])
        concept.extra = content.get("extra", {})
        concept.is_approved = True
        references += [
            Reference(concept=concept, kind=kind, target=target, position=position)
            for kind in RELATIONS
            for position, target in enumerate(dict.fromkeys(content.get(kind, ())))
        ]
    Concept.objects.bulk_update(
        [frame.concept for frame in frames],
        ["subject", "uri", "images", "extra", "is_approved"],
        batch_size=200,
    )
    Reference.objects.bulk_create(references, batch_size=BATCH)


def _write_languages(sections: Sequence[Section]) -> None:
    _write_notes(sections)
    Definition.objects.bulk_create(
        [
            Definition(
                concept=section.concept,
                lang=section.name,
                text=said["text"],
                source=said.get("source", ""),
                position=position,
            )
            for section in sections
            for position, said in enumerate(section.content.get("definitions", ()))
        ],
        batch_size=BATCH,
    )
    terms = Term.objects.bulk_create(
        [term for section in sections for term in _terms(section)], batch_size=BATCH
    )
    _write_keys(terms)


def _write_notes(sections: Sequence[Section]) -> None:
    changed: dict[int, Concept] = {}
    for section in sections:
        concept, note = section.concept, section.content.get("note", "")
        if concept.notes.get(section.name, "") != note:
            concept.notes = {lang: text for lang, text in concept.notes.items() if lang != section.name}
            concept.notes |= {section.name: note} if note else {}
            changed[concept.pk] = concept
    Concept.objects.bulk_update(changed.values(), ["notes"], batch_size=200)


def _terms(section: Section) -> Iterable[Term]:
    for position, said in enumerate(section.content.get("terms", ())):
        details = {name: value for name, value in said.items() if name != "term"}
        yield Term(
            concept=section.concept,
            lang=section.name,
            text=said["term"],
            position=position,
            initial=initial_of(said["term"]),
            **details,
        )


def _write_keys(terms: Iterable[Term]) -> None:
    """By the database's own many-row statement: a termbase of 2,000 concepts has 200,000 keys."""
    rows = [(key.kind, key.key, key.weight, term.pk) for term in terms for key in term_keys(_of_engine(term))]
    table = connection.ops.quote_name(SearchKey._meta.db_table)
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(
                f'INSERT INTO {table} ("kind", "key", "weight", "term_id") VALUES (%s, %s, %s, %s)', rows
            )


def _of_engine(term: Term):  # type: ignore[no-untyped-def]
    [found] = terms_of(
        term.lang, {"terms": [{"term": term.text, "hanja": term.hanja, "romanisation": term.romanisation}]}
    )
    return found
