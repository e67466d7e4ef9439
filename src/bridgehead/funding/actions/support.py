"""Support lines: promise, claim, approve, settle, refuse. `move_line` is the only writer of their state."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.funding import queries, rules
from bridgehead.funding.actions.accounts import lock_account, refresh
from bridgehead.funding.models import CostItem, SupportLine
from bridgehead.funding.rules import State
from bridgehead.kit.money import format_money
from bridgehead.kit.states import check_move
from bridgehead.organisations.models import Organisation
from bridgehead.programmes.models import Programme
from bridgehead.questions.actions import attach
from bridgehead.questions.rules.files import CheckedFile


class CapExceeded(Exception):
    """More than the cost item's cap leaves to the firm."""

    def __init__(self, *, item: CostItem, left: Decimal) -> None:
        super().__init__(
            _("The cap of “%(item)s” leaves this firm %(left)s. Lower the amount.")
            % {"item": item, "left": format_money(left, rules.WON)}
        )
        self.item, self.left = item, left


class NothingSupported(Exception):
    """The receipt is too small, or the cap is used up: the supported amount would be zero."""

    def __init__(self) -> None:
        super().__init__(_("Nothing of this receipt can be supported: the cap of the cost item is used up."))


class ReceiptUsed(Exception):
    """The same receipt stands on another line, of whichever host. Whose is not said."""

    def __init__(self) -> None:
        super().__init__(
            _("This receipt has already been used for a claim. Each receipt can be claimed once only.")
        )


class FourEyes(Exception):
    """Who promised or claimed a line may not approve it."""

    def __init__(self) -> None:
        super().__init__(_("You recorded this yourself. Another person has to approve it."))


class DoubleSupport(Exception):
    """Other hosts support the same cost; a note has to say why this is none of theirs."""

    def __init__(self, *, overlaps: list[queries.Overlap]) -> None:
        super().__init__(
            _(
                "Possible double support: %(hosts)s supports this firm for the same cost at the same fair. Call them,"
                " then write why this is no double support."
            )
            % {"hosts": ", ".join(overlap.host for overlap in overlaps)}
        )
        self.overlaps = overlaps


@transaction.atomic
def promise(
    *,
    programme: Programme,
    firm: Organisation,
    cost_item: CostItem,
    amount: Decimal,
    by: Any,
    mode: str = "",
    description: str = "",
) -> SupportLine:
    """Commit an amount to a firm. Raises CeilingExceeded or CapExceeded, each saying how much is left.

    `mode` is the cost item's unless given.
    """
    account = lock_account(programme=programme, firm=firm)
    left = queries.cap_left(cost_item, firm)
    if left is not None and amount > left:
        raise CapExceeded(item=cost_item, left=max(left, Decimal(0)))
    line = SupportLine(
        programme=programme,
        firm=firm,
        cost_item=cost_item,
        amount=amount,
        mode=mode or cost_item.mode,
        description=description,
        recorded_by=by,
    )
    line.full_clean(validate_constraints=False)
    line.save(force_insert=True)
    refresh(account, ceiling=queries.ceiling_today(programme))
    data = {"amount": amount, "cost_item": cost_item.code, "mode": line.mode}
    audit.record(by=by, verb="support.promise", target=line, chain=programme.host.slug, data=data)
    return line


@transaction.atomic
def promise_to(
    *,
    firms: Sequence[Organisation],
    cost_item: CostItem,
    amount: Decimal,
    by: Any,
    mode: str = "",
    description: str = "",
) -> list[SupportLine]:
    """The same promise to several firms: all of them or, when one has no room, none. Locks in a fixed order."""
    return [
        promise(
            programme=cost_item.programme,
            firm=firm,
            cost_item=cost_item,
            amount=amount,
            by=by,
            mode=mode,
            description=description,
        )
        for firm in sorted(firms, key=lambda firm: firm.pk)
    ]


@transaction.atomic
def move_line(
    *,
    line: SupportLine,
    to: str,
    by: Any,
    reason: str = "",
    data: dict[str, Any] | None = None,
    **changes: Any,
) -> SupportLine:
    """The one writer of a line's state: checks the move, writes the changes, balances the account, records it.

    Raises WrongMove, and ReceiptUsed when the database finds the receipt on another line.
    """
    account = lock_account(programme=line.programme, firm=line.firm)
    line.refresh_from_db(fields=["state", "amount"])
    old = line.state
    check_move(rules.MOVES[line.mode], old, to)
    for name, value in {**changes, "state": to}.items():
        setattr(line, name, value)
    try:
        with transaction.atomic():
            line.save(update_fields=["state", *changes])
    except IntegrityError as error:
        if changes.get("receipt_key"):
            raise ReceiptUsed from error
        raise
    refresh(account, ceiling=queries.ceiling_today(line.programme))
    facts = {"from": old, "to": to, "amount": line.amount, **(data or {})}
    audit.record(
        by=by,
        verb=f"support.{to}",
        target=line,
        chain=line.programme.host.slug,
        reason=reason,
        data=facts,
    )
    return line


