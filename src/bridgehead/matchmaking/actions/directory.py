"""Changing the directory: files taken in, doubles merged and taken apart again, consent, hosted-buyer conditions."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.kit.imports import language
from bridgehead.matchmaking.directory import Known, entries, records_for
from bridgehead.matchmaking.doubles import Entry
from bridgehead.matchmaking.models import BuyerFile, BuyerMerge, BuyerRecord, Hosting, Party
from bridgehead.matchmaking.worksheet import BuyerRow, Read, read
from bridgehead.organisations.models import Contact, Host, Organisation
from bridgehead.programmes.actions import free_slug

FILLED = ("phone", "website", "region", "sector", "name_ko", "name_en")


class SameForum(Exception):
    """Both take part in one forum: which of the two entries counts there is for an officer to say."""

    def __init__(self, forum: Any) -> None:
        super().__init__(
            _("Both are in the matchmaking of “%(forum)s”. Take one of them out there first, then merge.")
            % {"forum": forum}
        )


class CannotMerge(Exception):
    pass


class RowsRefused(Exception):
    def __init__(self) -> None:
        super().__init__(
            _("Nothing was imported, because some rows cannot be taken. Mend them, or import the good rows.")
        )


@dataclass
class BuyerPlan:
    """What importing a file would do. `known`: row → the buyer it is already, and the sign that tells."""

    read: Read
    new: list[BuyerRow] = field(default_factory=list)
    known: list[tuple[BuyerRow, Organisation, str]] = field(default_factory=list)
    #: Rows that are the same buyer as an earlier row of the file.
    repeated: list[tuple[int, int]] = field(default_factory=list)


def plan_buyers(*, host: Host, content: bytes) -> BuyerPlan:
    """Read the file and say what importing would do; changes nothing. Raises `worksheets.UnreadableSheet`."""
    plan = BuyerPlan(read(content, language()))
    plan.repeated = list(plan.read.doubles)
    records = records_for(Host.objects.filter(pk=host.pk))
    buyers = {record.organisation_id: record.organisation for record in records}
    known, within = Known(entries(records)), Known()
    numbers: dict[int, int] = {}
    for row in plan.read.rows:
        found = known.of(row)
        again = within.of(row) if found is None else None
        if found is not None:
            plan.known.append((row, buyers[found[0]], found[1]))
        elif again is not None:
            plan.repeated.append((row.number, numbers[again[0]]))
        else:
            key = -(len(numbers) + 1)
            numbers[key] = row.number
            within.entries.append(_as_entry(key, row))
            plan.new.append(row)
    return plan


def _as_entry(key: int, row: BuyerRow) -> Entry:
    return Entry(
        key=key,
        name=row.name,
        emails=frozenset(filter(None, [row.email])),
        phones=frozenset(filter(None, [row.phone])),
        website=row.website,
    )


@transaction.atomic
def import_buyers(*, host: Host, content: bytes, by: Any, partial: bool = False, name: str = "") -> int:
    """All new rows, or none where a row is refused (unless `partial`). Read again here, so that what was imported
    meanwhile is not imported twice. Raises RowsRefused."""
    Host.objects.select_for_update().get(pk=host.pk)
    plan = plan_buyers(host=host, content=content)
    if plan.read.refused and not partial:
        raise RowsRefused
    for row in plan.new:
        _add(host, row)
    if plan.new:
        data = {"file": name, "buyers": len(plan.new)}
        audit.record(by=by, verb="buyers.import", target=host, chain=host.slug, data=data)
    return len(plan.new)


def _add(host: Host, row: BuyerRow) -> BuyerRecord:
    korean = any("가" <= letter <= "힣" for letter in row.name)
    buyer = Organisation.objects.create(
        slug=free_slug(Organisation, row.name, "buyer", 80),
        kind=Organisation.Kind.BUYER,
        country=row.country,
        region=row.region,
        website=row.website,
        phone=row.phone if not row.contact else "",
        **{"name_ko" if korean else "name_en": row.name},
    )
    if row.contact or row.email:
        Contact.objects.create(
            organisation=buyer,
            name=row.contact or row.name[:100],
            email=row.email,
            phone=row.phone,
            language=row.language,
        )
    words = _("Stated in the file that was imported.") if row.consent else ""
    return BuyerRecord.objects.create(
        organisation=buyer,
        host=host,
        interest=row.interest,
        shared_at=timezone.now() if row.consent else None,
        shared_words=words,
    )


@transaction.atomic
def upload_buyers(*, host: Host, name: str, content: bytes, by: Any) -> BuyerFile:
    return BuyerFile.objects.create(host=host, name=name[:200], content=content, uploaded_by=by)


@transaction.atomic
def import_file(*, file: BuyerFile, by: Any, partial: bool = False) -> int:
    """Once; a file imported in another window is not imported again. Raises RowsRefused."""
    file = BuyerFile.objects.select_for_update().select_related("host").get(pk=file.pk)
    if file.imported_at is not None:
        return 0
    count = import_buyers(host=file.host, content=bytes(file.content), by=by, partial=partial, name=file.name)
    file.imported_at = timezone.now()
    file.save(update_fields=["imported_at"])
    return count


@transaction.atomic
def merge_buyers(*, kept: BuyerRecord, gone: BuyerRecord, host: Host, by: Any) -> BuyerMerge:
    """Everything that points to one buyer points to the other afterwards, in every room; blanks of the kept entry are
    filled. Nothing is deleted, and `undo_merge` puts all of it back. Raises SameForum, CannotMerge."""
    if kept.pk == gone.pk:
        raise CannotMerge(_("These are the same entry."))
    rows = BuyerRecord.objects.select_for_update().filter(pk__in=[kept.pk, gone.pk], merged_into=None)
    if rows.count() != 2:
        raise CannotMerge(_("One of the two was merged meanwhile. Reload the page."))
    one, other = kept.organisation, gone.organisation
    shared = Party.objects.filter(organisation=other, forum__parties__organisation=one).select_related(
        "forum__programme"
    )
    if both := shared.first():
        raise SameForum(both.forum)
    moved = {
        relation.related_model._meta.label: keys
        for relation in _pointing_to_buyers()
        if (keys := _move(relation, other, one))
    }
    filled = {
        name: getattr(other, name) for name in FILLED if not getattr(one, name) and getattr(other, name)
    }
    for name, value in filled.items():
        setattr(one, name, value)
    one.save(update_fields=list(filled) or None)
    BuyerRecord.objects.filter(pk=gone.pk).update(merged_into=one)
    merge = BuyerMerge.objects.create(
        kept=one,
        gone=other,
        host=host,
        moved=moved,
        filled=filled,
        made_by=by if getattr(by, "pk", None) else None,
    )
    data = {"kept": one.slug, "gone": other.slug}
    audit.record(by=by, verb="buyers.merge", target=one, chain=host.slug, data=data)
    return merge


def _pointing_to_buyers() -> list[Any]:
    """Foreign keys of all rooms to organisations, but for the directory's own."""
    own = {BuyerRecord, BuyerMerge}
    return [
        relation
        for relation in Organisation._meta.related_objects
        if (relation.one_to_many or relation.one_to_one) and relation.related_model not in own
    ]


