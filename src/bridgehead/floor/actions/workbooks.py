"""Consultations out of a workbook: read and explained first, then imported, all or nothing unless told otherwise."""

import difflib
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.engines import worksheets
from bridgehead.engines.worksheets.headings import heading_key, split_heading
from bridgehead.floor.actions.consultations import Entry, log_many
from bridgehead.floor.actions.stages import Reached
from bridgehead.floor.models import Batch, Consultation, Stage
from bridgehead.floor.queries import awarded_firms, fingerprint_of, known_fingerprints
from bridgehead.floor.rules import fingerprint, plain_name, today_at
from bridgehead.kit.imports import Refusal, language
from bridgehead.kit.money import quantize
from bridgehead.organisations.models import Organisation
from bridgehead.programmes.models import Programme

ID_HEADINGS = ("상담 ID", "Consultation ID")
LARGEST = Decimal(10) ** 15
SCHEMA = worksheets.Schema(
    name=worksheets.CONSULTATIONS.name,
    columns=(worksheets.Column("id", ID_HEADINGS), *worksheets.CONSULTATIONS.columns),
    identity=("id", *worksheets.CONSULTATIONS.identity),
    amount=worksheets.CONSULTATIONS.amount,
)


class AlreadyImported(Exception):
    """The upload was imported before, perhaps in another window."""

    def __init__(self, batch: Batch) -> None:
        super().__init__(_("“%(file)s” has been imported already.") % {"file": batch.file_name})


class RowsRefused(Exception):
    """Some rows cannot be taken, and nobody said to take the others alone."""

    def __init__(self) -> None:
        super().__init__(
            _("Nothing was imported, because some rows cannot be taken. Mend them, or import the good rows.")
        )


@dataclass(frozen=True)
class Double:
    """A row that is there already: in the file (`same_as`) or in the programme (`known`).

    `changed` says that the file says something else of it; an import never changes what is recorded.
    """

    row: int
    same_as: int | None = None
    known: Consultation | None = None
    changed: bool = False


@dataclass
class Plan:
    """What importing a file would do."""

    reading: worksheets.Reading
    programme: Programme
    entries: list[Entry] = field(default_factory=list)
    doubles: list[Double] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    totals: dict[str, Decimal] = field(default_factory=dict)
    pursued: dict[str, Decimal] = field(default_factory=dict)
    good: int = 0

    def to_import(self, *, partial: bool) -> list[Entry]:
        return self.entries if partial or not self.refused else []

    @property
    def known(self) -> list[Double]:
        return [double for double in self.doubles if double.known]

    @property
    def repeated(self) -> list[Double]:
        return [double for double in self.doubles if not double.known]


def plan_import(*, programme: Programme, content: bytes) -> Plan:
    """Read the file and say what importing would do; changes nothing. Raises `worksheets.UnreadableSheet`."""
    options = worksheets.Options.for_period(programme.starts_on, programme.ends_on)
    reading = worksheets.read(content, SCHEMA, options)
    plan = Plan(reading, programme)
    plan.refused = [Refusal(**cell.as_json(language())) for cell in reading.rejected]
    plan.doubles = [Double(double.row.number, same_as=double.same_as) for double in reading.duplicates]
    _Sorter(plan).sort(reading.rows)
    plan.refused.sort(key=lambda refusal: refusal.row)
    plan.doubles.sort(key=lambda double: double.row)
    return plan


