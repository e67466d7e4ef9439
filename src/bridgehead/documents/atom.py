"""Atom feeds (RFC 4287) in and out, and the bullets with which Korean press releases begin.

Free of the web framework, so that a stranger's feed can be judged before anything is stored. The HTML of an
entry comes out as its author wrote it: whoever shows it cleans it first.
"""

import datetime as dt
import html
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

ATOM = "http://www.w3.org/2005/Atom"
XHTML = "http://www.w3.org/1999/xhtml"
MAX_BYTES = 10_000_000
_XML = "http://www.w3.org/XML/1998/namespace"
_LINE = "{line}"
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAG = re.compile(r"<[^<>]*>")
_DEEPEST = 200


class BadFeed(ValueError):
    """The bytes are no usable Atom feed. `code` for translation, `line` in the file where it is known."""

    def __init__(self, code: str, message: str, line: int | None = None) -> None:
        self.code, self.line = code, line
        super().__init__(f"line {line}: {message}" if line else message)


@dataclass(frozen=True)
class Link:
    href: str
    rel: str = "alternate"
    type: str = ""


@dataclass(frozen=True)
class Entry:
    """One item. `id` never changes, `updated` moves with each change, `published` stays."""

    id: str
    title: str
    updated: dt.datetime
    published: dt.datetime | None = None
    author: str = ""
    summary: str = ""
    content: str = ""
    links: tuple[Link, ...] = ()
    categories: tuple[str, ...] = ()
    rights: str = ""
    lang: str = ""

    @property
    def url(self) -> str:
        """Where people read it."""
        return next((link.href for link in self.links if link.rel == "alternate"), "")


@dataclass(frozen=True)
class Feed:
    """`links` carries the feed's own address with `rel="self"`."""

    id: str
    title: str
    updated: dt.datetime
    entries: tuple[Entry, ...] = ()
    subtitle: str = ""
    author: str = ""
    links: tuple[Link, ...] = ()
    rights: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Bullet:
    """A ○ line of a release's head, with its – lines."""

    text: str
    children: tuple[str, ...] = field(default=())


# reading


class _Builder(ET.TreeBuilder):
    """Remembers on which line each element starts, for messages an editor can act on."""

    parser: Any = None
    depth = 0

    def start(self, tag: Any, attrs: Any, /) -> ET.Element:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise BadFeed("unsafe", "elements are nested too deeply", self.parser.CurrentLineNumber)
        element = super().start(tag, attrs)
        element.set(_LINE, str(self.parser.CurrentLineNumber))
        return element

    def end(self, tag: Any, /) -> ET.Element:
        self.depth -= 1
        return super().end(tag)


def parse_feed(content: bytes) -> Feed:
    """A feed from a stranger: no document type, no entities, no network, bounded size. Raises `BadFeed`.

    Of several versions of an entry (same id) the latest is kept.
    """
    root = _parse(content)
    if root.tag != _q("feed"):
        raise BadFeed("not_atom", f"the document is <{_local(root.tag)}>, not an Atom feed", _line(root))
    base = root.get(f"{{{_XML}}}base", "")
    lang = root.get(f"{{{_XML}}}lang", "")
    author = _author(root)
    entries: dict[str, Entry] = {}
    for element in root.findall(_q("entry")):
        entry = _entry(element, base, lang, author)
        if entry.id not in entries or entries[entry.id].updated < entry.updated:
            entries[entry.id] = entry
    return Feed(
        id=_required(root, "id"),
        title=_plain(root, "title", required=True),
        updated=_time(root, "updated", required=True),
        entries=tuple(entries.values()),
        subtitle=_plain(root, "subtitle"),
        author=author,
        links=_links(root, base),
        rights=_plain(root, "rights"),
        lang=lang,
    )


def _parse(content: bytes) -> ET.Element:
    if len(content) > MAX_BYTES:
        raise BadFeed("too_big", f"the feed has more than {MAX_BYTES // 1_000_000} MB")
    builder = _Builder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.parser = parser.parser
    try:
        parser.feed(content)
        return parser.close()
    except DefusedXmlException as error:
        message = "document types and entities are not accepted"
        raise BadFeed("unsafe", message, builder.parser.CurrentLineNumber) from error
    except ET.ParseError as error:
        raise BadFeed("not_xml", f"not well-formed XML ({error.msg})", error.position[0]) from error
    except BadFeed:
        raise
    except (LookupError, ValueError) as error:
        raise BadFeed("not_xml", f"unknown or wrong encoding ({error})") from error


