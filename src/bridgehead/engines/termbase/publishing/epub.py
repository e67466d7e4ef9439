"""The dictionary as EPUB 3.3, after EPUB Dictionaries and Glossaries 1.0."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from bridgehead.engines.termbase.publishing.book import Book
from bridgehead.engines.termbase.publishing.lists import Lists, Page
from bridgehead.engines.termbase.publishing.package import CONTAINER, Listed, navigation, package
from bridgehead.engines.termbase.publishing.pages import Places
from bridgehead.engines.termbase.publishing.search_keys import search_key_map
from bridgehead.engines.termbase.publishing.setting import cover_png

_STYLE = Path(__file__).with_name("style.css")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment a ZIP knows; the edition's date is in the package


def epub(book: Book) -> bytes:
    """The bytes of the e-book, the same at every rebuild."""
    places = Places.of(book)
    lists = Lists(book, places)
    placed: list[tuple[str, Page]] = [
        ("front", lists.cover()),
        ("front", lists.front()),
        *(("entries", page) for page in lists.letters()),
        ("back", lists.fields()),
        *(("back", page) for page in filter(None, [lists.slang()])),
        *(("back", page) for page in lists.indexes()),
    ]
    listed: list[Listed] = [(file, title, place) for place, (file, title, _content) in placed]
    files = {f"EPUB/{file}": content for _place, (file, _title, content) in placed} | {
        "META-INF/container.xml": CONTAINER,
        "EPUB/package.opf": package(book, listed),
        "EPUB/nav.xhtml": navigation(book, listed),
        "EPUB/style.css": _STYLE.read_bytes(),
        "EPUB/cover.png": cover_png(book),
        "EPUB/search-keys.xml": search_key_map(book, places),
    }
    return _zipped(files)


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """The media type first and uncompressed, as EPUB demands; the rest in the order of names."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        _put(archive, [("mimetype", b"application/epub+zip")], zipfile.ZIP_STORED)
        _put(archive, sorted(files.items()), zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def _put(archive: zipfile.ZipFile, files: Iterable[tuple[str, bytes]], compression: int) -> None:
    for name, content in files:
        entry = zipfile.ZipInfo(name, _EPOCH)
        entry.compress_type = compression
        entry.create_system = 3
        entry.external_attr = 0o644 << 16
        archive.writestr(entry, content)
