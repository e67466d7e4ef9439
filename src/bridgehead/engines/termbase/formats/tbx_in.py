"""TBX in: version 3 (ISO 30042:2019) in both styles, DCA and DCT, and version 2 (martif).

Both styles say the same with a data category: DCA as the attribute `type`, DCT as the name of the element. The reader
asks `_category` and need not know the style. What it does not understand is reported, never skipped in silence.
"""

import io
import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from bridgehead.engines.termbase.folding import nfc
from bridgehead.engines.termbase.formats import tbx_words as words
from bridgehead.engines.termbase.formats.building import Builder
from bridgehead.engines.termbase.model import Concept, Definition, Term, related
from bridgehead.engines.termbase.problems import TermbaseError

_WRAPPED = re.compile(r"[ \t]*\r?\n[ \t]+")
_ROOTS = {"tbx", "martif"}
_ENTRY, _LANGUAGE, _TERM = {"conceptEntry", "termEntry"}, {"langSec", "langSet"}, {"termSec", "tig", "ntig"}
_GROUPS = {"descripGrp", "adminGrp", "termNoteGrp", "termGrp", "refGrp", "transacGrp"}
#: Who changed what when belongs to the system it comes from.
_HISTORY = {"transacGrp", "transac", "transactionType", "date", "responsibility", "transacNote"}


def read_tbx(content: bytes, build: Builder) -> None:
    """Every concept entry. Entities are never expanded, nothing is fetched, and a file that declares one is refused."""
    _refuse_entities(content)
    seen = _Seen()
    try:
        for event, element in etree.iterparse(
            io.BytesIO(content),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
        ):
            if not isinstance(element.tag, str):
                continue
            name = etree.QName(element).localname
            if event == "start":
                seen.check(element, name)
            elif name in _ENTRY:
                build.add(_Entry(element, build).concept(), element.sourceline or 0)
                element.clear(keep_tail=False)
    except etree.XMLSyntaxError as error:
        raise TermbaseError(f"no well-formed XML: {error.msg}", error.lineno or 0) from error
    if not seen.entry:
        raise TermbaseError("the TBX file has no conceptEntry (or termEntry)", seen.line)


def _refuse_entities(content: bytes) -> None:
    head = content[: content.find(b"<body")] if b"<body" in content else content[:1_000_000]
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\0", b"")
    at = head.find(b"<!ENTITY")
    if at >= 0:
        raise TermbaseError("the file declares XML entities; they are refused", head.count(b"\n", 0, at) + 1)


@dataclass
class _Seen:
    """The frame of the file: its root must be one that TBX has."""

    root: bool = False
    entry: bool = False
    line: int = 0

    def check(self, element: etree._Element, name: str) -> None:
        self.entry = self.entry or name in _ENTRY
        if self.root:
            return
        self.root, self.line = True, element.sourceline or 0
        if name not in _ROOTS:
            raise TermbaseError(
                f"this is not TBX: the outermost element is <{name}>, not <tbx> or <martif>", self.line
            )
        style = element.get("style")
        if name == "tbx" and style not in (None, "dca", "dct"):
            raise TermbaseError(f"the style “{style}” is neither dca nor dct", self.line)


@dataclass
class _Entry:
    """One concept entry on its way to a `Concept`."""

    element: etree._Element
    build: Builder
    said: dict[str, Any] = field(default_factory=dict)
    relations: dict[str, list[str]] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)
    images: list[str] = field(default_factory=list)

    def concept(self) -> Concept:
        self.said["id"] = nfc(self.element.get("id") or self.element.get(words.XML_ID) or "")
        sections = [child for child in _children(self.element) if _local(child) in _LANGUAGE]
        first = sections[0].get(words.XML_LANG, "") if sections else ""
        for child in _children(self.element):
            if child not in sections:
                self._about(child, self.element.get(words.XML_LANG) or first, at_entry=True)
        for section in sections:
            self._language(section)
        return Concept(
            id=self.said["id"],
            terms=tuple(self.terms),
            subject=self.said.get("subjectField", ""),
            definitions=tuple(self.definitions),
            notes={lang: "\n".join(notes) for lang, notes in self.notes.items()},
            images=tuple(self.images),
            uri=self.said.get("uri", ""),
            **related(self.relations),
        )

    def _language(self, section: etree._Element) -> None:
        lang = section.get(words.XML_LANG, "").replace("_", "-")
        line = section.sourceline or 0
        if not lang:
            self.build.wrong(line, f"concept “{self.said['id']}”: a language section has no xml:lang")
        terms = [child for child in _children(section) if _local(child) in _TERM]
        if not terms:
            self.build.wrong(line, f"concept “{self.said['id']}”: the language “{lang}” has no term")
        for child in _children(section):
            if child in terms:
                self.terms.append(_TermSection(child, lang, self.build).term())
            else:
                self._about(child, lang)

    def _about(self, element: etree._Element, lang: str, *, at_entry: bool = False) -> None:
        """What is said of the concept, at the level of the entry or of a language."""
        lang = element.get(words.XML_LANG) or lang
        if _local(element) in _HISTORY:
            self.build.warn_once(
                element.sourceline or 0, "the history of changes (transacGrp) was not taken over"
            )
            return
        if _local(element) in _GROUPS:
            self._group(element, lang)
            return
        kind, text = _category(element), _text(element)
        target = (element.get("target") or "").removeprefix("#")
        if kind == "definition":
            self.definitions.append(Definition(lang, text))
        elif kind == "subjectField":
            self.said["subjectField"] = ", ".join(filter(None, (self.said.get("subjectField"), text)))
        elif kind == "note" and at_entry and text.startswith("Id: "):
            own = text.removeprefix("Id: ")
            self.build.renamed(self.said["id"], own)
            self.said["id"] = own
        elif kind in ("note", "explanation", "comment"):
            self.notes.setdefault(lang, []).append(text)
        elif kind in ("xGraphic", "figure"):
            self.images.append(target or text)
        elif kind == "externalCrossReference" and not self.said.get("uri"):
            self.said["uri"] = target or text
        elif kind == "crossReference" or kind in words.RELATION_TYPES:
            self.relations.setdefault(_relation(kind, text), []).append(target or text)
        else:
            _not_understood(element, self.build)

    def _group(self, group: etree._Element, lang: str) -> None:
        children = _children(group)
        source = next((_text(child) for child in children if _category(child) == "source"), "")
        for child in children:
            if _category(child) == "definition":
                self.definitions.append(Definition(lang, _text(child), source))
            elif _category(child) != "source" or not any(
                _category(each) == "definition" for each in children
            ):
                self._about(child, lang)


