"""The picture that messengers and social sites show for an address: a headline, a few facts, who says so."""

import json
from collections.abc import Sequence
from pathlib import Path

import typst

from bridgehead.documents import shown
from bridgehead.documents.blocks import Language
from bridgehead.documents.fonts import FAMILY
from bridgehead.documents.pdf import available_fonts

TEMPLATE = Path(__file__).with_name("card.typ")
WIDTH, HEIGHT = 1200, 630


def draw(*, head: str, title: str, lines: Sequence[str], language: Language) -> bytes:
    """A PNG of 1200 × 630 pixels, the size these sites agree on. A title too long for it is cut at its block."""
    card = {
        "head": shown.clean(head),
        "title": shown.clean(title),
        "lines": [shown.clean(line) for line in lines],
        "language": language,
        "font": FAMILY,
    }
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="png",
        ppi=72,
        sys_inputs={"card": json.dumps(card, ensure_ascii=False)},
        font_paths=available_fonts(),
    )
