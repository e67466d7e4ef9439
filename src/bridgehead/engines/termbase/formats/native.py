"""Our JSON: a list of concepts, in the rich form (`terms`) or the plain one (`pref`, `alt`, `def`), also mixed.

Reading and writing the rich form loses nothing; members we do not know are kept in `extra`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bridgehead.engines.termbase.folding import nfc
from bridgehead.engines.termbase.formats.building import Builder
from bridgehead.engines.termbase.model import RELATIONS, Concept, Definition, Term, details, related
from bridgehead.engines.termbase.problems import Loss, TermbaseError

_DECODER = json.JSONDecoder()
_DEFINITION = {"lang", "text", "source"}
_CONCEPT = {"id", "field", "uri", "terms", "pref", "alt", "def", "definitions", "notes", "images", *RELATIONS}
_TERM = {"lang", "term", *Term.__dataclass_fields__} - {"text"}


def read_json(content: bytes, build: Builder) -> None:
    """Every concept of the list; errors carry the line at which their concept begins."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise TermbaseError("the file is not UTF-8", line) from error
    for line, entry in _elements(text):
        if isinstance(entry, dict):
            _concept(entry, line, build)
        else:
            build.wrong(
                line, f"a concept must be an object, not {json.dumps(entry, ensure_ascii=False)[:40]}"
            )


def _elements(text: str) -> Iterator[tuple[int, Any]]:
    """The list's elements one by one, each with its line: a plain `json.loads` would forget where they were."""
    at, line = _skip(text, 0), 1
    if text[at : at + 1] != "[":
        raise TermbaseError("the file must be a JSON list of concepts", text.count("\n", 0, at) + 1)
    counted, at = 0, _skip(text, at + 1)
    while text[at : at + 1] != "]":
        line += text.count("\n", counted, at)
        counted = at
        try:
            element, at = _DECODER.raw_decode(text, at)
        except (json.JSONDecodeError, RecursionError) as error:
            where = error.lineno if isinstance(error, json.JSONDecodeError) else line
            raise TermbaseError(
                f"no valid JSON: {getattr(error, 'msg', 'nested too deeply')}", where
            ) from error
        yield line, element
        at = _skip(text, at)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        elif text[at : at + 1] != "]":
            raise TermbaseError(
                "no valid JSON: “,” or “]” expected after a concept", text.count("\n", 0, at) + 1
            )
    if text[at + 1 :].strip():
        raise TermbaseError("no valid JSON: text after the end of the list", text.count("\n", 0, at) + 1)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _concept(entry: dict[str, Any], line: int, build: Builder) -> None:
    read = _Reader(line, build)
    terms = [
        *read.plain_terms(entry),
        *(read.term(term) for term in read.objects(entry.get("terms"), "terms")),
    ]
    definitions = [
        *(Definition(lang, text) for lang, text in read.by_lang(entry.get("def"), "def")),
        *(read.definition(each) for each in read.objects(entry.get("definitions"), "definitions")),
    ]
    notes = dict(read.by_lang(entry.get("notes"), "notes"))
    concept = Concept(
        id=read.text(entry.get("id"), "id"),
        terms=tuple(terms),
        subject=read.text(entry.get("field"), "field"),
        definitions=tuple(definition for definition in definitions if definition.text),
        notes={lang: note for lang, note in notes.items() if note},
        images=read.texts(entry.get("images"), "images"),
        uri=read.text(entry.get("uri"), "uri"),
        extra={name: value for name, value in entry.items() if name not in _CONCEPT},
        **related({relation: read.texts(entry.get(relation), relation) for relation in RELATIONS}),
    )
    build.add(concept, line)


class _Reader:
    """Values of one concept with the type they must have; what has another one is reported and left out."""

    def __init__(self, line: int, build: Builder) -> None:
        self._line, self._build = line, build

    def text(self, value: Any, name: str) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if value is not None and not isinstance(value, str):
            self._wrong(name, "text", value)
        return nfc(value) if isinstance(value, str) else ""

    def texts(self, value: Any, name: str) -> tuple[str, ...]:
        values = [value] if isinstance(value, str) else value or []
        if not isinstance(values, list):
            self._wrong(name, "a list of texts", value)
            return ()
        return tuple(filter(None, (self.text(each, name) for each in values)))

    def objects(self, value: Any, name: str) -> list[dict[str, Any]]:
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self._wrong(name, "a list of objects", value)
            return []
        return value

    def by_lang(self, value: Any, name: str) -> Iterator[tuple[str, str]]:
        if value is not None and not isinstance(value, dict):
            self._wrong(name, "an object by language", value)
            return
        for lang, texts in (value or {}).items():
            if texts == [] and name == "pref":
                self._build.warn(self._line, f"the language “{lang}” has no term")
            yield from ((lang, text) for text in self.texts(texts, f"{name}.{lang}"))

    def plain_terms(self, entry: Mapping[str, Any]) -> Iterator[Term]:
        for name, status in (("pref", "preferred"), ("alt", "admitted")):
            yield from (Term(lang, text, status) for lang, text in self.by_lang(entry.get(name), name))

    def term(self, entry: dict[str, Any]) -> Term:
        unknown = sorted(entry.keys() - _TERM)
        if unknown:
            self._build.wrong(self._line, f"a term has no member “{unknown[0]}”")
        said = {
            name: self.text(entry.get(name), name)
            for name in _TERM
            if name not in ("term", "register", "status")
        }
        return Term(
            text=self.text(entry.get("term"), "term"),
            status=self.text(entry.get("status"), "status") or "preferred",
            register=self.text(entry.get("register"), "register") or "standard",
            **said,
        )

    def definition(self, entry: dict[str, Any]) -> Definition:
        unknown = sorted(entry.keys() - _DEFINITION)
        if unknown:
            self._build.wrong(self._line, f"a definition has no member “{unknown[0]}”")
        return Definition(**{name: self.text(entry.get(name), f"definition.{name}") for name in _DEFINITION})

    def _wrong(self, name: str, wanted: str, value: Any) -> None:
        shown = json.dumps(value, ensure_ascii=False)[:40]
        self._build.wrong(self._line, f"“{name}” must be {wanted}, not {shown}")


def write_json(concepts: Iterable[Concept]) -> tuple[bytes, list[Loss]]:
    """The rich form, one concept a line, so that versions compare well. Nothing is ever lost."""
    lines = [json.dumps(to_dict(concept), ensure_ascii=False) for concept in concepts]
    body = ",\n".join(lines)
    return f"[\n{body}\n]\n".encode(), []


def to_dict(concept: Concept) -> dict[str, Any]:
    """The concept as our JSON has it, without members that say nothing."""
    said: dict[str, Any] = {
        "id": concept.id,
        "uri": concept.uri,
        "field": concept.subject,
        "terms": [{"lang": t.lang, "term": t.text, "status": t.status, **details(t)} for t in concept.terms],
        "definitions": [
            {"lang": d.lang, "text": d.text, **({"source": d.source} if d.source else {})}
            for d in concept.definitions
        ],
        **{relation: list(getattr(concept, relation)) for relation in RELATIONS},
        "images": list(concept.images),
        "notes": dict(concept.notes),
    }
    return {name: value for name, value in said.items() if value} | dict(concept.extra)
