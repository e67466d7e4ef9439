"""A firm's claim with its receipt: for a promised line, or, where the programme takes such claims, without a promise."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.funding import queries, rules
from bridgehead.funding.actions.accounts import Refused, hold
from bridgehead.funding.actions.support import move_line, save_with_receipt
from bridgehead.funding.models import CostItem, MoneyTerms, ReceiptPrint, SupportLine, Terms
from bridgehead.funding.papers import required
from bridgehead.funding.prints import print_of
from bridgehead.funding.rules import State
from bridgehead.kit.clock import today
from bridgehead.kit.states import check_move
from bridgehead.organisations.models import Organisation
from bridgehead.questions.actions import attach
from bridgehead.questions.models import Attachment
from bridgehead.questions.rules.files import CheckedFile


class NothingSupported(Refused):
    """The receipt is too small, or the cap is used up: the supported amount would be zero."""

    def __init__(self) -> None:
        super().__init__(_("Nothing of this receipt can be supported: the cap of the cost item is used up."))


class OutsideTerms(Refused):
    """A claim after closing, or a receipt from outside the days that are supported."""


class PapersMissing(Refused):
    """The terms of the cost item ask for documents that have not come."""

    def __init__(self, *, missing: list[Terms.Document]) -> None:
        names = ", ".join(str(kind.label) for kind in missing)
        super().__init__(_("Add these documents: %(documents)s.") % {"documents": names})
        self.missing = missing


@dataclass(frozen=True)
class Receipt:
    """What a receipt says, as typed beside its photo."""

    receipt_number: str
    receipt_issuer: str
    receipt_on: date
    receipt_amount: Decimal
    receipt_currency: str = rules.WON
    receipt_vat: Decimal | None = None
    quantity: Decimal | None = None

    @property
    def key(self) -> str:
        return rules.receipt_key(
            number=self.receipt_number,
            issuer=self.receipt_issuer,
            on=self.receipt_on,
            amount=self.receipt_amount,
            currency=self.receipt_currency,
        )


def _check_days(terms: MoneyTerms, receipt: Receipt) -> None:
    close = terms.claims_close_on
    if close and today(terms.programme.zone) > close:
        raise OutsideTerms(_("Claims closed on %(day)s.") % {"day": date_format(close, "DATE_FORMAT")})
    first, last = terms.costs_from or receipt.receipt_on, terms.costs_until or receipt.receipt_on
    if not first <= receipt.receipt_on <= last:
        raise OutsideTerms(
            _("Only receipts from %(first)s to %(last)s are supported.")
            % {
                "first": date_format(terms.costs_from, "DATE_FORMAT") if terms.costs_from else "…",
                "last": date_format(terms.costs_until, "DATE_FORMAT") if terms.costs_until else "…",
            }
        )


def _compute(line: SupportLine, receipt: Receipt) -> rules.Computation:
    """By the terms in force on the day of the receipt."""
    _check_days(queries.money_terms(line.programme), receipt)
    terms = queries.terms_on(line.cost_item, receipt.receipt_on)
    computed = rules.supported(
        receipt=receipt.receipt_amount,
        currency=receipt.receipt_currency,
        on=receipt.receipt_on,
        percent=terms.rate,
        promised=line.promised or None,
        cap_left=queries.cap_left(line.cost_item, line.firm, beside=line, on=receipt.receipt_on),
        units=rules.units_of(terms, quantity=receipt.quantity, area=line.area),
    )
    if computed.amount <= 0:
        raise NothingSupported
    return computed


def _keep_file(line: SupportLine, receipt: CheckedFile | None, by: Any) -> dict[str, Any]:
    """Store the picture with its print, by which it is known again; nothing where none was sent."""
    if receipt is None:
        return {}
    stored = attach(files={"receipt": receipt}, owner=line, by=by)["receipt"]
    attachment = Attachment.objects.get(pk=stored)
    ReceiptPrint.objects.update_or_create(line=line, defaults=print_of(attachment))
    return {"receipt_id": stored}


def _keep_papers(line: SupportLine, papers: Mapping[str, CheckedFile] | None, by: Any) -> dict[str, Any]:
    """Store what came; what came with an earlier claim of the line stays. Raises PapersMissing."""
    came = {kind: file for kind, file in (papers or {}).items() if file}
    terms = queries.terms_on(line.cost_item, line.receipt_on or today())
    missing = [kind for kind in required(terms) if kind not in {*came, *line.papers}]
    if missing:
        raise PapersMissing(missing=missing)
    return {"papers": {**line.papers, **attach(files=came, owner=line, by=by)}}


def _claimed(line: SupportLine, computed: rules.Computation, receipt: Receipt, by: Any) -> dict[str, Any]:
    """The columns of a line that is claimed with this receipt."""
    within = queries.money_terms(line.programme).settle_within
    return {
        "due_on": today(line.programme.zone) + timedelta(days=within),
        "reminded_on": None,
        "endorsed_by": None,
        "endorsed_at": None,
        "amount": computed.amount,
        "computation": computed.as_json(),
        **asdict(receipt),
        "receipt_key": receipt.key,
        "rate": computed.rate,
        "rate_on": computed.rate_on,
        "claimed_by": by,
        "claimed_at": timezone.now(),
        "return_note": "",
        "returned_fields": [],
    }


@transaction.atomic
def claim(
    *,
    line: SupportLine,
    by: Any,
    receipt: CheckedFile | None = None,
    papers: Mapping[str, CheckedFile] | None = None,
    **facts: Any,
) -> SupportLine:
    """The firm's receipt for a promised line, or the mended one of a line sent back; the line's amount becomes what the
    rules support of it. `facts` are those of Receipt; its picture is kept with the line, and so are the `papers` its terms
    ask for (Terms.Document → file).

    Raises ReceiptUsed, NothingSupported, PapersMissing, OutsideTerms, WrongMove, and kit.money.NoRate when the receipt's day has no rate.
    """
    said = Receipt(**facts)
    hold(item=line.cost_item, firm=line.firm)
    line.refresh_from_db(fields=["state", "amount", "promised"])
    check_move(rules.MOVES[line.mode], line.state, State.CLAIMED)
    computed = _compute(line, said)
    line.receipt_on = said.receipt_on
    changes = _claimed(line, computed, said, by) | _keep_papers(line, papers, by)
    changes |= _keep_file(line, receipt, by)
    data = {"computation": computed.as_json()}
    return move_line(line=line, to=State.CLAIMED, by=by, data=data, **changes)


@transaction.atomic
def claim_without_promise(
    *,
    cost_item: CostItem,
    firm: Organisation,
    by: Any,
    description: str = "",
    receipt: CheckedFile | None = None,
    papers: Mapping[str, CheckedFile] | None = None,
    **facts: Any,
) -> SupportLine:
    """A cost nobody promised to bear. It commits nothing; approval finds out whether ceiling and budget have room.

    Raises ReceiptUsed, NothingSupported, PapersMissing, OutsideTerms and kit.money.NoRate.
    """
    said = Receipt(**facts)
    hold(item=cost_item, firm=firm)
    line = SupportLine(
        programme=cost_item.programme,
        firm=firm,
        cost_item=cost_item,
        mode=CostItem.Mode.CASH,
        state=State.CLAIMED,
        description=description,
        recorded_by=by,
    )
    computed = _compute(line, said)
    for name, value in _claimed(line, computed, said, by).items():
        setattr(line, name, value)
    line.full_clean(validate_constraints=False)
    save_with_receipt(line, force_insert=True)
    stored = _keep_papers(line, papers, by) | _keep_file(line, receipt, by)
    for name, value in stored.items():
        setattr(line, name, value)
    line.save(update_fields=list(stored))
    audit.record(
        by=by,
        verb="support.claimed",
        target=line,
        chain=line.programme.host.slug,
        data={"from": "", "to": line.state, "amount": line.amount, "computation": computed.as_json()},
    )
    return line
