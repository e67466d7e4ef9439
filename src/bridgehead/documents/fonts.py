"""Where the fonts of printed pages and charts are."""

from pathlib import Path

FAMILY = "Pretendard GOV"
_REPOSITORY = Path(__file__).resolve().parents[3]
_PACKAGE = Path("node_modules/pretendard-gov/dist/public/static")


def font_directories(repository: Path = _REPOSITORY) -> list[Path]:
    """Folders with Pretendard GOV; empty where the assets are not installed, then system fonts are used.

    The folder holds the OpenType files only at its top, so its web fonts are not read.
    """
    folder = repository / _PACKAGE
    return [folder] if folder.is_dir() else []
