"""The print of a receipt's file: its SHA-256, and for a photo the perceptual hash that survives another size, another quality
and another name."""

from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from bridgehead.questions.models import Attachment


def print_of(attachment: Attachment) -> dict[str, Any]:
    """The columns of a ReceiptPrint. A PDF, or a picture that cannot be opened, has no perceptual hash."""
    columns: dict[str, Any] = {"sha256": attachment.sha256, "perceptual": ""}
    if not attachment.content_type.startswith("image/"):
        return columns
    try:
        columns["perceptual"] = _perceptual(attachment)
    except (UnidentifiedImageError, OSError):
        return columns
    numbers = bytes.fromhex(columns["perceptual"])
    return columns | {f"byte{n}": numbers[n] for n in range(8)}


def _perceptual(attachment: Attachment) -> str:
    """Sixteen hexadecimal digits. The library brings wavelets and takes half a second to load, so it is loaded late."""
    import imagehash  # noqa: PLC0415

    with attachment.file.open("rb") as content, Image.open(content) as photo:
        photo.draft("L", (512, 512))
        return str(imagehash.phash(ImageOps.exif_transpose(photo)))
