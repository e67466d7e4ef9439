"""How a section is written down, and how a proposal may move.

A concept has one frame (section "": subject field, references, images) and one section a language (terms, definitions,
note). Everything editorial works on one section: proposing, comparing, approving, undoing.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from bridgehead.engines import termbase
from bridgehead.engines.termbase.folding import fold
from bridgehead.engines.termbase.hangul import initials, is_syllable
from bridgehead.engines.termbase.model import RELATIONS, details, related

FRAME = ""
Content = dict[str, Any]
OPEN = ("proposed", "reviewed")
MOVES: Mapping[str, frozenset[str]] = {
    "proposed": frozenset({"reviewed", "approved", "returned", "replaced"}),
    "reviewed": frozenset({"approved", "returned", "replaced"}),
}
_PLAIN = str.maketrans("ㄲㄸㅃㅆㅉ", "ㄱㄷㅂㅅㅈ")


def sections_of(concept: termbase.Concept) -> dict[str, Content]:
    """Every section of a concept of the engine."""
    langs = dict.fromkeys(
        [*concept.langs, *(definition.lang for definition in concept.definitions), *concept.notes]
    )
    return {FRAME: _frame(concept)} | {lang: _language(concept, lang) for lang in langs}


def _frame(concept: termbase.Concept) -> Content:
    said: Content = {
        "field": concept.subject,
        "uri": concept.uri,
        "images": list(concept.images),
        "extra": dict(concept.extra),
        **{kind: list(getattr(concept, kind)) for kind in RELATIONS},
    }
    return _said(said)


def _language(concept: termbase.Concept, lang: str) -> Content:
    said: Content = {
        "terms": [
            {"term": term.text, "status": term.status, **details(term)} for term in concept.terms_in(lang)
        ],
        "definitions": [
            _said({"text": definition.text, "source": definition.source})
            for definition in concept.definitions
            if definition.lang == lang
        ],
        "note": concept.notes.get(lang, ""),
    }
    return _said(said)


def _said(content: Content) -> Content:
    return {name: value for name, value in content.items() if value}


def concept_of(code: str, sections: Mapping[str, Content]) -> termbase.Concept:
    """The engine's concept out of its sections: the way back of `sections_of`."""
    frame = sections.get(FRAME, {})
    languages = {lang: content for lang, content in sections.items() if lang != FRAME}
    return termbase.Concept(
        id=code,
        terms=tuple(term for lang, content in languages.items() for term in terms_of(lang, content)),
        subject=frame.get("field", ""),
        definitions=tuple(
            termbase.Definition(lang, said["text"], said.get("source", ""))
            for lang, content in languages.items()
            for said in content.get("definitions", ())
        ),
        notes={lang: content["note"] for lang, content in languages.items() if content.get("note")},
        images=tuple(frame.get("images", ())),
        uri=frame.get("uri", ""),
        extra=frame.get("extra", {}),
        **related({kind: frame.get(kind, ()) for kind in RELATIONS}),
    )


def terms_of(lang: str, content: Content) -> Iterable[termbase.Term]:
    for said in content.get("terms", ()):
        known = {name: value for name, value in said.items() if name != "term"}
        yield termbase.Term(lang=lang, text=said["term"], **known)


def initial_of(text: str) -> str:
    """Under which letter of an index a term stands: ㄱ to ㅎ, A to Z, or "#"."""
    first = fold(text)[:1]
    if is_syllable(first):
        return initials(first).translate(_PLAIN)
    return first.upper() if "a" <= first <= "z" else "#"