def _move(relation: Any, source: Organisation, target: Organisation) -> list[str]:
    """Keys of the rows that now point to `target`; a row that `target` has already (the same contact) stays where it is."""
    name, model = relation.field.name, relation.related_model
    moved = []
    for row in model._base_manager.filter(**{name: source}):
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=row.pk).update(**{name: target})
        except IntegrityError:
            continue
        moved.append(f"{name}:{row.pk}")
    return moved


@transaction.atomic
def undo_merge(*, merge: BuyerMerge, by: Any) -> BuyerMerge:
    """Two entries again, each with what was its own; what came to the kept entry since stays with it."""
    merge = (
        BuyerMerge.objects.select_for_update(of=("self",))
        .select_related("kept", "gone", "host")
        .get(pk=merge.pk)
    )
    if merge.undone_at is not None:
        return merge
    for label, keys in merge.moved.items():
        model: type[models.Model] = apps.get_model(label)
        for key in keys:
            name, _colon, pk = key.partition(":")
            model._base_manager.filter(pk=pk, **{name: merge.kept}).update(**{name: merge.gone})
    changed = [name for name, value in merge.filled.items() if getattr(merge.kept, name) == value]
    for name in changed:
        setattr(merge.kept, name, "")
    if changed:
        merge.kept.save(update_fields=changed)
    BuyerRecord.objects.filter(organisation=merge.gone).update(merged_into=None)
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    audit.record(
        by=by, verb="buyers.unmerge", target=merge.kept, chain=merge.host.slug, data={"gone": merge.gone.slug}
    )
    return merge


@transaction.atomic
def share_buyer(*, party: Party, share: bool, words: str, by: Any, at: datetime | None = None) -> None:
    """The buyer agrees that other hosts may see its entry and invite it, or takes that back."""
    record, _made = BuyerRecord.objects.get_or_create(
        organisation=party.organisation, defaults={"host": party.forum.programme.host}
    )
    record.shared_at = (at or timezone.now()) if share else None
    record.shared_words = words if share else ""
    record.save(update_fields=["shared_at", "shared_words"])
    verb = "buyer.share" if share else "buyer.unshare"
    audit.record(by=by, verb=verb, target=party, chain=party.forum.programme.host.slug, at=at)


@transaction.atomic
def offer_hosting(
    *,
    party: Party,
    travel: str,
    nights: int,
    must_attend: int,
    guaranteed_meetings: int,
    by: Any,
    at: datetime | None = None,
) -> Hosting:
    """Offer conditions, or change them: then the buyer is asked again."""
    hosting, _made = Hosting.objects.update_or_create(
        party=party,
        defaults={
            "travel": travel.strip(),
            "nights": nights,
            "must_attend": must_attend,
            "state": Hosting.State.OFFERED,
            "offered_at": at or timezone.now(),
            "answered_at": None,
        },
    )
    Party.objects.filter(pk=party.pk).update(guaranteed_meetings=guaranteed_meetings)
    _record(hosting, "hosting.offer", by, at)
    return hosting


@transaction.atomic
def answer_hosting(*, hosting: Hosting, accept: bool, by: Any, at: datetime | None = None) -> Hosting:
    hosting.state = Hosting.State.ACCEPTED if accept else Hosting.State.DECLINED
    hosting.answered_at = at or timezone.now()
    hosting.save(update_fields=["state", "answered_at"])
    _record(hosting, "hosting.accept" if accept else "hosting.decline", by, at)
    return hosting


@transaction.atomic
def record_hosting(*, hosting: Hosting, travel_given: bool, nights_given: int, by: Any) -> Hosting:
    """What was really given, for the account of whether the conditions were kept."""
    hosting.travel_given, hosting.nights_given = travel_given, nights_given
    hosting.save(update_fields=["travel_given", "nights_given"])
    _record(hosting, "hosting.given", by, None)
    return hosting


def _record(hosting: Hosting, verb: str, by: Any, at: datetime | None) -> None:
    chain = hosting.party.forum.programme.host.slug
    data = {"nights": hosting.nights, "travel": hosting.travel}
    audit.record(by=by, verb=verb, target=hosting.party, chain=chain, data=data, at=at)
