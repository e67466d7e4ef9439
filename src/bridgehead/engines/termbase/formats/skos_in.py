"""SKOS vocabularies in Turtle, ours and others'. Labels, notes, relations; SKOS-XL where there is any."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.exceptions import ParserError
from rdflib.namespace import DCTERMS, FOAF, RDF, RDFS
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from bridgehead.engines.termbase.folding import nfc
from bridgehead.engines.termbase.formats import skos_words as words
from bridgehead.engines.termbase.formats.building import Builder
from bridgehead.engines.termbase.model import (
    STATUS_ORDER,
    STATUSES,
    TERM_DETAILS,
    Concept,
    Definition,
    Term,
    related,
)
from bridgehead.engines.termbase.problems import TermbaseError

SKOS, XL, OWN = Namespace(words.SKOS), Namespace(words.SKOSXL), Namespace(words.OWN)
_PREDICATES = {
    "broader": SKOS.broader,
    "narrower": SKOS.narrower,
    "related": SKOS.related,
    "see_also": RDFS.seeAlso,
}
_UNDERSTOOD = {
    *(
        RDF.type,
        DCTERMS.identifier,
        DCTERMS.subject,
        FOAF.depiction,
        OWN.uri,
        SKOS.inScheme,
        SKOS.topConceptOf,
    ),
    *_PREDICATES.values(),
    *(SKOS[name] for name in (*words.STATUS, *words.NOTES, "definition", "notation")),
    *(XL[name] for name in words.STATUS),
}


def read_skos(content: bytes, build: Builder) -> None:
    text = _decoded(content)
    graph = Graph()
    try:
        graph.parse(data=text, format="turtle", publicID=words.CONCEPT)
    except (
        LookupError,
        AssertionError,
        RecursionError,
    ) as error:  # how the library says that the text ends too early
        raise TermbaseError(
            "no valid Turtle: it ends in the middle of a statement", len(text.splitlines())
        ) from error
    except (BadSyntax, ParserError, ValueError) as error:
        line = getattr(error, "lines", 0)
        raise TermbaseError(
            f"no valid Turtle: {_why(error)}", line + 1 if line else _line_in(str(error))
        ) from error
    subjects = [subject for subject in graph.subjects(RDF.type, SKOS.Concept) if isinstance(subject, URIRef)]
    if not subjects:
        raise TermbaseError("there is no skos:Concept in the file")
    ids = _ids(graph, subjects)
    lines = _lines(text, subjects)
    for subject in sorted(subjects, key=lambda each: (lines[each], each)):
        _Reader(graph, ids, lines[subject], build).add(subject)


def _decoded(content: bytes) -> str:
    if content.lstrip().startswith(b"<?xml") or b"<rdf:RDF" in content[:4096]:
        raise TermbaseError("this is RDF/XML; save the vocabulary as Turtle (.ttl)", 1)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TermbaseError("the file is not UTF-8", content.count(b"\n", 0, error.start) + 1) from error


def _why(error: Exception) -> str:
    reason = getattr(error, "_why", None) or str(error)
    return reason.decode() if isinstance(reason, bytes) else str(reason).splitlines()[0][:200]


def _line_in(message: str) -> int:
    found = re.search(r"line (\d+)", message)
    return int(found[1]) if found else 0


def _ids(graph: Graph, subjects: list[URIRef]) -> dict[Node, str]:
    """The identifier the vocabulary gives, else the last part of the IRI where it is unique, else the whole IRI."""
    local = {subject: unquote(re.split(r"[#/:]", subject)[-1]) for subject in subjects}
    often = Counter(local.values())
    ids: dict[Node, str] = {}
    for subject in subjects:
        given = [str(value) for value in graph.objects(subject, DCTERMS.identifier)]
        unique = local[subject] if local[subject] and often[local[subject]] == 1 else str(subject)
        ids[subject] = nfc(given[0]) if len(given) == 1 else unique
    return ids


def _lines(text: str, subjects: list[URIRef]) -> dict[Node, int]:
    """Where each concept is described: the line that begins with its IRI, whole or shortened."""
    begins: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line[:1].strip() and (word := line.split(None, 1)[0]) and not word.startswith("@"):
            begins.setdefault(re.split(r"[#/:]", word.strip("<>"))[-1], number)
    return {subject: begins.get(re.split(r"[#/:]", subject)[-1], 0) for subject in subjects}


class _Reader:
    def __init__(self, graph: Graph, ids: dict[Node, str], line: int, build: Builder) -> None:
        self._graph, self._ids, self._line, self._build = graph, ids, line, build

    def add(self, subject: URIRef) -> None:
        """Nodes come from the graph in no order, so everything is put into one."""
        self._report(subject)
        own = str(subject).startswith(words.CONCEPT)
        concept = Concept(
            id=self._ids[subject],
            terms=tuple(self._terms(subject)),
            subject=", ".join(sorted(self._texts(subject, DCTERMS.subject))),
            definitions=tuple(sorted(self._definitions(subject), key=lambda each: (each.lang, each.text))),
            notes=self._notes(subject),
            images=tuple(sorted(self._texts(subject, FOAF.depiction))),
            uri=next(iter(self._texts(subject, OWN.uri)), "" if own else str(subject)),
            **related({name: self._related(subject, predicate) for name, predicate in _PREDICATES.items()}),
        )
        self._build.add(concept, self._line)

    def _terms(self, subject: Node) -> list[Term]:
        terms: dict[tuple[str, str], Term] = {}
        for name, status in words.STATUS.items():
            for label in self._graph.objects(subject, SKOS[name]):
                term = Term(self._lang(label), nfc(str(label)), status)
                terms.setdefault((term.lang, term.text), term)
            for node in self._graph.objects(subject, XL[name]):
                for term in self._extended(node, status):
                    terms[term.lang, term.text] = term
        return sorted(terms.values(), key=lambda term: (term.lang, STATUS_ORDER[term.status], term.text))

    def _extended(self, node: Node, status: str) -> Iterator[Term]:
        for form in self._graph.objects(node, XL.literalForm):
            said = {
                name: nfc(str(value))
                for name in TERM_DETAILS
                for value in self._graph.objects(node, OWN[name])
            }
            stated = next((str(value) for value in self._graph.objects(node, OWN.status)), status)
            if stated not in STATUSES:
                self._build.wrong(self._line, f"the status “{stated}” is unknown")
                stated = status
            yield replace(Term(self._lang(form), nfc(str(form)), stated), **said)

    def _definitions(self, subject: Node) -> Iterator[Definition]:
        for node in self._graph.objects(subject, SKOS.definition):
            if isinstance(node, Literal):
                yield Definition(self._lang(node), nfc(str(node)))
                continue
            source = "; ".join(sorted(self._texts(node, DCTERMS.source)))
            for value in self._graph.objects(node, RDF.value):
                yield Definition(self._lang(value), nfc(str(value)), source)

    def _notes(self, subject: Node) -> dict[str, str]:
        found = [
            (self._lang(node), nfc(str(node)))
            for name in words.NOTES
            for node in self._graph.objects(subject, SKOS[name])
        ]
        by_lang: dict[str, list[str]] = {}
        for lang, text in sorted(found):
            by_lang.setdefault(lang, []).append(text)
        return {lang: "\n".join(texts) for lang, texts in by_lang.items()}

    def _related(self, subject: Node, predicate: URIRef) -> tuple[str, ...]:
        return tuple(sorted(self._name(node) for node in self._graph.objects(subject, predicate)))

    def _name(self, node: Node) -> str:
        text = str(node)
        return self._ids.get(node) or (
            unquote(text.removeprefix(words.CONCEPT)) if text.startswith(words.CONCEPT) else text
        )

    def _texts(self, subject: Node, predicate: URIRef) -> list[str]:
        return [
            nfc(str(value))
            for value in self._graph.objects(subject, predicate)
            if not isinstance(value, BNode)
        ]

    def _lang(self, node: Node) -> str:
        lang = node.language if isinstance(node, Literal) else None
        if not lang:
            self._build.warn(self._line, f"“{node}” has no language; it is kept as undetermined (und)")
        return _cased(lang or "und")

    def _report(self, subject: Node) -> None:
        for predicate, value in self._graph.predicate_objects(subject):
            if predicate not in _UNDERSTOOD:
                self._build.warn(self._line, f"“{predicate}” was not taken over: {str(value)[:60]}")


def _cased(lang: str) -> str:
    """BCP 47 writes regions in capitals and scripts with one; the RDF library has made them all small."""
    first, *rest = lang.split("-")
    return "-".join(
        [
            first,
            *(part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part for part in rest),
        ]
    )
