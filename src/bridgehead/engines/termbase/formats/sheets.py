"""Workbooks and CSV: one row a term. What is edited in a spreadsheet comes back as it went out.

What belongs to a concept stands in its first row, what belongs to a language in the first row of that language; a row
may hold a definition without a term. Rows of a concept carry its id and need not be neighbours.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest

import xlsxwriter

from bridgehead.engines.termbase.folding import fold, nfc
from bridgehead.engines.termbase.formats.building import Builder
from bridgehead.engines.termbase.model import RELATIONS, TERM_DETAILS, Concept, Definition, Term, related
from bridgehead.engines.termbase.problems import Loss, TermbaseError
from bridgehead.engines.worksheets.messages import UnreadableSheet
from bridgehead.engines.worksheets.schema import Limits
from bridgehead.engines.worksheets.workbook import read_workbook

COLUMNS = (
    *("id", "field", "lang", "term", "status", *TERM_DETAILS),
    *("definition", "definition_source", "concept_note", *RELATIONS, "images", "uri"),
)
#: Other headings for the same column.
_ALIASES = {
    "concept": "id",
    "conceptid": "id",
    "식별자": "id",
    "번호": "id",
    "subjectfield": "field",
    "분야": "field",
    "language": "lang",
    "언어": "lang",
    "용어": "term",
    "상태": "status",
    "품사": "pos",
    "partofspeech": "pos",
    "발음": "pronunciation",
    "한자": "hanja",
    "로마자": "romanisation",
    "romanization": "romanisation",
    "성": "gender",
    "말의층위": "register",
    "어원": "origin",
    "사용처": "where",
    "비고": "note",
    "출처": "source",
    "용례": "context",
    "정의": "definition",
    "정의출처": "definition_source",
    "정의의출처": "definition_source",
}
_HEADINGS = {fold(name): name for name in COLUMNS} | {fold(alias): name for alias, name in _ALIASES.items()}
_FORMULA = re.compile("'*[=+\\-@\t\r＝＋－＠]")
_SEPARATOR = " | "
_CELL = 32_767  # characters Excel keeps in a cell
_LIMITS = Limits(bytes=150_000_000, unpacked_bytes=1_000_000_000, rows=1_048_576, cells=30_000_000)
_MOMENT = datetime(2000, 1, 1)  # so that the same concepts give the same workbook

Row = dict[str, str]


def write_csv(concepts: Sequence[Concept]) -> tuple[bytes, list[Loss]]:
    """UTF-8 with a byte order mark, as Excel wants it. No cell can run as a formula; reading undoes that."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in _table(concepts):
        writer.writerow([_harmless(row.get(name, "")) for name in COLUMNS])
    return b"\xef\xbb\xbf" + out.getvalue().encode(), _losses(concepts)


def write_xlsx(concepts: Sequence[Concept]) -> tuple[bytes, list[Loss]]:
    """A workbook in which every cell is text, also in the next edit."""
    out, losses = io.BytesIO(), _losses(concepts)
    workbook = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    workbook.set_properties({"created": _MOMENT})
    sheet, bold, text = (
        workbook.add_worksheet("terms"),
        workbook.add_format({"bold": True}),
        workbook.add_format(),
    )
    text.set_num_format("@")
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(COLUMNS) - 1, 18, text)
    sheet.write_row(0, 0, COLUMNS, bold)
    for number, row in enumerate(_table(concepts), 1):
        for column, name in enumerate(COLUMNS):
            if value := row.get(name, ""):
                if len(value) > _CELL:
                    losses.append(Loss(row["id"], name, value))
                sheet.write_string(number, column, _harmless(value)[:_CELL])
    sheet.autofilter(0, 0, max(1, number if concepts else 1), len(COLUMNS) - 1)
    workbook.close()
    return out.getvalue(), losses


def _losses(concepts: Iterable[Concept]) -> list[Loss]:
    return [
        Loss(concept.id, name, json.dumps(value, ensure_ascii=False))
        for concept in concepts
        for name, value in concept.extra.items()
    ]


