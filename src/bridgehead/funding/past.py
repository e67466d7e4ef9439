"""Last year's settlement from a workbook in the order of the national subsidy ledger: read and explained first, then all or none.

The firm is taken from its own column (business registration number or name), else from 거래처. What is taken over is remembered and
never booked: see decision 28.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from bridgehead.engines import worksheets
from bridgehead.funding import rules
from bridgehead.funding.models import CostItem, PastLine
from bridgehead.kit.imports import Refusal, language
from bridgehead.organisations.models import Organisation
from bridgehead.organisations.queries import firms
from bridgehead.programmes.models import Programme

Column = worksheets.Column
SCHEMA = worksheets.Schema(
    "settlement",
    (
        Column("project", ("사업", "사업명", "Programme"), carry_down=True, max_length=200),
        Column(
            "item", ("세목", "비목", "지원항목", "Cost item"), required=True, carry_down=True, max_length=120
        ),
        Column("supplier", ("거래처", "거래처명", "공급자", "Paid to"), required=True, max_length=200),
        Column("on", ("일자", "집행일", "집행일자", "거래일자", "Date"), kind="date", required=True),
        Column("supply", ("공급가액", "Supply value"), kind="money", required=True),
        Column("vat", ("부가세", "부가가치세", "세액", "VAT"), kind="money"),
        Column("total", ("합계", "합계금액", "총액", "Total"), kind="money", required=True),
        Column("evidence", ("증빙", "증빙번호", "증빙서류", "Evidence"), max_length=200),
        Column("firm", ("기업", "기업명", "지원기업", "업체명", "Firm"), max_length=200),
        Column(
            "number", ("사업자등록번호", "사업자번호", "Business registration number"), kind="business_number"
        ),
        Column("state", ("상태", "State"), max_length=60),
    ),
    identity=("supplier", "on", "total", "evidence", "item", "firm"),
    amount="total",
)
_LEGAL_FORM = re.compile(r"\(주\)|㈜|주식회사|유한회사|\bco\.?,?\s*ltd\.?|\binc\.?")


@dataclass
class Plan:
    """What importing the file would do."""

    reading: worksheets.Reading
    lines: list[PastLine] = field(default_factory=list)
    known: list[int] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        return sum((line.total for line in self.lines), Decimal(0))

    @property
    def projects(self) -> list[str]:
        """What the file calls the programme; for the officer to see that it is the right file."""
        return sorted({line.project for line in self.lines if line.project})

    @property
    def unknown_items(self) -> list[str]:
        return sorted({line.item for line in self.lines if line.cost_item is None})

    @property
    def may_import(self) -> bool:
        return bool(self.lines) and not self.refused


def plan_import(*, programme: Programme, content: bytes) -> Plan:
    """Read the file and say what importing would do; changes nothing. Raises `worksheets.UnreadableSheet`."""
    options = worksheets.Options.for_period(programme.starts_on, programme.ends_on, currency=rules.WON)
    reading = worksheets.read(content, SCHEMA, options)
    plan = Plan(reading, refused=[Refusal(**cell.as_json(language())) for cell in reading.rejected])
    there = set(PastLine.objects.filter(programme=programme).values_list("key", flat=True))
    names, items = _Firms(firms()), _items(programme)
    for row in reading.rows:
        wrong, line = _line(programme, row, names, items)
        plan.refused += wrong
        if line is None:
            continue
        if line.key in there:
            plan.known.append(row.number)
        else:
            plan.lines.append(line)
    plan.refused.sort(key=lambda refusal: refusal.row)
    return plan


class _Firms:
    """Firms by registration number and by name, without the legal form and spaces."""

    def __init__(self, found: Iterable[Organisation]) -> None:
        self.by_number: dict[str, Organisation] = {}
        self.by_name: dict[str, list[Organisation]] = {}
        for firm in found:
            self.by_number[firm.business_number] = firm
            for name in {_folded(firm.name_ko), _folded(firm.name_en)} - {""}:
                self.by_name.setdefault(name, []).append(firm)

    def named(self, name: str) -> list[Organisation]:
        return self.by_name.get(_folded(name), [])


def _folded(name: str) -> str:
    return rules.folded(_LEGAL_FORM.sub("", name.casefold()))


def _items(programme: Programme) -> dict[str, CostItem]:
    return {
        rules.folded(name): item
        for item in programme.cost_items.filter(retired=False)
        for name in (item.code, item.name_ko, item.name_en)
        if name
    }


def _line(
    programme: Programme, row: worksheets.Row, names: _Firms, items: dict[str, CostItem]
) -> tuple[list[Refusal], PastLine | None]:
    values = row.values
    wrong, amounts = _amounts(row)
    firm = _firm(row, names)
    if isinstance(firm, Refusal):
        return [*wrong, firm], None
    if wrong:
        return wrong, None
    supply, vat, total = amounts
    evidence = values["evidence"] or ""
    facts = {"supplier": values["supplier"], "on": values["on"], "total": total}
    return [], PastLine(
        programme=programme,
        firm=firm,
        cost_item=items.get(rules.folded(values["item"])),
        row=row.number,
        project=values["project"] or "",
        item=values["item"],
        supply=supply,
        vat=vat,
        evidence=evidence,
        supplier_key=rules.folded(values["supplier"])[:200],
        key=rules.past_key(firm=firm.pk, item=values["item"], evidence=evidence, **facts),
        **facts,
    )


def _amounts(row: worksheets.Row) -> tuple[list[Refusal], tuple[Decimal, Decimal, Decimal]]:
    """Supply value, VAT and total, which have to agree with each other."""
    wrong, read = [], []
    for key in ("supply", "vat", "total"):
        amount = row.values[key]
        value = amount.value if amount else Decimal(0)
        if amount and amount.currency != rules.WON:
            wrong.append(
                _refusal(row, key, _("not in won"), _("Write the amount in won, as the ledger has it."))
            )
        elif value < 0:
            wrong.append(
                _refusal(
                    row, key, _("below zero"), _("Leave out what was taken back, or write the paid amount.")
                )
            )
        elif value >= 10**13:
            wrong.append(
                _refusal(row, key, _("more than any programme has"), _("Check the unit of the column."))
            )
        read.append(value)
    supply, vat, total = read
    if not wrong and total <= 0:
        wrong.append(_refusal(row, "total", _("nothing was paid"), _("Leave the row out.")))
    if not wrong and supply + vat != total:
        why = _("supply value and VAT come to %(sum)s") % {"sum": f"{supply + vat:,.0f}"}
        wrong.append(_refusal(row, "total", why, _("Correct the amount that is wrong.")))
    if not wrong and not rules.vat_adds_up(total, vat):
        why = _("more than a tenth of the supply value")
        wrong.append(_refusal(row, "vat", why, _("Correct the VAT; exempt goods have less, never more.")))
    return wrong, (supply, vat, total)


def _firm(row: worksheets.Row, names: _Firms) -> Organisation | Refusal:
    number, column = row.values["number"], "firm" if row.values["firm"] else "supplier"
    if number:
        found = names.by_number.get(number)
        return found or _refusal(row, "number", _("no firm has this number here"), _unknown())
    matches = names.named(row.values[column])
    if len(matches) == 1:
        return matches[0]
    if matches:
        return _refusal(
            row,
            column,
            _("several firms have this name"),
            _("Add a column with the business registration number."),
        )
    return _refusal(row, column, _("this firm is not known here"), _unknown())


def _unknown() -> str:
    return _("Write the name as the firm is registered here, or add its business registration number.")


def _refusal(row: worksheets.Row, key: str, why: str, mend: str) -> Refusal:
    """At the heading the file itself has for the column."""
    headings = SCHEMA.column(key).headings
    known = tuple(rules.folded(heading) for heading in headings)
    own = next((name for name in row.raw if rules.folded(name).startswith(known)), None)
    heading = own or (headings[0] if language() == "ko" else headings[-1])
    return Refusal(row.number, heading, row.raw.get(heading, ""), why, mend)
