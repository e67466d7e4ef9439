"""What came out of a file: rows, refusals, doubles, ignored rows, checks of sums, and totals."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from .amounts import decimal_text
from .messages import Lang, Problem
from .rows import Check


@dataclass(frozen=True)
class Row:
    """One row of data. `number` is the file's own; `fingerprint` is the same in any copy of the file."""

    number: int
    values: dict[str, Any]
    raw: dict[str, str]
    fingerprint: str


@dataclass(frozen=True)
class Rejected:
    """A cell that cannot be taken, why, and how to mend it."""

    row: int
    column: str
    value: str
    problem: Problem

    def as_json(self, lang: Lang = "en") -> dict[str, Any]:
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "why": self.problem.why(lang),
            "mend": self.problem.mend(lang),
        }


@dataclass(frozen=True)
class Duplicate:
    """A row identical, in the schema's identity, to an earlier one of the same file."""

    row: Row
    same_as: int


@dataclass(frozen=True)
class Ignored:
    """A row that is no data: `code` is title, unit, heading, subtotal, total or note."""

    row: int
    code: str

    def why(self, lang: Lang = "en") -> str:
        return Problem(self.code).why(lang)


@dataclass(frozen=True)
class Warned:
    """Something to look at that does not stop the import; `row` is None where it is about the whole file."""

    row: int | None
    column: str | None
    problem: Problem
    stated: str | None = None
    read: str | None = None

    def as_json(self, lang: Lang = "en") -> dict[str, Any]:
        entry = {"row": self.row, "column": self.column, "stated": self.stated, "read": self.read}
        stated = {key: value for key, value in entry.items() if value is not None}
        return {**stated, "why": self.problem.why(lang), "mend": self.problem.mend(lang)}


@dataclass
class Reading:
    """The whole result. `rows` are the good rows, each once; nothing is decided about importing them."""

    sheet: str
    header_row: int
    unit: str
    amount_key: str | None
    rows: list[Row] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    totals: dict[str, dict[str, Decimal]] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        """True where all rows may be imported."""
        return not self.rejected

    def new_rows(self, known: Iterable[str]) -> list[Row]:
        """The good rows whose fingerprint is not among those imported before."""
        before = set(known)
        return [row for row in self.rows if row.fingerprint not in before]

    def as_json(self, *, file: str, imported: int, dry_run: bool, lang: Lang = "en") -> dict[str, Any]:
        """The object of `import … --json`."""
        return {
            "file": file,
            "sheet": self.sheet,
            "header_row": self.header_row,
            "unit": self.unit,
            "rows": len(self.rows),
            "imported": imported,
            "duplicates": [{"row": each.row.number, "same_as": each.same_as} for each in self.duplicates],
            "rejected": [each.as_json(lang) for each in self.rejected],
            "ignored": [{"row": each.row, "why": each.why(lang)} for each in self.ignored],
            "warnings": [each.as_json(lang) for each in self.warnings],
            "totals": self._totals_json(),
            "dry_run": dry_run,
        }

    def _totals_json(self) -> dict[str, Any]:
        """One amount in one currency; several currencies are listed and never added together."""
        totals = self.totals.get(self.amount_key or "", {})
        stated = [{"amount": decimal_text(value, code), "currency": code} for code, value in totals.items()]
        if len(stated) == 1:
            return stated[0]
        return {"amount": None, "currency": None, **({"by_currency": stated} if stated else {})}
