"""A document laid out as a flat run of lines and boxes: the part every writer shares.

Numbering, bullets and the closing “끝.” are decided here once, so that HWPX, PDF and XLSX say the same words.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from django.utils.translation import gettext, override

from bridgehead.documents import shown
from bridgehead.documents.blocks import (
    Align,
    Block,
    Bullets,
    Document,
    Heading,
    KeyFigures,
    Numbered,
    Paragraph,
    Picture,
    Table,
)
from bridgehead.documents.numbering import mark, numbered
from bridgehead.documents.press import bulleted

Role = Literal["title", "about", "notice", "heading", "paragraph", "item", "bullet", "end"]
END = "끝."


@dataclass(frozen=True)
class Line:
    """One paragraph of the finished document; `mark` is its number or bullet, `level` its depth from 1."""

    role: Role
    text: str
    mark: str = ""
    level: int = 1
    align: Align = "left"

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", shown.clean(self.text))

    @property
    def whole(self) -> str:
        return f"{self.mark} {self.text}" if self.mark else self.text


Part = Line | Table | Picture | KeyFigures


def about(document: Document) -> list[str]:
    """Organisation, date, author, source and “as of”, each where it is known, in the document's language."""
    meta, language = document.meta, document.language
    with override(language):
        facts = [
            meta.organisation,
            shown.date(meta.date, language) if meta.date else "",
            gettext("Author: %s") % meta.author if meta.author else "",
            gettext("As of %s") % shown.moment_or_date(meta.as_of, language) if meta.as_of else "",
            gettext("Source: %s") % meta.source if meta.source else "",
        ]
    return [fact for fact in facts if fact]


def parts(document: Document) -> list[Part]:
    """The whole document in reading order, title first, with the closing mark where it belongs."""
    run: list[Part] = [Line("title", document.title, align="center")]
    if document.meta.notice:
        run.append(Line("notice", document.meta.notice, align="center"))
    facts = about(document)
    if facts:
        run.append(Line("about", " · ".join(facts), align="right"))
    run += _body(document)
    return _ended(run) if document.ends and document.language == "ko" and document.blocks else run


def _body(document: Document) -> Iterator[Part]:
    positions: list[int] = []
    for block in document.blocks:
        if isinstance(block, Heading):
            yield _heading(block, positions, document)
        else:
            yield from _placed(block, document, len(positions) if document.number_headings else 0)


def _heading(block: Heading, positions: list[int], document: Document) -> Line:
    """Count the heading on its level; deeper counts start again under it."""
    level = min(block.level, len(positions) + 1)
    del positions[level:]
    if len(positions) < level:
        positions.append(0)
    positions[level - 1] += 1
    number = mark(level, positions[level - 1], document.language) if document.number_headings else ""
    return Line("heading", block.text, number, level)


def _placed(block: Block, document: Document, depth: int) -> Iterator[Part]:
    """Lists under a numbered heading continue one level below it: 가. under 1."""
    if isinstance(block, Numbered):
        for level, number, text in numbered(block.items, document.language, depth + 1):
            yield Line("item", text, number, level)
    elif isinstance(block, Bullets):
        for level, bullet, text in bulleted(block.items):
            yield Line("bullet", text, bullet, level)
    elif isinstance(block, Paragraph):
        yield Line("paragraph", block.text, align=block.align)
    elif isinstance(block, Table | Picture) or (isinstance(block, KeyFigures) and block.figures):
        yield block


def _ended(run: list[Part]) -> list[Part]:
    """“끝.” two spaces after the last text; after a table or picture on the next line, indented by two."""
    last = run[-1]
    if isinstance(last, Line):
        return [*run[:-1], replace(last, text=f"{last.text}  {END}")]
    return [*run, Line("end", f"  {END}")]
