"""A firm's list of goods as officers and makers keep it, read and explained before anything is entered.

A product is recognised by its firm and its article number: the same file taken in twice enters nothing the second time,
and what is recorded is never changed by an import.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bridgehead.catalogue import lists
from bridgehead.catalogue.models import Product, is_hs_code
from bridgehead.engines import worksheets
from bridgehead.engines.worksheets import Column
from bridgehead.kit.imports import Refusal, language
from bridgehead.organisations.models import Organisation


def _names(entries: Mapping[str, lists.Entry]) -> dict[str, tuple[str, ...]]:
    return {code: (entry.ko, entry.en) for code, entry in entries.items()}


BASES = {
    "exw": ("EXW", "공장인도", "공장도"),
    "fob": ("FOB", "본선인도"),
    "wholesale": ("도매", "도매가", "Wholesale"),
    "retail": ("소매", "소비자가", "소매가", "Retail"),
}
_COUNT: dict[str, Any] = {"kind": "integer", "minimum": Decimal(0)}
_PRICE: dict[str, Any] = {"kind": "money", "minimum": Decimal(0)}
#: The first heading of each is Korean and the last English: those of the empty sheet and of the export.
COLUMNS = (
    Column("firm", ("기업명", "업체명", "상호", "회사명", "Company", "Firm"), max_length=200),
    Column(
        "business_number",
        ("사업자등록번호", "사업자번호", "Business number", "Business registration number"),
        kind="business_number",
    ),
    Column("code", ("품번", "제품번호", "모델명", "Model", "SKU", "Article number"), required=True, max_length=40),
    Column("name_ko", ("제품명(국문)", "제품명", "품명", "국문명", "Name (ko)", "Name in Korean"), required=True, max_length=120),
    Column("name_en", ("제품명(영문)", "영문명", "영문 제품명", "Name", "Product name", "Name in English"), max_length=120),
    Column("category", ("분류", "품목", "카테고리", "Category"), kind="choice", choices=_names(lists.categories())),
    Column("materials", ("소재", "재질", "재료", "Material", "Materials"), max_length=300),
    Column("price_min", ("가격(최저)", "최저가", "단가", "가격", "Price", "Unit price", "Price from"), **_PRICE),
    Column("price_max", ("가격(최고)", "최고가", "Price to"), **_PRICE),
    Column("currency", ("통화", "화폐", "Currency"), kind="currency"),
    Column("price_basis", ("가격 조건", "가격기준", "거래조건", "Price basis"), kind="choice", choices=BASES),
    Column("capacity", ("월 생산량", "월생산능력", "생산능력", "Capacity", "Capacity per month"), **_COUNT),
    Column("minimum_order", ("최소 주문량", "최소주문수량", "MOQ", "Minimum order"), **_COUNT),
    Column("lead_time", ("납기(일)", "납기", "Lead time", "Lead time in days"), **_COUNT),
    Column("hs_code", ("HS 코드", "HS부호", "세번", "HS code"), max_length=20),
    Column("description_ko", ("설명(국문)", "제품설명", "설명", "Description (ko)", "Description in Korean"), verbatim=True, max_length=4000),
    Column("description_en", ("설명(영문)", "영문 설명", "Description", "Description in English"), verbatim=True, max_length=4000),
)  # fmt: skip
#: Only a row that says the same in every cell is a repeated one; the same number with other contents is refused.
SCHEMA = worksheets.Schema("products", COLUMNS, identity=tuple(column.key for column in COLUMNS))


@dataclass(frozen=True)
class Entry:
    """One product as it will be entered, a draft."""

    row: int
    firm: Organisation
    materials: list[str]
    fields: dict[str, Any]


@dataclass(frozen=True)
class Known:
    """A product that is there already; `changed` where the file says something else about it."""

    row: int
    product: Product
    changed: bool


@dataclass
class Plan:
    """What importing the file would do."""

    reading: worksheets.Reading
    entries: list[Entry] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)
    repeated: list[tuple[int, int]] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def refused_rows(self) -> int:
        return len({refusal.row for refusal in self.refused})

    def to_enter(self, *, partial: bool) -> list[Entry]:
        return self.entries if partial or not self.refused else []


def heading(key: str) -> str:
    names = SCHEMA.column(key).headings
    return names[0] if language() == "ko" else names[-1]


def plan_import(*, firms: QuerySet[Organisation], content: bytes) -> Plan:
    """Read the file and say what importing would do; changes nothing. Raises `worksheets.UnreadableSheet`.

    Goods of other firms than `firms` are refused; where it is only one, its name may be left out.
    """
    reading = worksheets.read(content, SCHEMA)
    plan, finder = Plan(reading), _Finder(firms)
    plan.refused = [Refusal(**cell.as_json(language())) for cell in reading.rejected]
    plan.repeated = [(double.row.number, double.same_as) for double in reading.duplicates]
    rows = [(row, finder.firm_of(row)) for row in reading.rows]
    there = _there({firm.pk for _row, firm in rows if isinstance(firm, Organisation)})
    first: dict[tuple[int, str], int] = {}
    for row, firm in rows:
        if isinstance(firm, Refusal):
            plan.refused.append(firm)
            continue
        place = (firm.pk, row.values["code"])
        if place in first:
            plan.refused.append(_twice(row, first[place]))
            continue
        first[place] = row.number
        _sort_in(plan, row, firm, there.get(place))
    plan.refused.sort(key=lambda refusal: refusal.row)
    return plan


def _there(firms: set[int]) -> dict[tuple[int, str], Product]:
    found = Product.objects.filter(firm__in=firms).prefetch_related("made_of")
    return {(product.firm_id, product.code): product for product in found}


def _sort_in(plan: Plan, row: worksheets.Row, firm: Organisation, product: Product | None) -> None:
    entry = _entry(row, firm)
    if not isinstance(entry, Entry):
        plan.refused += entry
    elif product is None:
        plan.entries.append(entry)
    else:
        plan.known.append(Known(row.number, product, _differs(product, entry)))


def _differs(product: Product, entry: Entry) -> bool:
    said = any(getattr(product, name) != value for name, value in entry.fields.items())
    return said or {made.material for made in product.made_of.all()} != set(entry.materials)


class _Finder:
    """Firms by their business registration number, else by their exact name."""

    def __init__(self, firms: QuerySet[Organisation]) -> None:
        self.all = list(firms)
        self.by_number = {firm.business_number: firm for firm in self.all if firm.business_number}
        self.by_name: dict[str, list[Organisation]] = {}
        for firm in self.all:
            for name in {_plain(firm.name_ko), _plain(firm.name_en)} - {""}:
                self.by_name.setdefault(name, []).append(firm)

    def firm_of(self, row: worksheets.Row) -> Organisation | Refusal:
        number, name = row.values.get("business_number"), row.values.get("firm") or ""
        if number:
            found = [self.by_number[number]] if number in self.by_number else []
        elif name:
            found = self.by_name.get(_plain(name), [])
        else:
            found = self.all if len(self.all) == 1 else []
        if len(found) == 1:
            return found[0]
        column, value = ("business_number", number) if number else ("firm", name)
        if not value:
            why, mend = _("no firm is named"), _("Write its name or its business registration number.")
        elif found:
            why, mend = _("several firms have this name"), _("Write the business registration number.")
        else:
            why, mend = (
                _("no firm you enter for is called so"),
                _("Compare it with the firm's registered name and number."),
            )
        return Refusal(row.number, heading(column), str(value), why, mend)


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


def _twice(row: worksheets.Row, first: int) -> Refusal:
    why = _("row %(row)s has the same article number with other contents") % {"row": first}
    return Refusal(
        row.number, heading("code"), row.values["code"], why, _("Give each product its own number.")
    )


def _entry(row: worksheets.Row, firm: Organisation) -> Entry | list[Refusal]:
    values, refused = row.values, []
    fields = {
        name: values.get(name) or ""
        for name in (
            "code",
            "name_ko",
            "name_en",
            "category",
            "description_ko",
            "description_en",
            "price_basis",
        )
    }
    fields |= {name: values.get(name) for name in ("capacity", "minimum_order", "lead_time")}
    wrong: list[tuple[str, str, str]] = []
    materials, unknown = _materials(values.get("materials") or "")
    if unknown:
        wrong.append(("materials", ", ".join(unknown), _("not in the list of materials")))
    fields["hs_code"] = "".join(sign for sign in values.get("hs_code") or "" if sign not in " .-")
    try:
        if fields["hs_code"]:
            is_hs_code(fields["hs_code"])
    except ValidationError as error:
        wrong.append(("hs_code", str(values["hs_code"]), error.messages[0].rstrip(".")))
    fields |= _prices(values, wrong)
    refused = [
        Refusal(row.number, heading(column), value, why, _mend(column)) for column, value, why in wrong
    ]
    return refused or Entry(row.number, firm, materials, fields)


def _mend(column: str) -> str:
    if column == "materials":
        return _("Use the words of the empty sheet's second page, with commas between them.")
    if column == "price_basis":
        return _("Write EXW, FOB, wholesale or retail.")
    return _("Correct the cell.")


def _prices(values: dict[str, Any], wrong: list[tuple[str, str, str]]) -> dict[str, Any]:
    low, high = values.get("price_min"), values.get("price_max")
    if low is None:
        if high is not None:
            wrong.append(("price_min", "", _("a highest price without a lowest")))
        return {"price_min": None, "price_max": None, "currency": "", "price_basis": ""}
    if high is not None and (high.value < low.value or high.currency != low.currency):
        wrong.append(("price_max", str(high), _("not above the lowest price, or in another currency")))
    if not values.get("price_basis"):
        wrong.append(("price_basis", "", _("a price does not say what it includes")))
    return {
        "price_min": low.value,
        "price_max": high.value if high is not None else None,
        "currency": low.currency,
        "price_basis": values.get("price_basis") or "",
    }


def _materials(text: str) -> tuple[list[str], list[str]]:
    """Codes in the order written, and words the list does not have."""
    by_name = {
        _plain(name): entry.code
        for entry in lists.materials().values()
        for name in (entry.code, entry.ko, entry.en)
    }
    found, unknown = [], []
    for word in text.replace(";", ",").replace("/", ",").split(","):
        code = by_name.get(_plain(word))
        if code:
            found.append(code)
        elif word.strip():
            unknown.append(word.strip())
    return list(dict.fromkeys(found)), unknown


def as_json(plan: Plan, *, file: str, entered: int, dry_run: bool) -> dict[str, Any]:
    """The object of `import … --json`."""
    document = plan.reading.as_json(file=file, imported=entered, dry_run=dry_run, lang=language())
    document["rows"] = len(plan.entries) + len(plan.known)
    document["duplicates"] += [{"row": one.row, "recorded_as": str(one.product.pk)} for one in plan.known]
    document["rejected"] = [vars(refusal) for refusal in plan.refused]
    document["warnings"] += [
        {
            "row": one.row,
            "why": _("already recorded, with other contents"),
            "mend": _("Imports never change what is recorded. Change this product on its page."),
        }
        for one in plan.known
        if one.changed
    ]
    document["totals"] = {"amount": None, "currency": None}
    return document
