"""A document as PDF: tagged, with title and language, to the accessibility standard PDF/UA-1.

The page is drawn by a fixed Typst template beside this file; the document reaches it as JSON data only.
"""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from bridgehead.documents import page, shown
from bridgehead.documents.blocks import Document, KeyFigures, Language, Picture, Table
from bridgehead.documents.fonts import FAMILY, font_directories
from bridgehead.documents.outline import Line, Part, parts
from bridgehead.documents.tabular import texts_of, weights

TEMPLATE = Path(__file__).with_name("report.typ")
_STANDARD: Literal["ua-1"] = "ua-1"


def render(document: Document, fonts: Sequence[Path] | None = None) -> bytes:
    """The bytes of a PDF.

    PDF/UA refuses a text that no installed font can draw (an emoji in a company's name) and a picture without a
    description. Such a document is still worth having, so it is then written as an ordinary tagged PDF.
    """
    inputs = {"document": json.dumps(_data(document), ensure_ascii=False)}
    available = available_fonts(fonts)
    source = TEMPLATE.read_bytes()
    made_at = document.meta.made_at and document.meta.made_at.replace(microsecond=0)
    try:
        return typst.compile(
            source,
            format="pdf",
            sys_inputs=inputs,
            font_paths=available,
            pdf_standards=_STANDARD,
            timestamp=made_at,
        )
    except typst.TypstError:
        return typst.compile(source, format="pdf", sys_inputs=inputs, font_paths=available, timestamp=made_at)


def available_fonts(folders: Sequence[Path] | None = None) -> typst.Fonts:
    return _fonts(tuple(font_directories() if folders is None else folders))


@cache
def _fonts(folders: tuple[Path, ...]) -> typst.Fonts:
    """Reading the fonts takes longer than setting a page, so it is done once a process."""
    return typst.Fonts(include_system_fonts=True, font_paths=list(folders))


def _data(document: Document) -> dict[str, Any]:
    running = " · ".join(filter(None, [document.meta.organisation, document.title, document.meta.notice]))
    return {
        "title": shown.clean(document.title),
        "author": shown.clean(document.meta.author or document.meta.organisation),
        "language": document.language,
        "font": FAMILY,
        "running": shown.clean(running),
        "page": _MEASURES | {"landscape": document.landscape},
        "parts": [_part(part, document.language) for part in parts(document)],
    }


_MEASURES = {
    "top": page.TOP_MM,
    "right": page.RIGHT_MM,
    "bottom": page.BOTTOM_MM,
    "left": page.LEFT_MM,
    "picture": page.PICTURE_WIDTH_MM,
    "body": page.BODY_PT - 1,
    "small": page.SMALL_PT - 0.5,
    "table": page.TABLE_PT - 0.5,
    "title": page.TITLE_PT,
    "figure": page.FIGURE_PT,
    "together": page.ROWS_KEPT_TOGETHER,
    "ink": page.INK,
    "muted": page.MUTED,
    "rule": page.RULE,
    "head": page.HEAD_FILL,
    "total": page.TOTAL_FILL,
    "notice": page.NOTICE,
    "primary": page.PRIMARY,
}


def _part(part: Part, language: Language) -> dict[str, Any]:
    if isinstance(part, Line):
        return {
            "what": "line",
            "role": part.role,
            "text": part.text,
            "mark": part.mark,
            "level": part.level,
            "align": part.align,
        }
    if isinstance(part, Table):
        return _table(part, language)
    if isinstance(part, Picture):
        return _picture(part)
    return _figures(part)


def _table(table: Table, language: Language) -> dict[str, Any]:
    head, rows, total = texts_of(table, language)
    return {
        "what": "table",
        "caption": shown.clean(table.caption),
        "note": shown.clean(table.note),
        "head": head,
        "rows": rows,
        "total": total,
        "aligns": [shown.alignment(column) for column in table.columns],
        "weights": weights(table, language),
    }


def _picture(picture: Picture) -> dict[str, Any]:
    """JSON has no bytes: a PNG travels as numbers, an SVG as the text it is."""
    return {
        "what": "picture",
        "alt": shown.clean(picture.alt),
        "caption": shown.clean(picture.caption),
        "svg": picture.svg,
        "png": [] if picture.svg else list(picture.png),
    }


def _figures(block: KeyFigures) -> dict[str, Any]:
    return {
        "what": "figures",
        "figures": [
            {"label": shown.clean(f.label), "value": shown.clean(f.value), "note": shown.clean(f.note)}
            for f in block.figures
        ],
    }
