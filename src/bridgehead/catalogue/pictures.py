"""Pictures of products: checked and written anew like every picture of ours, and once more for lists."""

import io
from dataclasses import dataclass

from django.core.files.base import File
from PIL import Image

from bridgehead.terminology.pictures import Checked, checked

LIST_EDGE = 480


@dataclass(frozen=True)
class Both:
    """A picture as pages show it and as lists do."""

    large: Checked
    small: bytes


def both_sizes(upload: File) -> Both:
    """Raises ValidationError where the file is no picture we show."""
    large = checked(upload)
    with Image.open(io.BytesIO(large.content)) as image:
        image.thumbnail((LIST_EDGE, LIST_EDGE))
        out = io.BytesIO()
        image.save(
            out, large.kind.upper(), optimize=True, **({"quality": 80} if large.kind == "jpeg" else {})
        )
    return Both(large, out.getvalue())