def _harmless(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _as_written(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _table(concepts: Iterable[Concept]) -> Iterator[Row]:
    for concept in concepts:
        about: Row = {"field": concept.subject, "uri": concept.uri, "images": _SEPARATOR.join(concept.images)}
        about |= {relation: _SEPARATOR.join(getattr(concept, relation)) for relation in RELATIONS}
        for row in _languages(concept):
            yield {"id": concept.id, **about, **row}
            about = {}


def _languages(concept: Concept) -> Iterator[Row]:
    """Rows of a concept, its terms in their own order, with the definitions and the note of a language from its first term."""
    definitions = {lang: [d for d in concept.definitions if d.lang == lang] for lang in _all_langs(concept)}
    notes = dict(concept.notes)
    for term in concept.terms:
        row = {"lang": term.lang, "term": term.text, "status": term.status}
        row |= {name: getattr(term, name) for name in TERM_DETAILS}
        if left := definitions.get(term.lang):
            row |= _defined(left.pop(0))
        yield row | {"concept_note": notes.pop(term.lang, "")}
    for lang, left in definitions.items():
        for definition, note in zip_longest(left, [notes.pop(lang)] if lang in notes else []):
            yield {"lang": lang, "concept_note": note or ""} | (_defined(definition) if definition else {})


def _all_langs(concept: Concept) -> Iterable[str]:
    return dict.fromkeys((*concept.langs, *(each.lang for each in concept.definitions), *concept.notes))


def _defined(definition: Definition) -> Row:
    return {"definition": definition.text, "definition_source": definition.source}


def read_csv(content: bytes, build: Builder) -> None:
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise TermbaseError(f"no valid CSV: {error}", line) from error
    _read(rows, build)


def read_xlsx(content: bytes, build: Builder) -> None:
    try:
        grids = read_workbook(content, _LIMITS)
    except UnreadableSheet as error:
        raise TermbaseError(str(error)) from error
    if not grids:
        raise TermbaseError("the workbook has no sheet")
    grid = grids[0]
    for row, _column in sorted(grid.faults):
        build.wrong(row + 1, "a formula has no usable value")
    _read([(number, [_shown(value) for value in row]) for number, row in enumerate(grid.rows, 1)], build)


def _shown(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            failed = error
    raise TermbaseError(
        "the text is neither UTF-8 nor CP949", content.count(b"\n", 0, failed.start) + 1
    ) from failed


def _read(rows: list[tuple[int, list[str]]], build: Builder) -> None:
    rows = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]
    line, heading = rows[0] if rows else (1, [])
    columns = [_HEADINGS.get(fold(cell), "") for cell in heading]
    missing = [name for name in ("id", "lang", "term") if name not in columns]
    if missing:
        raise TermbaseError(f"the first row must name the columns; missing: {', '.join(missing)}", line)
    for name, cell in zip(columns, heading, strict=True):
        if not name and cell.strip():
            build.warn(line, f"the column “{cell}” was not taken over")
    concepts: dict[str, _Gathered] = {}
    for line, cells in rows[1:]:
        row = {name: nfc(_as_written(cell)) for name, cell in zip(columns, cells, strict=False) if name}
        if not row.get("id"):
            build.wrong(line, "a row has no id")
        else:
            concepts.setdefault(row["id"], _Gathered(line)).take(row, line, build)
    for id, gathered in concepts.items():
        build.add(gathered.concept(id), gathered.line)


@dataclass
class _Gathered:
    """What the rows of one concept say."""

    line: int
    said: Row = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)

    def take(self, row: Row, line: int, build: Builder) -> None:
        lang, text = row.get("lang", ""), row.get("term", "")
        for name in ("field", "uri", "images", *RELATIONS):
            if (value := row.get(name)) and self.said.setdefault(name, value) != value:
                build.wrong(
                    line, f"“{row['id']}” has two values for {name}: “{self.said[name]}” and “{value}”"
                )
        if row.get("definition"):
            self.definitions.append(Definition(lang, row["definition"], row.get("definition_source", "")))
        if row.get("concept_note"):
            self.notes[lang] = "\n".join(filter(None, (self.notes.get(lang), row["concept_note"])))
        if text:
            said = {name: row[name] for name in ("status", *TERM_DETAILS) if row.get(name)}
            self.terms.append(Term(lang, text, **said))
        elif not row.get("definition") and not row.get("concept_note"):
            build.wrong(line, f"“{row['id']}” has a row without a term")

    def concept(self, id: str) -> Concept:
        several = {
            name: [each for each in self.said.get(name, "").split(_SEPARATOR) if each]
            for name in (*RELATIONS, "images")
        }
        return Concept(
            id=id,
            terms=tuple(self.terms),
            subject=self.said.get("field", ""),
            definitions=tuple(self.definitions),
            notes=self.notes,
            uri=self.said.get("uri", ""),
            images=tuple(several["images"]),
            **related(several),
        )
