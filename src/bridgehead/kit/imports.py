"""What `bridgehead import KIND FILE` can take in, which the rooms register as they are there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class ImportRequest:
    """What the command line said. `language` is "ko" or "en"; `programme` and `call` are slugs, where the kind needs one."""

    path: Path
    programme: str = ""
    call: str = ""
    dry_run: bool = False
    partial: bool = False
    language: str = "ko"


@dataclass(frozen=True)
class ImportResult:
    """`document` is the JSON object of the interface, `lines` the same for people; not `ok` means exit 1."""

    ok: bool
    document: dict[str, Any]
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Refusal:
    """A cell that cannot be taken, why, and how to mend it, in the reader's language."""

    row: int
    column: str
    value: str
    why: str
    mend: str


class CannotImport(Exception):
    """Wrong usage or an unreadable file (exit 2); the message says what to do."""


def language() -> Literal["ko", "en"]:
    """The language in which what was read, and refused, is told to whoever asked."""
    return "ko" if (get_language() or "ko").startswith("ko") else "en"


def content_of(request: ImportRequest) -> bytes:
    """The file's bytes. Raises CannotImport."""
    try:
        return request.path.read_bytes()
    except OSError as error:
        text = _("The file cannot be opened: %(path)s (%(error)s)")
        raise CannotImport(text % {"path": request.path, "error": error.strerror}) from error


Handler = Callable[[ImportRequest], ImportResult]
IMPORTERS: dict[str, Handler] = {}


def register_importer(kind: str, handler: Handler) -> None:
    """Called in a room's `AppConfig.ready`."""
    IMPORTERS[kind] = handler