class _Sorter:
    """Puts each good row of the reading where it belongs: new, known, repeated or refused."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.firms = FirmFinder(awarded_firms(plan.programme))
        self.known = known_fingerprints(plan.programme)
        self.by_id = {str(talk.pk): talk for talk in self.known.values()}
        self.seen: dict[str, int] = {}
        self.today = today_at(plan.programme, timezone.now())

    def sort(self, rows: Iterable[worksheets.Row]) -> None:
        for row in rows:
            result = self.firms.find(row)
            if isinstance(result, Refusal):
                self.plan.refused.append(result)
                continue
            self._take(row, result)

    def _take(self, row: worksheets.Row, firm: Organisation) -> None:
        entry = entry_of(row, firm, self.plan.programme)
        problem = self._problem(row, entry)
        if problem:
            self.plan.refused.append(problem)
            return
        self._count(entry)
        talk = self.by_id.get((row.values["id"] or "").strip().lower()) or self.known.get(entry.fingerprint)
        if talk:
            changed = fingerprint_of(talk) != entry.fingerprint and talk.fingerprint != entry.fingerprint
            self.plan.doubles.append(Double(row.number, known=talk, changed=changed))
        elif entry.fingerprint in self.seen:
            self.plan.doubles.append(Double(row.number, same_as=self.seen[entry.fingerprint]))
        else:
            self.seen[entry.fingerprint] = row.number
            self.plan.entries.append(entry)

    def _problem(self, row: worksheets.Row, entry: Entry) -> Refusal | None:
        if entry.held_on > self.today:
            return _refuse(row, "date", _("this day is still to come"), _("Correct the date."))
        amounts = [entry.amount, *(reached.amount for reached in entry.stages)]
        if max(amounts) >= LARGEST:
            return _refuse(row, "amount", _("more than can be recorded"), _("Check the amount and its unit."))
        return None

    def _count(self, entry: Entry) -> None:
        self.plan.good += 1
        totals, pursued = self.plan.totals, self.plan.pursued
        if entry.amount:
            totals[entry.currency] = totals.get(entry.currency, Decimal(0)) + entry.amount
        for reached in entry.stages:
            pursued[reached.currency] = pursued.get(reached.currency, Decimal(0)) + reached.amount


class FirmFinder:
    """Finds the firm a row means: by its business number, else by its name in either language, never by likeness."""

    def __init__(self, firms: Iterable[Organisation]) -> None:
        self.firms = list(firms)
        self.by_number = {firm.business_number: firm for firm in self.firms if firm.business_number}
        self.by_name: dict[str, list[Organisation]] = {}
        for firm in self.firms:
            for name in {plain_name(firm.name_ko), plain_name(firm.name_en)} - {""}:
                self.by_name.setdefault(name, []).append(firm)

    def find(self, row: worksheets.Row) -> Organisation | Refusal:
        number, name = row.values["business_number"] or "", row.values["firm"] or ""
        if number in self.by_number:
            return self.by_number[number]
        found = self.by_name.get(plain_name(name), [])
        if not found:
            return _refuse(row, "firm", _("no firm of this programme has this name"), self._closest(name))
        if len(found) > 1:
            why, mend = _("several firms have this name"), _("Add the business registration number.")
            return _refuse(row, "firm", why, mend)
        if number and found[0].business_number:
            why = _("%(firm)s has another business registration number") % {"firm": found[0]}
            return _refuse(row, "business_number", why, _("Correct the number or the name."))
        return found[0]

    def _closest(self, name: str) -> str:
        close = difflib.get_close_matches(plain_name(name), list(self.by_name), n=3, cutoff=0.4)
        names = dict.fromkeys(str(firm) for match in close for firm in self.by_name[match])
        if names:
            return _("Did you mean %(names)s? Write the name as it was registered.") % {
                "names": ", ".join(names)
            }
        return _("Write the firm's name or business registration number as in its application.")


def _refuse(row: worksheets.Row, key: str, why: str, mend: str) -> Refusal:
    heading = _heading(row, key)
    return Refusal(row.number, heading, row.raw.get(heading, ""), why, mend)


def _heading(row: worksheets.Row, key: str) -> str:
    """The heading the column has in the file."""
    names = SCHEMA.column(key).headings
    wanted = {heading_key(name) for name in names}
    return next(
        (heading for heading in row.raw if heading_key(split_heading(heading)[0]) in wanted), names[0]
    )


def entry_of(row: worksheets.Row, firm: Organisation, programme: Programme) -> Entry:
    """The consultation a row says, with the pursued rung where it states an amount for it."""
    values = row.values
    amount, pursued = values["amount"], values["pursued"]
    currency = (
        (amount or pursued).currency if amount or pursued else values["currency"] or programme.result_currency
    )
    total = quantize(amount.value, currency) if amount else Decimal(0)
    stages = []
    if pursued and pursued.value > 0:
        value = quantize(pursued.value, pursued.currency)
        stages.append(Reached(Stage.PURSUED, value, pursued.currency, values["date"]))
    entry_print = fingerprint(
        firm_id=firm.pk,
        held_on=values["date"],
        buyer_name=values["buyer"],
        buyer_country=values["country"] or "",
        product=values["product"] or "",
        amount=total,
        currency=currency,
        pursued=stages[0].amount if stages else None,
        pursued_currency=stages[0].currency if stages else "",
    )
    return Entry(
        firm=firm,
        held_on=values["date"],
        buyer_name=values["buyer"],
        buyer_country=values["country"] or "",
        buyer_contact=values["contact"] or "",
        product=values["product"] or "",
        amount=total,
        currency=currency,
        note=values["note"] or "",
        stages=stages,
        fingerprint=entry_print,
        batch_row=row.number,
    )


@transaction.atomic
def upload_batch(*, programme: Programme, file_name: str, content: bytes, by: Any) -> Batch:
    """Keep an upload for its preview; earlier previews of the same person that came to nothing are cleared away."""
    for old in Batch.objects.filter(programme=programme, uploaded_by=by, imported_at__isnull=True):
        old.file.delete(save=False)
        old.delete()
    batch = Batch(
        programme=programme,
        file_name=file_name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
    )
    batch.file.save(file_name, ContentFile(content), save=False)
    batch.save()
    return batch


@transaction.atomic
def import_batch(*, batch: Batch, partial: bool, by: Any) -> int:
    """Import what the preview showed, read again now: another import may have come in between. Gives the number of rows."""
    Programme.objects.select_for_update().get(pk=batch.programme_id)
    batch = Batch.objects.select_for_update(of=("self",)).select_related("programme__host").get(pk=batch.pk)
    if batch.imported_at:
        raise AlreadyImported(batch)
    with batch.file.open() as file:
        plan = plan_import(programme=batch.programme, content=file.read())
    if plan.refused and not partial:
        raise RowsRefused
    entries = plan.to_import(partial=partial)
    if not entries:
        return 0
    batch.sheet, batch.imported_at, batch.rows_imported = (
        plan.reading.sheet[:100],
        timezone.now(),
        len(entries),
    )
    batch.save(update_fields=["sheet", "imported_at", "rows_imported"])
    log_many(programme=batch.programme, entries=entries, by=by, batch=batch)
    return len(entries)
