"""How the hot loops are compiled: once, kept on disk, and without holding up other threads.

The first run after an installation spends half a minute on compiling.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from numba import njit


def _forget_stale(folder: Path) -> None:
    """numba looks only at the file a function stands in, not at those of the functions it calls."""
    newest = max(source.stat().st_mtime for source in folder.glob("*.py"))
    for kept in (folder / "__pycache__").glob("*.nb?"):
        if kept.stat().st_mtime < newest:
            kept.unlink(missing_ok=True)


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """`njit` with a cache; in memory only where no folder can be written."""
    try:
        return njit(cache=True, nogil=True)(function)  # type: ignore[no-any-return]
    except RuntimeError:
        return njit(nogil=True)(function)  # type: ignore[no-any-return]


_forget_stale(Path(__file__).parent)
