"""Double support, found before anything is paid: the same cost supported by another programme, the same file or nearly the same
photo on another claim, of whichever host.

An officer of another host learns that there is an overlap, and whom to call; nothing else.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from bridgehead.funding.models import PastLine, ReceiptPrint, SupportLine
from bridgehead.funding.rules import LIVE, WON, folded

#: Bits in which two perceptual hashes of one photo may differ: seven, so that one of eight bytes is surely equal.
MOST_BITS = 7
COST, FILE, PHOTO, PAST = "cost", "file", "photo", "past"


@dataclass(frozen=True)
class Overlap:
    """One finding. `line_pk` is for a host's own lines only; of another host's line nothing but the host is told."""

    kind: str
    key: str
    host_slug: str
    host: str
    contact: str
    line_pk: int | None = None
    programme_slug: str = ""


def overlaps(line: SupportLine) -> list[Overlap]:
    """What speaks against paying this line, in four indexed queries at most."""
    found = [_told(line, other, COST) for other in _same_cost(line)]
    found += [_told_of_past(line, past) for past in _paid_before(line)]
    own = ReceiptPrint.objects.filter(line=line).first()
    if own is None:
        return found
    same = _claims().filter(print__sha256=own.sha256).exclude(pk=line.pk)
    found += [_told(line, other, FILE) for other in same]
    if own.perceptual:
        near = _near(own).exclude(print__sha256=own.sha256)
        found += [_told(line, other, PHOTO) for other in near if _close(own, other)]
    return found


def unruled(line: SupportLine) -> list[Overlap]:
    """The findings that nobody has overruled, or that a second person has not confirmed yet."""
    ruled = set(line.overlap_keys) if line.overlap_confirmed_by_id else set()
    return [overlap for overlap in overlaps(line) if overlap.key not in ruled]


def _claims() -> QuerySet[SupportLine]:
    lines = SupportLine.objects.filter(state__in=LIVE)
    return lines.select_related("programme__host", "print").order_by("programme__host__slug", "pk")


def _same_cost(line: SupportLine) -> QuerySet[SupportLine]:
    """The same firm and cost in another programme of the same fair edition; without an edition, of the same period."""
    programme = line.programme
    if programme.edition_id is not None:
        together = Q(programme__edition=programme.edition_id)
    else:
        together = Q(
            programme__edition=None,
            programme__starts_on__lte=programme.ends_on,
            programme__ends_on__gte=programme.starts_on,
        )
    code = line.cost_code or line.cost_item.code
    alike = Q(cost_item__code=code, cost_code="") | Q(cost_code=code)
    same = _claims().filter(together, alike, firm=line.firm_id)
    return same.exclude(programme=programme)


def _paid_before(line: SupportLine) -> QuerySet[PastLine]:
    """The same receipt in an imported settlement: supplier, day and amount. Old workbooks have no number that could be trusted."""
    if not line.receipt_number or line.receipt_currency != WON or line.receipt_on is None:
        return PastLine.objects.none()
    if line.receipt_amount is None:
        return PastLine.objects.none()
    same = PastLine.objects.filter(
        supplier_key=folded(line.receipt_issuer)[:200], on=line.receipt_on, total=line.receipt_amount
    )
    return same.select_related("programme__host").order_by("pk")


def _told_of_past(line: SupportLine, past: PastLine) -> Overlap:
    host, key = past.programme.host, f"{PAST}:{past.pk}"
    own = past.programme.slug if host.pk == line.programme.host_id else ""
    return Overlap(PAST, key, host.slug, host.name, host.contact, None, own)


def _near(own: ReceiptPrint) -> QuerySet[SupportLine]:
    """Lines with a photo of which at least one byte of the hash is equal."""
    equal = (Q(**{f"print__byte{n}": getattr(own, f"byte{n}")}) for n in range(8))
    return _claims().filter(reduce(or_, equal)).exclude(pk=own.line_id)


def _close(own: ReceiptPrint, other: SupportLine) -> bool:
    difference = int(own.perceptual, 16) ^ int(other.print.perceptual, 16)
    return difference.bit_count() <= MOST_BITS


def _told(line: SupportLine, other: SupportLine, kind: str) -> Overlap:
    host = other.programme.host
    key = f"{kind}:{other.pk}"
    if host.pk == line.programme.host_id:
        return Overlap(kind, key, host.slug, host.name, host.contact, other.pk, other.programme.slug)
    return Overlap(kind, key, host.slug, host.name, host.contact)