class _TermSection:
    """A term with what is said of it. Inside `ntig` the term stands in a group of its own."""

    def __init__(self, element: etree._Element, lang: str, build: Builder) -> None:
        self._element, self._lang, self._build = element, lang, build
        self._said: dict[str, str] = {}

    def term(self) -> Term:
        for child in _children(self._element):
            self._read(child)
        text = self._said.pop("term", "")
        if not text:
            self._build.wrong(self._element.sourceline or 0, f"an empty term in the language “{self._lang}”")
            text = "?"
        return Term(lang=self._lang, text=text, **self._said)

    def _read(self, element: etree._Element) -> None:
        if _local(element) in _HISTORY:
            self._build.warn_once(
                element.sourceline or 0, "the history of changes (transacGrp) was not taken over"
            )
            return
        if _local(element) == "adminGrp" and self._reading(element):
            return
        if _local(element) in _GROUPS:
            for child in _children(element):
                self._read(child)
            return
        kind, text = _category(element), _text(element)
        if kind == "administrativeStatus" or kind == "normativeAuthorization":
            self._choose("status", words.STATUS_READ, text, element)
        elif kind == "register":
            self._choose("register", words.REGISTER_READ, text, element)
        elif kind == "note":
            self._note(text)
        elif kind in _TERM_FIELDS:
            self._keep(_TERM_FIELDS[kind], words.POS_READ.get(text, text))
        else:
            _not_understood(element, self._build)

    def _reading(self, group: etree._Element) -> bool:
        said = {_category(child): _text(child) for child in _children(group)}
        name = said.get("readingNote", "pronunciation")
        if "reading" in said:
            self._keep(name if name in words.READINGS else "pronunciation", said["reading"])
        return "reading" in said

    def _choose(self, name: str, known: dict[str, str], text: str, element: etree._Element) -> None:
        if text in known:
            self._said[name] = known[text]
        else:
            self._build.wrong(
                element.sourceline or 0, f"the {name} “{text}” is unknown; there are {', '.join(known)}"
            )

    def _note(self, text: str) -> None:
        for name, word in words.NOTE_WORDS.items():
            if text.startswith(f"{word}: ") and not self._said.get(name):
                self._said[name] = text.removeprefix(f"{word}: ")
                return
        self._keep("note", text)

    def _keep(self, name: str, text: str) -> None:
        self._said[name] = "\n".join(filter(None, (self._said.get(name), text)))


_TERM_FIELDS = {
    "term": "term",
    "partOfSpeech": "pos",
    "grammaticalGender": "gender",
    "geographicalUsage": "where",
    "source": "source",
    "context": "context",
    "example": "context",
    "reading": "pronunciation",
    "pronunciation": "pronunciation",
    "transliteratedForm": "romanisation",
    "etymology": "origin",
    "usageNote": "note",
}


def _children(element: etree._Element) -> list[etree._Element]:
    return [child for child in element if isinstance(child.tag, str)]


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _category(element: etree._Element) -> str:
    """The data category: the name of the element (DCT, note, term), or what its attribute says (DCA)."""
    return element.get("type") or _local(element)


def _text(element: etree._Element) -> str:
    """What it says, with the file's own wrapping and indentation undone; other line breaks are the author's."""
    unwrapped = _WRAPPED.sub(" ", "".join(element.itertext()))
    return nfc("\n".join(" ".join(line.split()) for line in unwrapped.split("\n")))


def _relation(kind: str, text: str) -> str:
    named = {word: relation for relation, word in words.RELATION_WORDS.items()}
    return words.RELATION_TYPES.get(kind) or named.get(text) or "see_also"


def _not_understood(element: etree._Element, build: Builder) -> None:
    build.warn(element.sourceline or 0, f"“{_category(element)}” was not taken over: {_text(element)[:60]}")