def _entry(element: ET.Element, base: str, lang: str, author: str) -> Entry:
    base = urljoin(base, element.get(f"{{{_XML}}}base", ""))
    terms = [category.get("term", "").strip() for category in element.findall(_q("category"))]
    return Entry(
        id=_required(element, "id"),
        title=_plain(element, "title", required=True),
        updated=_time(element, "updated", required=True),
        published=_time(element, "published"),
        author=_author(element) or author,
        summary=_html(element, "summary"),
        content=_html(element, "content"),
        links=_links(element, base),
        categories=tuple(dict.fromkeys(term for term in terms if term)),
        rights=_plain(element, "rights"),
        lang=element.get(f"{{{_XML}}}lang", lang),
    )


def _q(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _line(element: ET.Element) -> int:
    return int(element.get(_LINE, "0"))


def _required(element: ET.Element, name: str) -> str:
    text = (element.findtext(_q(name)) or "").strip()
    if not text:
        raise BadFeed("missing", f"<{_local(element.tag)}> has no <{name}>", _line(element))
    return text


def _time(element: ET.Element, name: str, *, required: bool = False) -> Any:
    text = _required(element, name) if required else (element.findtext(_q(name)) or "").strip()
    if not text:
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        found = element.find(_q(name))
        line = _line(element if found is None else found)
        raise BadFeed("time", f"<{name}> is not a time with its zone: {text[:40]}", line)
    return moment


def _author(element: ET.Element) -> str:
    names = [(author.findtext(_q("name")) or "").strip() for author in element.findall(_q("author"))]
    return ", ".join(name for name in names if name)


def _links(element: ET.Element, base: str) -> tuple[Link, ...]:
    links = [
        Link(urljoin(base, link.get("href", "")), link.get("rel", "alternate"), link.get("type", ""))
        for link in element.findall(_q("link"))
    ]
    return tuple(link for link in links if link.href)


def _html(element: ET.Element, name: str) -> str:
    """A text construct as HTML, whichever of its three forms it has."""
    found = element.find(_q(name))
    if found is None:
        return ""
    kind = found.get("type", "text")
    if kind == "xhtml":
        div = found.find(f"{{{XHTML}}}div")
        return _inner(div).strip() if div is not None else ""
    text = (found.text or "").strip()
    if kind in ("html", "text/html"):
        return text
    return html.escape(text, quote=False) if kind in ("text", "text/plain") else ""


def _inner(element: ET.Element) -> str:
    parts = [html.escape(element.text or "", quote=False)]
    for child in element:
        name = _local(child.tag)
        stated = {key: value for key, value in child.attrib.items() if "{" not in key}
        attributes = "".join(f' {key}="{html.escape(value)}"' for key, value in stated.items())
        inner = _inner(child)
        empty = name in ("br", "hr", "img") and not inner
        parts.append(f"<{name}{attributes}>" if empty else f"<{name}{attributes}>{inner}</{name}>")
        parts.append(html.escape(child.tail or "", quote=False))
    return "".join(parts)


def _plain(element: ET.Element, name: str, *, required: bool = False) -> str:
    if required and element.find(_q(name)) is None:
        raise BadFeed("missing", f"<{_local(element.tag)}> has no <{name}>", _line(element))
    return plain_text(_html(element, name))


def plain_text(markup: str) -> str:
    """HTML without its tags, on one line."""
    return " ".join(html.unescape(_TAG.sub("", markup)).split())


# bullets

_FIRST = re.compile(r"\s*(?:[○◯〇❍●◎□■◇◆▶▷]\s*|[ㅇ•]\s+)(?=\S)")
_SECOND = re.compile(r"\s*(?:[–—―−‐‑]\s*|[-·∙・]\s+)(?=\S)")
_BLOCK = re.compile(r"\s*<p\b[^>]*>(?P<inner>.*?)</p\s*>", re.DOTALL | re.IGNORECASE)
_BARE = re.compile(
    r"\s*(?P<inner>(?:(?!</?(?:p|div|h\d|ul|ol|table|blockquote|figure)\b).)+)", re.DOTALL | re.I
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:/?[a-z][a-z0-9]*)(?:\s[^<>]*)?/?>", re.IGNORECASE)


def summary_bullets(text: str) -> tuple[tuple[Bullet, ...], str]:
    """The ○ and – lines at the beginning, as a tree of two levels, and what follows in the form it came.

    A – line before any ○ stands on the first level. Without bullets the body is the text, unchanged.
    """
    lines, body = (_html_head if _MARKUP.search(text) else _text_head)(text)
    tree: list[tuple[str, list[str]]] = []
    for level, line in lines:
        if level == 2 and tree:
            tree[-1][1].append(line)
        else:
            tree.append((line, []))
    return tuple(Bullet(line, tuple(children)) for line, children in tree), body if tree else text


def _bullet(line: str) -> tuple[int, str] | None:
    for level, mark in ((1, _FIRST), (2, _SECOND)):
        if match := mark.match(line):
            return level, " ".join(line[match.end() :].split())
    return None


def _html_head(markup: str) -> tuple[list[tuple[int, str]], str]:
    found: list[tuple[int, str]] = []
    position = 0
    while match := _BLOCK.match(markup, position) or _BARE.match(markup, position):
        lines = _BREAK.split(match["inner"])
        bullets = []
        for line in lines:
            bullet = _bullet(plain_text(line))
            if bullet is None and plain_text(line):
                break
            bullets.append(bullet)
        taken = [bullet for bullet in bullets if bullet]
        if not taken and plain_text(match["inner"]):
            break
        found += taken
        position = match.end()
        if len(bullets) < len(lines):
            rest = "<br>".join(lines[len(bullets) :]).strip()
            return found, f"<p>{rest}</p>{markup[position:]}"
    return found, markup[position:].strip()


def _text_head(text: str) -> tuple[list[tuple[int, str]], str]:
    found: list[tuple[int, str]] = []
    lines = text.splitlines(keepends=True)
    after_blank = True
    for number, line in enumerate(lines):
        bullet = _bullet(line)
        if bullet:
            found.append(bullet)
        elif line.strip():
            if after_blank or not line[0].isspace():
                return found, "".join(lines[number:]).strip()
            found[-1] = (found[-1][0], f"{found[-1][1]} {' '.join(line.split())}")
        after_blank = not line.strip()
    return found, ""


# writing


def write_feed(feed: Feed) -> bytes:
    """A valid Atom document; texts are plain, summaries and contents HTML."""
    root = ET.Element("feed", {"xmlns": ATOM})
    if feed.lang:
        root.set(f"{{{_XML}}}lang", feed.lang)
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.subtitle)
    _add(root, "updated", _stamp(feed.updated))
    _add_author(root, feed.author)
    _add_links(root, feed.links)
    _add(root, "rights", feed.rights)
    for entry in feed.entries:
        _add_entry(ET.SubElement(root, "entry"), entry, feed)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _add_entry(element: ET.Element, entry: Entry, feed: Feed) -> None:
    if not (entry.author or feed.author):
        raise ValueError(f"entry {entry.id} has no author and neither has the feed (RFC 4287, 4.1.2)")
    if entry.lang and entry.lang != feed.lang:
        element.set(f"{{{_XML}}}lang", entry.lang)
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "updated", _stamp(entry.updated))
    if entry.published:
        _add(element, "published", _stamp(entry.published))
    if entry.author != feed.author:
        _add_author(element, entry.author)
    _add_links(element, entry.links)
    for term in entry.categories:
        ET.SubElement(element, "category", {"term": _clean(term)})
    _add(element, "summary", entry.summary, kind="html")
    _add(element, "content", entry.content, kind="html")
    _add(element, "rights", entry.rights)


def _add(parent: ET.Element, name: str, text: str, *, kind: str | None = None) -> None:
    if text:
        ET.SubElement(parent, name, {"type": kind} if kind else {}).text = _clean(text)


def _add_author(parent: ET.Element, name: str) -> None:
    if name:
        _add(ET.SubElement(parent, "author"), "name", name)


def _add_links(parent: ET.Element, links: tuple[Link, ...]) -> None:
    for link in links:
        stated = {"rel": link.rel, "type": link.type, "href": link.href}
        ET.SubElement(parent, "link", {key: _clean(value) for key, value in stated.items() if value})


def _clean(text: str) -> str:
    """Without the characters XML cannot carry."""
    return _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _stamp(moment: dt.datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("a feed's times need their zone")
    return moment.isoformat().replace("+00:00", "Z")
