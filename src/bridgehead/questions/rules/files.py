"""What an uploaded file really is, by its content: a name and a browser's word for it prove nothing."""

import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from bridgehead.questions.models import Question

#: Type → media type, in the order the form builder offers them.
TYPES = {
    "pdf": "application/pdf",
    "hwpx": "application/hwp+zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "zip": "application/zip",
}
ENDINGS = {"jpeg": ".jpg,.jpeg"}
DEFAULT_MEGABYTES = 10
MOST_PIXELS = 80_000_000
MOST_ENTRIES = 5000
#: What a container may unpack to: a bomb is a small file that fills the disk of whoever opens it.
MOST_UNPACKED = 500 * 1024 * 1024
MOST_RATIO = 200


@dataclass(frozen=True)
class CheckedFile:
    """An upload whose content was looked at: `kind` is one of TYPES."""

    file: File
    name: str
    kind: str

    @property
    def content_type(self) -> str:
        return TYPES[self.kind]


def allowed_types(question: Question) -> list[str]:
    return [name for name in TYPES if name in (question.options.get("types") or TYPES)]


def max_megabytes(question: Question) -> int:
    return int(question.options.get("max_mb") or DEFAULT_MEGABYTES)


def accept_attribute(question: Question) -> str:
    return ",".join(ENDINGS.get(name, f".{name}") for name in allowed_types(question))


def _kind_of_zip(upload: File) -> str | None:
    try:
        with zipfile.ZipFile(upload) as archive:
            names = set(archive.namelist())
            if len(names) > MOST_ENTRIES or _is_bomb(archive):
                return None
            if "mimetype" in names:
                with archive.open("mimetype") as mimetype:
                    if mimetype.read(40).strip() == b"application/hwp+zip":
                        return "hwpx"
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return None
    return "xlsx" if {"[Content_Types].xml", "xl/workbook.xml"} <= names else "zip"


def _is_bomb(archive: zipfile.ZipFile) -> bool:
    """By the sizes the directory states; nothing is unpacked to find out."""
    packed = sum(entry.compress_size for entry in archive.infolist())
    unpacked = sum(entry.file_size for entry in archive.infolist())
    return unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(packed, 1024 * 1024)


def kind_of(upload: File) -> str | None:
    """The type by its first bytes (and, for containers, by what they contain); None when it is none of ours."""
    upload.seek(0)
    start = upload.read(8)
    upload.seek(0)
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start == b"\x89PNG\r\n\x1a\n":
        return "png"
    if start.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if start.startswith(b"PK\x03\x04"):
        kind = _kind_of_zip(upload)
        upload.seek(0)
        return kind
    return None


def _check_pixels(upload: File) -> None:
    """Only the header is read: a small file may claim a picture that would fill the memory of whoever opens it."""
    try:
        with Image.open(upload) as image:
            width, height = image.size
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError):
        raise ValidationError(_("This picture is damaged. Save it again and choose the new file.")) from None
    finally:
        upload.seek(0)
    if width * height > MOST_PIXELS:
        raise ValidationError(
            _("This picture is too large (%(width)d × %(height)d pixels). Make it smaller.")
            % {
                "width": width,
                "height": height,
            }
        )


def clean_name(name: str) -> str:
    """The last part of the path, without control characters, at most 120 characters with its ending."""
    path = PurePath("".join(c for c in name.replace("\\", "/") if c.isprintable()) or "file")
    return f"{path.stem[:110]}{path.suffix[:10]}" or "file"


def _check_size(question: Question, size: int) -> None:
    limit = max_megabytes(question)
    if not size:
        raise ValidationError(_("This file is empty."))
    if size > limit * 1024 * 1024:
        raise ValidationError(_("This file is larger than %(limit)d MB. Make it smaller.") % {"limit": limit})


def _refused_kind(question: Question) -> ValidationError:
    return ValidationError(
        _("This kind of file is not accepted here. Accepted: %(kinds)s.")
        % {"kinds": ", ".join(name.upper() for name in allowed_types(question))}
    )


def check_announced(question: Question, name: str, size: int) -> None:
    """Before a byte is sent: what would certainly be refused at the end is refused now."""
    _check_size(question, size)
    endings = accept_attribute(question).split(",")
    if PurePath(name.lower()).suffix not in endings:
        raise _refused_kind(question)


def check_file(question: Question, upload: File) -> CheckedFile:
    """The upload with its real type, or ValidationError that says what would be accepted."""
    _check_size(question, upload.size)
    kind = kind_of(upload)
    if kind is None or kind not in allowed_types(question):
        raise _refused_kind(question)
    if kind in {"png", "jpeg"}:
        _check_pixels(upload)
    return CheckedFile(upload, clean_name(upload.name or ""), kind)
