"""A file opened to plain grids of cells, whatever its format."""

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .messages import UnreadableSheet
from .schema import Limits

Merge = tuple[int, int, int, int]  # top, left, bottom, right; zero-based, inclusive


@dataclass
class Grid:
    """One sheet. Rows and columns count from zero, at the sheet's own top left corner.

    `faults` are cells whose formula has no usable value: (row, column) → message code and parameters.
    """

    name: str
    rows: list[list[Any]]
    merges: dict[tuple[int, int], Merge] = field(default_factory=dict)
    faults: dict[tuple[int, int], tuple[str, dict[str, str]]] = field(default_factory=dict)
    visible: bool = True
    keeps_merges: bool = True

    @functools.cached_property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def own(self, row: int, column: int) -> Any:
        """What the cell itself holds."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""

    def spread(self, row: int, column: int) -> Any:
        """What a reader sees there: a merged cell shows its top left value everywhere."""
        merge = self.merges.get((row, column))
        return self.own(merge[0], merge[1]) if merge else self.own(row, column)

    def filled_count(self, row: int) -> int:
        return sum(1 for _ in self.filled(row))

    def filled(self, row: int) -> Iterator[tuple[int, Any]]:
        """The non-empty cells of one row, with their columns."""
        for column, value in enumerate(self.rows[row]):
            if value is not None and (not isinstance(value, str) or value.strip()):
                yield column, value


def spread_merges(
    ranges: Iterable[Merge], height: int, width: int, limits: Limits
) -> dict[tuple[int, int], Merge]:
    """Each merged cell's range, clipped to the sheet: a range of the whole sheet must not cost memory."""
    cells: dict[tuple[int, int], Merge] = {}
    budget = limits.cells
    for top, left, bottom, right in ranges:
        bottom, right = min(bottom, height - 1), min(right, width - 1)
        budget -= max(0, bottom - top + 1) * max(0, right - left + 1)
        if budget < 0:
            raise UnreadableSheet("too_big", limit=f"{limits.cells:,} cells")
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                cells[row, column] = (top, left, bottom, right)
    return cells
