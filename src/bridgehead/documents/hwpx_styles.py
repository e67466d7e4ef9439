"""Character and paragraph shapes of our HWPX files, each written into the file once."""

from typing import Any

from bridgehead.documents import page
from bridgehead.documents.blocks import Align

SERIF, SANS = "함초롬바탕", "함초롬돋움"
_CHARACTERS: dict[str, dict[str, Any]] = {
    "title": {"font": SANS, "size": page.TITLE_PT, "bold": True, "color": page.INK},
    "notice": {"font": SANS, "size": page.TABLE_PT, "bold": True, "color": page.NOTICE},
    "about": {"font": SANS, "size": page.TABLE_PT, "color": page.MUTED},
    "heading": {"font": SANS, "bold": True, "color": page.INK},
    "paragraph": {"font": SERIF, "size": page.BODY_PT, "color": page.INK},
    "caption": {"font": SANS, "size": 11, "bold": True, "color": page.INK},
    "note": {"font": SANS, "size": page.SMALL_PT, "color": page.MUTED},
    "small": {"font": SANS, "size": page.SMALL_PT, "color": page.MUTED},
    "head": {"font": SANS, "size": page.TABLE_PT, "bold": True, "color": page.INK},
    "total": {"font": SANS, "size": page.TABLE_PT, "bold": True, "color": page.INK},
    "cell": {"font": SANS, "size": page.TABLE_PT, "color": page.INK},
    "figure": {"font": SANS, "size": page.FIGURE_PT, "bold": True, "color": page.PRIMARY},
}
_SHAPES: dict[str, dict[str, Any]] = {
    "title": {
        "line_spacing_percent": 130,
        "spacing_after_pt": 10,
        "border": {"sides": "bottom", "width": "0.5 mm"},
    },
    "notice": {"line_spacing_percent": 140, "spacing_after_pt": 4},
    "about": {"line_spacing_percent": 140, "spacing_after_pt": 8},
    "heading": {
        "line_spacing_percent": 150,
        "spacing_before_pt": 12,
        "spacing_after_pt": 4,
        "keep_with_next": True,
    },
    "caption": {
        "line_spacing_percent": 130,
        "spacing_before_pt": 8,
        "spacing_after_pt": 3,
        "keep_with_next": True,
    },
    "note": {"line_spacing_percent": 130, "spacing_after_pt": 6},
    "picture": {"line_spacing_percent": 100, "spacing_before_pt": 6, "spacing_after_pt": 4},
}
_CELL_ROLES = frozenset({"head", "total", "cell", "figure", "small"})
_FILLS = {"head": page.HEAD_FILL, "total": page.TOTAL_FILL}
_ALIGN = {"left": "LEFT", "center": "CENTER", "right": "RIGHT"}
MM_PER_POINT = 25.4 / 72


class Styles:
    """Names what the writer needs ("head", "item" on level 2) and knows the ids the file gave it."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._characters: dict[tuple[str, int], str] = {}
        self._shapes: dict[tuple[str, int, float, Align], str] = {}
        self._borders: dict[str, str] = {}

    def characters(self, role: str, level: int = 1) -> str:
        key = (role, level)
        if key not in self._characters:
            wanted = dict(_CHARACTERS.get(role, _CHARACTERS["paragraph"]))
            if role == "heading":
                wanted["size"] = page.HEADING_PT.get(level, page.BODY_PT)
            self._characters[key] = self._file.styles.ensure_run(**wanted)
        return self._characters[key]

    def border(self, role: str) -> str:
        if role not in self._borders:
            self._borders[role] = self._file.styles.ensure_border_fill(
                border_color=page.RULE, border_width="0.12 mm", fill_color=_FILLS.get(role)
            )
        return self._borders[role]

    def shape(
        self, paragraph: Any, role: str, level: int = 1, *, hang_em: float = 0, align: Align = "left"
    ) -> None:
        """Give a paragraph its shape; a shape seen before is only pointed to."""
        key = (role, level, hang_em, align)
        if key not in self._shapes:
            self._file.styles.apply_paragraph_format(
                paragraphs=[paragraph], **self._wanted(role, level, hang_em, align)
            )
            self._shapes[key] = paragraph.para_pr_id_ref
        paragraph.para_pr_id_ref = self._shapes[key]

    def _wanted(self, role: str, level: int, hang_em: float, align: Align) -> dict[str, Any]:
        default = {"line_spacing_percent": 130} if role in _CELL_ROLES else {"line_spacing_percent": 160}
        wanted = default | _SHAPES.get(role, {})
        justified = align == "left" and role in {"paragraph", "item", "bullet"}
        wanted["alignment"] = "JUSTIFY" if justified else _ALIGN[align]
        if role == "heading":
            wanted["outline_level"] = level
        size = page.HEADING_PT.get(level, page.BODY_PT) if role == "heading" else page.BODY_PT
        em_mm = size * MM_PER_POINT
        if role in {"item", "bullet"}:
            wanted["indent_left_mm"] = round((level - 1) * em_mm, 2)
        if hang_em:
            wanted["first_line_indent_mm"] = round(-hang_em * em_mm, 2)
        return wanted
