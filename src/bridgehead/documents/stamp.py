"""A word that is laid over the pages of another PDF: “refused”, “reversed”."""

import json
from functools import lru_cache
from pathlib import Path

import typst

from bridgehead.documents import shown
from bridgehead.documents.blocks import Language
from bridgehead.documents.fonts import FAMILY
from bridgehead.documents.pdf import available_fonts

TEMPLATE = Path(__file__).with_name("stamp.typ")
WIDTH, HEIGHT = 595.28, 841.89


@lru_cache(maxsize=16)
def draw(word: str, language: Language) -> bytes:
    """One transparent A4 page as PDF."""
    stamp = {"word": shown.clean(word), "language": language, "font": FAMILY}
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"stamp": json.dumps(stamp, ensure_ascii=False)},
        font_paths=available_fonts(),
    )
