"""Fonts of the printed dictionary: Pretendard GOV for Korean and Latin, Noto Sans CJK for everything with ideographs.

Both are open (SIL OFL); only the glyphs that are used go into a file.
"""

from functools import cache
from importlib.resources import files
from pathlib import Path

import typst

FAMILIES = ("Pretendard GOV", "Noto Sans CJK JP", "DejaVu Sans")
IDEOGRAPHIC = ("Noto Sans CJK JP", "Pretendard GOV")
_REPOSITORY = Path(__file__).resolve().parents[5]
_PRETENDARD = _REPOSITORY / "node_modules/pretendard-gov/dist/public/static"


@cache
def fonts() -> typst.Fonts:
    """Reading the fonts takes longer than setting a page, so it is done once a process.

    System fonts serve the scripts neither family has (Arabic, Hebrew, Thai).
    """
    carried = Path(str(files("noto_cjk_sans_jp_regular")))
    folders = [folder for folder in (_PRETENDARD, carried) if folder.is_dir()]
    return typst.Fonts(include_system_fonts=True, font_paths=folders)
