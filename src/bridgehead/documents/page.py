"""The measures of a printed page, the same in HWPX and PDF (millimetres and points)."""

WIDTH_MM, HEIGHT_MM = 210, 297
TOP_MM, RIGHT_MM, BOTTOM_MM, LEFT_MM = 20, 15, 15, 20
HEADER_MM = FOOTER_MM = 10
PICTURE_WIDTH_MM = 165

BODY_PT, SMALL_PT, TABLE_PT, TITLE_PT, FIGURE_PT = 12, 9, 10, 18, 15
HEADING_PT = {1: 15, 2: 13}
ROWS_KEPT_TOGETHER = 15

INK = "#1E2124"
MUTED = "#464C53"
RULE = "#8A949E"
HEAD_FILL = "#ECF2FE"
TOTAL_FILL = "#F4F5F6"
NOTICE = "#BD2C0F"
PRIMARY = "#0B50D0"


def text_width_mm(landscape: bool) -> int:
    return (HEIGHT_MM if landscape else WIDTH_MM) - LEFT_MM - RIGHT_MM


def em_width(text: str) -> float:
    """Rough width in em: Hangul and symbols of the East are full width, the rest half."""
    return sum(1.0 if ord(character) > 0x2000 and character != "–" else 0.5 for character in text)
