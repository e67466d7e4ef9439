"""TBX version 3 (ISO 30042:2019), style DCA, dialects Basic and Linguist."""

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from bridgehead.engines.termbase.formats import tbx_words as words
from bridgehead.engines.termbase.model import RELATIONS, Concept, Term
from bridgehead.engines.termbase.problems import Loss, TermbaseError

_NAME = re.compile(r"[^\W\d][\w.-]*\Z")  # an XML name, as ids must be
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SCHEMA = (
    "https://raw.githubusercontent.com/LTAC-Global/{0}_dialect/master/DCA/TBXcoreStructV03_{0}_integrated.rng"
)


def write_tbx_basic(concepts: Sequence[Concept]) -> tuple[bytes, list[Loss]]:
    return _Writer("TBX-Basic").write(concepts)


def write_tbx_linguist(concepts: Sequence[Concept]) -> tuple[bytes, list[Loss]]:
    return _Writer("TBX-Linguist").write(concepts)


class _Writer:
    def __init__(self, dialect: str) -> None:
        self._dialect = dialect
        self._linguist = dialect == "TBX-Linguist"
        self._losses: list[Loss] = []
        self._ids: dict[str, str] = {}
        self._concept = ""

    def write(self, concepts: Sequence[Concept]) -> tuple[bytes, list[Loss]]:
        self._ids = _xml_ids(concepts)
        lang = concepts[0].terms[0].lang if concepts and concepts[0].terms else "en"
        root = etree.Element("tbx", nsmap={None: words.NAMESPACE}, type=self._dialect, style="dca")
        root.set(words.XML_LANG, lang)
        header = _sub(root, "tbxHeader")
        description = _sub(header, "fileDesc")
        _sub(_sub(description, "titleStmt"), "title", "Termbase")
        _sub(_sub(description, "sourceDesc"), "p", "Exported by Bridgehead")
        body = _sub(_sub(root, "text"), "body")
        for concept in concepts:
            self._entry(body, concept)
        model = f'href="{_SCHEMA.format(self._dialect)}" type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"'
        root.addprevious(etree.ProcessingInstruction("xml-model", model))
        tree = root.getroottree()
        return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, pretty_print=True), self._losses

    def _entry(self, body: etree._Element, concept: Concept) -> None:
        self._concept = concept.id
        entry = _sub(body, "conceptEntry", id=self._ids[concept.id])
        if self._ids[concept.id] != concept.id:
            _sub(entry, "note", f"Id: {concept.id}")
        if concept.subject:
            _sub(entry, "descrip", concept.subject, type="subjectField")
        for relation in RELATIONS:
            for target in getattr(concept, relation):
                self._reference(entry, relation, target)
        for image in concept.images:
            if image.startswith(("http://", "https://")):
                _sub(entry, "xref", image.rsplit("/", 1)[-1] or image, type="xGraphic", target=image)
            else:
                self._lose("image", image)
        if concept.uri.startswith(("http://", "https://")):
            _sub(entry, "xref", concept.uri, type="externalCrossReference", target=concept.uri)
        elif concept.uri:
            self._lose("uri", concept.uri)
        for name, value in concept.extra.items():
            self._lose(name, str(value))
        langs = dict.fromkeys((*concept.langs, *(d.lang for d in concept.definitions), *concept.notes))
        for lang in langs:
            self._language(entry, concept, lang)

    def _language(self, entry: etree._Element, concept: Concept, lang: str) -> None:
        section = _sub(entry, "langSec") if lang in concept.langs else entry
        if section is not entry:
            section.set(words.XML_LANG, lang)
        for definition in (each for each in concept.definitions if each.lang == lang):
            if section is entry:
                self._lose(
                    "definition", f"{lang}: {definition.text}"
                )  # no term in that language, so no place for it
                continue
            group = _sub(section, "descripGrp")
            _sub(group, "descrip", definition.text, type="definition")
            if definition.source:
                _sub(group, "admin", definition.source, type="source")
        if note := concept.notes.get(lang):
            if section is entry:
                self._lose("note", f"{lang}: {note}")
            else:
                _sub(section, "note", note)
        for term in concept.terms_in(lang):
            self._term(section, term)

    def _term(self, section: etree._Element, term: Term) -> None:
        place = _sub(section, "termSec")
        _sub(place, "term", term.text)
        for kind, value in self._term_notes(term):
            _sub(place, "termNote", value, type=kind)
        if term.context:
            _sub(place, "descrip", term.context, type="context")
        if term.source:
            _sub(place, "admin", term.source, type="source")
        if self._linguist:
            for name in words.READINGS:
                if value := getattr(term, name):
                    group = _sub(place, "adminGrp")
                    _sub(group, "admin", value, type="reading")
                    _sub(group, "adminNote", name, type="readingNote")
        if term.note:
            _sub(place, "note", term.note)
        for name, value in self._without_category(term):
            _sub(place, "note", f"{words.NOTE_WORDS[name]}: {value}")
            self._losses.append(Loss(self._concept, name, f"{term.text}: {value}", "note"))

    def _term_notes(self, term: Term) -> Iterator[tuple[str, str]]:
        yield "administrativeStatus", words.STATUS[term.status]
        if term.pos in words.POS:
            yield "partOfSpeech", term.pos
        if term.gender in words.GENDER:
            yield "grammaticalGender", term.gender
        if term.where:
            yield "geographicalUsage", term.where
        if self._linguist and term.register != "standard":
            yield "register", words.REGISTER[term.register]

    def _without_category(self, term: Term) -> Iterator[tuple[str, str]]:
        if term.pos and term.pos not in words.POS:
            yield "pos", term.pos
        if term.gender and term.gender not in words.GENDER:
            yield "gender", term.gender
        if term.origin:
            yield "origin", term.origin
        if not self._linguist:
            yield from ((name, value) for name in words.READINGS if (value := getattr(term, name)))
            if term.register != "standard":
                yield "register", term.register

    def _reference(self, entry: etree._Element, relation: str, target: str) -> None:
        if target in self._ids:
            _sub(
                entry, "ref", words.RELATION_WORDS[relation], type="crossReference", target=self._ids[target]
            )
        else:
            self._lose(relation, target)  # an id that is not in the file would make it invalid

    def _lose(self, what: str, value: str) -> None:
        self._losses.append(Loss(self._concept, what, value))


def _xml_ids(concepts: Sequence[Concept]) -> dict[str, str]:
    """Ids must be XML names; others get one, and keep their own in a note."""
    taken = {concept.id for concept in concepts if _NAME.match(concept.id)}
    ids: dict[str, str] = {}
    for number, concept in enumerate(concepts, 1):
        name = concept.id if concept.id in taken else f"c{number}"
        while name in taken and name != concept.id:
            name += "_"
        taken.add(name)
        ids[concept.id] = name
    return ids


def _sub(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{words.NAMESPACE}}}{tag}", attributes)
    if text is not None:
        if _CONTROL.search(text):
            raise TermbaseError(
                f"“{_CONTROL.sub('�', text)[:40]}” holds a control character, which XML cannot carry"
            )
        element.text = text
    return element
