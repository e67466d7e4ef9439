"""Bullets of Korean press releases: ○ for a statement, – for its detail, · below that."""

from collections.abc import Iterator, Sequence

from bridgehead.documents.blocks import Item

MARKS = ("○", "–", "·")


def bulleted(items: Sequence[Item], level: int = 1) -> Iterator[tuple[int, str, str]]:
    """(level, mark, text) of every item in reading order; below the third level the mark stays ·."""
    for item in items:
        yield level, MARKS[min(level, len(MARKS)) - 1], item.text
        yield from bulleted(item.children, level + 1)


def as_text(items: Sequence[Item]) -> str:
    """The bullets as plain text, indented by two spaces a level, for mail and feeds."""
    return "\n".join(f"{'  ' * (level - 1)}{mark} {text}" for level, mark, text in bulleted(items))
