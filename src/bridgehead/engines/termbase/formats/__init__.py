"""Exchange of termbases: one door in, one door out, whatever the format.

Reading keeps all concepts or none. Writing says what the format could not carry.
"""

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from bridgehead.engines.termbase.formats.building import Builder
from bridgehead.engines.termbase.model import Concept
from bridgehead.engines.termbase.problems import Loss, Problem, TermbaseError

MAX_BYTES = 150_000_000
#: Formats by name: the module and its functions. Loaded when asked for, as some need slow libraries.
_READERS = {
    "json": ("native", "read_json"),
    "tbx": ("tbx_in", "read_tbx"),
    "skos": ("skos_in", "read_skos"),
    "xlsx": ("sheets", "read_xlsx"),
    "csv": ("sheets", "read_csv"),
}
_WRITERS = {
    "json": ("native", "write_json"),
    "tbx-basic": ("tbx_out", "write_tbx_basic"),
    "tbx-linguist": ("tbx_out", "write_tbx_linguist"),
    "skos": ("skos_out", "write_skos"),
    "xlsx": ("sheets", "write_xlsx"),
    "csv": ("sheets", "write_csv"),
}
READABLE, WRITABLE = tuple(_READERS), tuple(_WRITERS)
#: File name endings, and the format written for them.
ENDINGS = {
    ".json": "json",
    ".tbx": "tbx-linguist",
    ".xml": "tbx-linguist",
    ".ttl": "skos",
    ".turtle": "skos",
    ".xlsx": "xlsx",
    ".csv": "csv",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """Concepts of a file in its order; `warnings` are what was understood but ought to be looked at."""

    concepts: list[Concept]
    warnings: list[Problem]
    format: str


@dataclass(frozen=True, slots=True)
class Writing:
    """A file's content, and everything of the concepts that is not in it."""

    content: bytes
    losses: list[Loss]


def read(content: bytes, *, name: str = "", format: str = "") -> Reading:
    """The termbase in `content`. Without `format` its name and first bytes tell what it is.

    Raises `TermbaseError` with every finding and its line; nothing is half-read.
    """
    if len(content) > MAX_BYTES:
        raise TermbaseError(
            f"the file has {len(content) // 1_000_000} MB; the most is {MAX_BYTES // 1_000_000} MB: divide it"
        )
    if not content.strip():
        raise TermbaseError("the file is empty")
    kind = _family(format) or detect(content, name)
    if kind not in _READERS:
        raise TermbaseError(f"unknown format “{format}”; there are {', '.join(READABLE)}")
    build = Builder()
    _load(_READERS[kind])(content, build)
    return Reading(build.finish(), build.warnings, kind)


def read_file(path: Path, *, format: str = "") -> Reading:
    """Like `read`; the size is looked at before the file is."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise TermbaseError(
            f"the file has {size // 1_000_000} MB; the most is {MAX_BYTES // 1_000_000} MB: divide it"
        )
    return read(path.read_bytes(), name=path.name, format=format)


def write(concepts: Iterable[Concept], format: str) -> Writing:
    """The concepts in one of `WRITABLE`. The same concepts always give the same bytes."""
    if format not in _WRITERS:
        raise TermbaseError(f"unknown format “{format}”; there are {', '.join(WRITABLE)}")
    content, losses = _load(_WRITERS[format])(list(concepts))
    return Writing(content, losses)


def write_file(path: Path, concepts: Iterable[Concept], format: str = "") -> list[Loss]:
    """Write, and put the file in place only when it is complete. Without `format` its ending decides."""
    kind = format or ENDINGS.get(path.suffix.lower(), "")
    if not kind:
        raise TermbaseError(f"the ending of {path.name} tells no format; use one of {', '.join(ENDINGS)}")
    result = write(concepts, kind)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(result.content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return result.losses


def detect(content: bytes, name: str = "") -> str:
    """The family of formats a file belongs to: by its first bytes, and by its name where these leave it open."""
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if content.startswith(b"PK"):
        return "xlsx"
    ending = _family(ENDINGS.get(Path(name).suffix.lower(), ""))
    if head.startswith((b"[", b"{")) and ending in ("", "json"):
        return "json"
    if head.startswith(b"<") and b"rdf:RDF" in head:
        return "skos"
    if head.startswith((b"<?xml", b"<tbx", b"<martif", b"<!DOCTYPE", b"<!--")) or content[:2] in (
        b"\xff\xfe",
        b"\xfe\xff",
    ):
        return "tbx"
    if ending:
        return ending
    return (
        "skos" if head.lower().startswith((b"@prefix", b"@base", b"prefix", b"base", b"<", b"#")) else "csv"
    )


def _family(format: str) -> str:
    return "tbx" if format.startswith("tbx") else format


def _load(entry: tuple[str, str]):  # type: ignore[no-untyped-def]
    module, function = entry
    return getattr(import_module(f"{__name__}.{module}"), function)
