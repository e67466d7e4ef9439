"""The e-book's package document, navigation and container: what a reading system and a bookshop read first."""

from collections.abc import Iterator, Sequence

from bridgehead.engines.termbase.publishing.book import Book
from bridgehead.engines.termbase.publishing.edition import LICENCE
from bridgehead.engines.termbase.publishing.front import licence_line
from bridgehead.engines.termbase.publishing.markup import document, el, text
from bridgehead.engines.termbase.publishing.words import say

CONTAINER = b"""<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_FEATURES = (
    "structuralNavigation",
    "tableOfContents",
    "index",
    "readingOrder",
    "alternativeText",
    "displayTransformability",
)
_SUMMARY = {
    "ko": "모든 글은 본문 텍스트이고 제목, 목록, 언어가 표시되어 있다. 그림은 표지 하나이며 대체 텍스트가 있다. 표제어, 분야, 언어별 찾아보기로 이동할 수 있다.",
    "en": "All content is text with headings, lists and languages marked. The only picture is the cover, which has a text alternative. Entries, subject fields and an index of every language can be navigated.",
}

#: A file of the book: (file, title in the table of contents, place: front, entries or back)
Listed = tuple[str, str, str]


def navigation(book: Book, listed: Sequence[Listed]) -> bytes:
    """The table of contents, also a page of the book, and landmarks."""
    language = book.edition.language
    link = {file: el("a", text(title), href=file) for file, title, _place in listed}
    entries = [link[file] for file, _title, place in listed if place == "entries"]
    first = next(file for file, _title, place in listed if place == "entries")
    group = el("a", text(say("entries", language)), href=first) + el(
        "ol", *(el("li", each) for each in entries)
    )
    order = [
        *(link[file] for file, _title, place in listed if place == "front"),
        group,
        *(link[file] for file, _title, place in listed if place == "back"),
    ]
    heading = el("h1", text(say("contents", language)))
    toc = el(
        "nav",
        heading,
        el("ol", *(el("li", each) for each in order)),
        epub_type="toc",
        role="doc-toc",
        id="toc",
    )
    marked = [
        ("cover", "cover.xhtml", "cover"),
        ("toc", "nav.xhtml", "contents"),
        ("bodymatter", first, "entries"),
    ]
    landmarks = (
        el("li", el("a", text(say(name, language)), href=file, epub_type=kind)) for kind, file, name in marked
    )
    label = el("h2", text(say("landmarks", language)))
    hidden = el("nav", label, el("ol", *landmarks), epub_type="landmarks", hidden="hidden")
    return document(say("contents", language), language, toc + hidden)


def package(book: Book, listed: Sequence[Listed]) -> bytes:
    files = [("nav.xhtml", "nav"), *((file, "") for file, _title, _place in listed)]
    manifest = [
        el("item", id=_id(file), href=file, media_type="application/xhtml+xml", properties=properties)
        for file, properties in files
    ]
    manifest += [
        el("item", id="cover-png", href="cover.png", media_type="image/png", properties="cover-image"),
        el("item", id="style", href="style.css", media_type="text/css"),
        el(
            "item", id="search-keys", href="search-keys.xml", media_type="application/vnd.epub.search-key-map+xml",
            properties="search-key-map dictionary",
        ),
    ]  # fmt: skip
    spine = [listed[0][0], "nav.xhtml", *(file for file, _title, _place in listed[1:])]
    order = (el("itemref", idref=_id(file)) for file in spine)
    body = "\n".join(
        (
            el("metadata", "\n", "\n".join(_metadata(book)), "\n"),
            el("manifest", "\n", "\n".join(manifest), "\n"),
            el("spine", "\n", "\n".join(order), "\n"),
        )
    )
    language = book.edition.language
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" version="3.0" unique-identifier="id" '
        f'xml:lang="{language}" prefix="a11y: http://www.idpf.org/epub/vocab/package/a11y/#">\n{body}\n</package>\n'
    ).encode()


def _metadata(book: Book) -> Iterator[str]:
    edition = book.edition
    yield el("dc:identifier", text(edition.identifier), id="id")
    yield el("dc:title", text(edition.shown_title), id="title")
    yield from (
        el("dc:language", text(lang)) for lang in dict.fromkeys((edition.language, *edition.languages))
    )
    yield el("dc:publisher", text(edition.publisher))
    yield el("dc:creator", text(edition.publisher))
    yield el("dc:date", edition.issued.isoformat())
    yield el("dc:rights", text(licence_line(book, edition.language)))
    yield el("dc:type", "dictionary")
    yield from _properties(book)
    yield el("link", rel="dcterms:license", href=LICENCE)


def _properties(book: Book) -> Iterator[str]:
    edition = book.edition
    said = [
        ("dcterms:modified", f"{edition.issued.isoformat()}T00:00:00Z"),
        ("source-language", edition.source),
        *(("target-language", lang) for lang in edition.targets or (edition.source,)),
        ("dictionary-type", edition.kind),
        ("schema:version", edition.version),
        ("schema:accessMode", "textual"),
        ("schema:accessMode", "visual"),
        ("schema:accessModeSufficient", "textual"),
        *(("schema:accessibilityFeature", feature) for feature in _FEATURES),
        ("schema:accessibilityHazard", "none"),
        ("schema:accessibilitySummary", _SUMMARY[edition.language]),
    ]
    yield from (el("meta", text(value), property=name) for name, value in said)
    if edition.subtitle:
        other = "en" if edition.language == "ko" else "ko"
        yield el(
            "meta", text(edition.subtitle), property="alternate-script", refines="#title", xml_lang=other
        )


def _id(file: str) -> str:
    return file.removesuffix(".xhtml")
