"""Pictures of concepts: what is taken in, and how they are named in a concept.

A picture is decoded and written anew: what is shown to the public holds pixels, and no place where it was taken.
"""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from bridgehead.kit.bilingual import pick
from bridgehead.questions.rules.files import kind_of

MOST_MEGABYTES = 10
MOST_PIXELS = 40_000_000
LONGEST_EDGE = 1600
KINDS = ("png", "jpeg")
#: Where a concept's frame keeps the words for its pictures: address → language → text.
ALT = "image_alt"


@dataclass(frozen=True)
class Checked:
    """Content as it is kept."""

    content: bytes
    kind: str
    width: int
    height: int

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def checked(upload: File) -> Checked:
    """The picture by its content, or ValidationError that says what would be accepted."""
    if not upload.size:
        raise ValidationError(_("This file is empty."))
    if upload.size > MOST_MEGABYTES * 1024 * 1024:
        raise ValidationError(
            _("This file is larger than %(limit)d MB. Make it smaller.") % {"limit": MOST_MEGABYTES}
        )
    kind = kind_of(upload)
    if kind not in KINDS:
        raise ValidationError(_("This is no picture of a kind we show. Choose a PNG or JPEG file."))
    try:
        return _written_anew(upload, kind)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        raise ValidationError(_("This picture is damaged. Save it again and choose the new file.")) from None


def _written_anew(upload: File, kind: str) -> Checked:
    with Image.open(upload, formats=[kind.upper()]) as image:
        width, height = image.size
        if width * height > MOST_PIXELS:  # stated in the header; nothing is decoded before
            raise ValidationError(
                _("This picture is too large (%(width)d × %(height)d pixels). Make it smaller.")
                % {"width": width, "height": height}
            )
        upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    plain = upright.convert("RGB" if kind == "jpeg" else "RGBA" if _is_clear(upright) else "RGB")
    plain.info.clear()
    out = io.BytesIO()
    plain.save(out, kind.upper(), optimize=True, **({"quality": 85} if kind == "jpeg" else {}))
    return Checked(out.getvalue(), kind, *plain.size)


def _is_clear(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


@dataclass(frozen=True)
class Shown:
    """A picture on a page, with words for those who do not see it."""

    address: str
    alt: str


def shown(images: list[str], extra: Mapping[str, Any]) -> list[Shown]:
    """The pictures of a concept with their words in the reader's language."""
    return [Shown(address, alt_of(extra, address)) for address in images]


def alt_of(extra: Mapping[str, Any], address: str) -> str:
    """Imported files may say anything under the name; what is no text is no alternative text."""
    said = extra.get(ALT)
    words = said.get(address) if isinstance(said, Mapping) else None
    if not isinstance(words, Mapping):
        return ""
    return pick(str(words.get("ko", "")), str(words.get("en", "")))