@transaction.atomic
def claim(
    *,
    line: SupportLine,
    by: Any,
    receipt_number: str,
    receipt_issuer: str,
    receipt_on: date,
    receipt_amount: Decimal,
    receipt_currency: str = rules.WON,
    receipt: CheckedFile | None = None,
) -> SupportLine:
    """The firm's receipt for a promised line; the line's amount becomes what the rules support of it. The picture of
    the receipt is kept with the line.

    Raises ReceiptUsed, NothingSupported, WrongMove, and kit.money.NoRate when the receipt's day has no rate.
    """
    lock_account(programme=line.programme, firm=line.firm)
    line.refresh_from_db(fields=["state", "amount"])
    check_move(rules.MOVES[line.mode], line.state, State.CLAIMED)
    computed = rules.supported(
        receipt=receipt_amount,
        currency=receipt_currency,
        on=receipt_on,
        percent=line.cost_item.rate,
        promised=line.amount,
        cap_left=queries.cap_left(line.cost_item, line.firm, beside=line),
    )
    if computed.amount <= 0:
        raise NothingSupported
    key = rules.receipt_key(
        number=receipt_number,
        issuer=receipt_issuer,
        on=receipt_on,
        amount=receipt_amount,
        currency=receipt_currency,
    )
    files = attach(files={"receipt": receipt} if receipt else {}, owner=line, by=by)
    return move_line(
        line=line,
        to=State.CLAIMED,
        by=by,
        data={"computation": computed.as_json()},
        amount=computed.amount,
        computation=computed.as_json(),
        receipt_number=receipt_number,
        receipt_issuer=receipt_issuer,
        receipt_on=receipt_on,
        receipt_amount=receipt_amount,
        receipt_currency=receipt_currency,
        receipt_key=key,
        receipt_id=files.get("receipt"),
        rate=computed.rate,
        rate_on=computed.rate_on,
        claimed_by=by,
        claimed_at=timezone.now(),
    )


@transaction.atomic
def approve(*, line: SupportLine, by: Any, overlap_note: str = "") -> SupportLine:
    """Let a claim, or a promise in kind, be settled. Raises FourEyes and DoubleSupport."""
    line.refresh_from_db(fields=["recorded_by", "claimed_by"])
    if by.pk in {line.recorded_by_id, line.claimed_by_id}:
        raise FourEyes
    overruled = _overruled(line, overlap_note)
    return move_line(
        line=line,
        to=State.APPROVED,
        by=by,
        reason=overlap_note,
        data={"overlaps": overruled.get("overlap_hosts", [])},
        approved_by=by,
        approved_at=timezone.now(),
        **overruled,
    )


@transaction.atomic
def settle(*, line: SupportLine, by: Any, on: date, overlap_note: str = "") -> SupportLine:
    """Pay an approved line, or mark it given in kind. Overlaps found since the approval need a note of their own."""
    overruled = _overruled(line, overlap_note)
    return move_line(
        line=line,
        to=rules.settled(line.mode),
        by=by,
        reason=overlap_note,
        data={"on": on, "overlaps": overruled.get("overlap_hosts", [])},
        settled_on=on,
        **overruled,
    )


def _overruled(line: SupportLine, note: str) -> dict[str, Any]:
    """What to write about overlaps with other hosts. Raises DoubleSupport for one that no note speaks of."""
    line.refresh_from_db(fields=["overlap_hosts", "overlap_note"])
    found = queries.overlaps(line)
    new = [overlap for overlap in found if overlap.host_slug not in line.overlap_hosts]
    if new and not note.strip():
        raise DoubleSupport(overlaps=new)
    if not new:
        return {}
    notes = [text for text in (line.overlap_note, note.strip()) if text]
    return {"overlap_note": "\n".join(notes), "overlap_hosts": sorted(overlap.host_slug for overlap in found)}


@transaction.atomic
def refuse(*, line: SupportLine, by: Any, reason: str) -> SupportLine:
    """Give up a promise or turn down a claim; the amount is free again, and so is the receipt."""
    return move_line(line=line, to=State.REFUSED, by=by, reason=reason, refusal_reason=reason)


@transaction.atomic
def release_promises(*, programme: Programme, firm: Organisation, by: Any, reason: str) -> int:
    """A firm that withdrew claims nothing any more: what was only promised is free again."""
    lines = SupportLine.objects.filter(programme=programme, firm=firm, state=State.PROMISED)
    return len([refuse(line=line, by=by, reason=reason) for line in lines.order_by("pk")])
