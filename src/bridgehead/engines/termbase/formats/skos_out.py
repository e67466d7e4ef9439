"""SKOS as Turtle. Plain labels for everybody; SKOS-XL labels where a term says more than SKOS can."""

import json
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from bridgehead.engines.termbase.formats import skos_words as words
from bridgehead.engines.termbase.model import RELATIONS, Concept, Definition, Term, details
from bridgehead.engines.termbase.problems import Loss

_SAFE = "-._~:/?#[]@!$&'()*+,;=%"


def write_skos(concepts: Sequence[Concept]) -> tuple[bytes, list[Loss]]:
    iris = {concept.id: _iri(concept) for concept in concepts}
    head = [f"@prefix {prefix}: <{iri}> ." for prefix, iri in words.PREFIXES.items()]
    scheme = f"<{words.CONCEPT}scheme> a skos:ConceptScheme ."
    body = [_statements(iris[concept.id], [*_concept(concept, iris)]) for concept in concepts]
    losses = [
        Loss(concept.id, name, str(value)) for concept in concepts for name, value in concept.extra.items()
    ]
    return ("\n".join([*head, "", scheme, "", *body])).encode(), losses


def _iri(concept: Concept) -> str:
    return (
        quote(concept.uri, safe=_SAFE) if ":" in concept.uri else words.CONCEPT + quote(concept.id, safe="")
    )


def _statements(subject: str, pairs: list[str]) -> str:
    return f"<{subject}> " + " ;\n    ".join(pairs) + " .\n"


def _concept(concept: Concept, iris: dict[str, str]) -> Iterator[str]:
    yield "a skos:Concept"
    yield f"skos:inScheme <{words.CONCEPT}scheme>"
    yield f"dct:identifier {_literal(concept.id)}"
    if concept.uri and ":" not in concept.uri:
        yield f"own:uri {_literal(concept.uri)}"
    if concept.subject:
        yield f"dct:subject {_literal(concept.subject)}"
    yield from _labels(concept)
    for definition in concept.definitions:
        yield f"skos:definition {_definition(definition)}"
    for lang, note in concept.notes.items():
        yield f"skos:note {_literal(note, lang)}"
    for relation in RELATIONS:
        for target in getattr(concept, relation):
            yield f"{words.RELATION[relation]} <{iris.get(target) or words.CONCEPT + quote(target, safe='')}>"
    for image in concept.images:
        yield "foaf:depiction " + (f"<{quote(image, safe=_SAFE)}>" if ":" in image else _literal(image))


def _labels(concept: Concept) -> Iterator[str]:
    """SKOS allows one preferred label a language; a further one is alternative, and its XL label says preferred."""
    named: set[str] = set()
    for term in concept.terms:
        label = words.LABEL[term.status]
        if label == "prefLabel" and term.lang in named:
            label = "altLabel"
        if label == "prefLabel":
            named.add(term.lang)
        yield f"skos:{label} {_literal(term.text, term.lang)}"
        said = details(term)
        if said or words.STATUS[label] != term.status:
            yield f"skosxl:{label} {_label(term, said)}"


def _label(term: Term, said: dict[str, str]) -> str:
    members = [f"skosxl:literalForm {_literal(term.text, term.lang)}", f"own:status {_literal(term.status)}"]
    members += [f"own:{name} {_literal(value)}" for name, value in said.items()]
    return f"[ a skosxl:Label ; {' ; '.join(members)} ]"


def _definition(definition: Definition) -> str:
    text = _literal(definition.text, definition.lang)
    return f"[ rdf:value {text} ; dct:source {_literal(definition.source)} ]" if definition.source else text


def _literal(text: str, lang: str = "") -> str:
    """JSON's escapes are among those of Turtle."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F") + (f"@{lang}" if lang else "")
