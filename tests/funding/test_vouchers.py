"""Vouchers as money: what a voucher holds is what the ledger says, whatever is done with it and by how many at once."""

import random
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from bridgehead.accounts.models import User
from bridgehead.calls.signals import award_made, award_withdrawn
from bridgehead.funding import actions, settlement, steps
from bridgehead.funding.actions import CHECKS, vouchers
from bridgehead.funding.actions.ledger import VoucherExceeded
from bridgehead.funding.actions.vouchers.asking import NotApproved, NotUsable, TooManyAsked
from bridgehead.funding.actions.vouchers.booking import QuoteOver
from bridgehead.funding.actions.vouchers.ending import NotLater
from bridgehead.funding.models import (
    Booking,
    LedgerEntry,
    Quote,
    SupportLine,
    Voucher,
    VoucherTerms,
)
from bridgehead.funding.overlaps import overlaps
from bridgehead.funding.voucher_rules import BOOKING_MOVES, QUOTE_MOVES, shared
from bridgehead.kit.clock import today
from bridgehead.kit.states import WrongMove
from bridgehead.mailing.models import Mail
from tests.factories.calls import a_call, an_application, an_award
from tests.factories.funding import a_ceiling, a_cost_item, a_promise, a_source
from tests.factories.organisations import a_firm, a_host, a_user, maker_of, staff
from tests.factories.programmes import a_programme
from tests.factories.vouchers import (
    a_booking,
    a_provider,
    a_quote,
    a_voucher,
    a_voucher_item,
    an_accepted_booking,
    an_invoice,
)
from tests.funding.test_together import REFUSALS, in_threads, shared_database, the_balances_add_up

__all__ = ["shared_database"]
pytestmark = pytest.mark.django_db
State = SupportLine.State


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def pay(line):
    actions.approve(line=line, by=a_user())
    return actions.settle(line=line, by=a_user(), on=today(), checks=CHECKS)


def test_booking_draws_on_the_voucher_and_changes_no_other_balance():
    item = a_voucher_item()
    a_ceiling(item.programme, 2_000_000)
    voucher = a_voucher(item, value=2_000_000)
    booking = a_booking(voucher, 500_000)
    assert (fresh(voucher).remaining, fresh(voucher).used) == (Decimal(1_500_000), Decimal(500_000))
    assert (booking.covered, booking.own_share) == (Decimal(500_000), Decimal(0))
    assert fresh(item).committed == Decimal(2_000_000)
    assert voucher.line.firm.firm_accounts.get().committed == Decimal(2_000_000)


def test_voucher_pays_its_share_and_the_firm_the_rest():
    voucher = a_voucher(a_voucher_item(rate=Decimal(70)), value=1_000_000)
    first, second = a_booking(voucher, 1_000_000), a_booking(voucher, 1_000_000)
    assert (first.covered, first.own_share) == (Decimal(700_000), Decimal(300_000))
    assert (second.covered, second.own_share) == (Decimal(300_000), Decimal(700_000))
    assert fresh(voucher).remaining == 0
    with pytest.raises(NotUsable):
        a_quote(fresh(voucher))


def test_settlement_pays_the_provider_out_of_the_sources():
    item = a_voucher_item()
    source = a_source(item.programme)
    booking = an_accepted_booking(a_voucher(item))
    line = pay(an_invoice(booking))
    assert (line.state, line.paid, line.payee) == ("paid", Decimal(500_000), booking.provider.organisation)
    assert fresh(source).spent == Decimal(500_000)
    assert fresh(booking.voucher).remaining == Decimal(1_500_000)
    told = Mail.objects.filter(kind="funding.voucher_paid").values_list("to", "subject")
    assert list(told) == [(line.claimed_by.email, "바우처 지급 완료: 번역")]


def test_invoice_below_the_price_gives_the_rest_back_and_a_refused_one_gives_all_back():
    voucher = a_voucher()
    line = an_invoice(an_accepted_booking(voucher, 500_000), receipt_amount=Decimal(420_000))
    assert (line.amount, fresh(voucher).remaining) == (Decimal(420_000), Decimal(1_580_000))
    actions.send_back(line=line, by=a_user(), note="The date is missing.")
    assert fresh(voucher).remaining == Decimal(1_580_000)
    actions.refuse(line=line, by=a_user(), reason="Not for this fair")
    assert fresh(voucher).remaining == Decimal(2_000_000)


def test_mended_invoice_takes_no_more_than_the_voucher_still_holds():
    voucher = a_voucher(value=1_000_000)
    booking = an_accepted_booking(voucher, 600_000)
    line = an_invoice(booking, receipt_amount=Decimal(400_000))
    a_booking(voucher, 600_000)
    actions.send_back(line=line, by=a_user(), note="The total is wrong.")
    with pytest.raises(VoucherExceeded) as refused:
        an_invoice(booking, receipt_amount=Decimal(600_000))
    assert (refused.value.left, refused.value.asked) == (Decimal(0), Decimal(200_000))


def test_reversed_payment_is_on_the_voucher_again():
    voucher = a_voucher()
    line = pay(an_invoice(an_accepted_booking(voucher)))
    actions.reverse(line=line, by=a_user(), reason="Wrong account")
    assert fresh(voucher).remaining == Decimal(2_000_000)


def test_expiry_returns_what_is_not_booked_to_the_budget_and_bookings_go_on(time_machine):
    item = a_voucher_item(budget=Decimal(2_000_000))
    voucher = a_voucher(item, value=2_000_000, expires_on=today() + timedelta(days=10))
    booking = an_accepted_booking(voucher, 500_000)
    assert vouchers.expire_vouchers() == 0
    time_machine.move_to(timezone.now() + timedelta(days=11))
    assert (vouchers.expire_vouchers(), vouchers.expire_vouchers()) == (1, 0)
    voucher = fresh(voucher)
    assert (voucher.state, voucher.remaining, fresh(item).left) == ("expired", 0, Decimal(1_500_000))
    entry = LedgerEntry.objects.filter(line=voucher.line).latest("pk")
    assert (entry.kind, entry.committed, entry.by) == ("release", Decimal(-1_500_000), None)
    assert pay(an_invoice(booking)).paid == Decimal(500_000)


def test_what_an_ended_voucher_had_booked_returns_to_the_budget():
    item = a_voucher_item()
    voucher = a_voucher(item)
    booking = a_booking(voucher, 500_000)
    vouchers.cancel_voucher(voucher=voucher, reason="Closed workshop", by=a_user())
    vouchers.cancel_booking(booking=booking, reason="Closed workshop", by=a_user())
    assert (fresh(voucher).remaining, fresh(item).committed) == (0, 0)


def test_reopened_voucher_holds_what_bookings_have_not_used():
    voucher = a_voucher(value=2_000_000)
    kept, given_up = a_booking(voucher, 500_000), a_booking(voucher, 300_000)
    vouchers.cancel_voucher(voucher=fresh(voucher), reason="By mistake", by=a_user())
    vouchers.cancel_booking(booking=given_up, reason="Too late", by=a_user())
    vouchers.reopen_voucher(voucher=fresh(voucher), by=a_user())
    voucher = fresh(voucher)
    assert (voucher.state, voucher.remaining, voucher.used) == ("valid", Decimal(1_500_000), kept.covered)


def test_reopening_needs_room_in_the_budget():
    item = a_voucher_item(budget=Decimal(2_000_000))
    voucher = a_voucher(item, value=2_000_000)
    vouchers.cancel_voucher(voucher=voucher, reason="By mistake", by=a_user())
    a_voucher(item, value=1_000_000)
    with pytest.raises(actions.BudgetExceeded):
        vouchers.reopen_voucher(voucher=fresh(voucher), by=a_user())
    assert fresh(voucher).state == "cancelled"


def test_reminders_come_once_thirty_and_once_seven_days_before(time_machine):
    voucher = a_voucher(expires_on=today() + timedelta(days=31))
    maker_of(voucher.line.firm, language="en")
    told = []
    for _day in range(33):
        told.append(vouchers.remind_of_expiry())
        time_machine.move_to(timezone.now() + timedelta(days=1))
    assert [day for day, count in enumerate(told) if count] == [1, 24]
    mails = Mail.objects.filter(kind="funding.voucher_expires_soon").order_by("pk")
    assert [mail.subject for mail in mails] == [
        f"Your voucher {voucher.number} ends in {days} days" for days in (30, 7)
    ]


def test_extending_moves_the_last_day_and_reminds_anew():
    voucher = a_voucher(expires_on=today() + timedelta(days=5))
    maker_of(voucher.line.firm)
    assert vouchers.remind_of_expiry() == 1
    with pytest.raises(NotLater):
        vouchers.extend_voucher(voucher=voucher, expires_on=voucher.expires_on, by=a_user())
    vouchers.extend_voucher(voucher=voucher, expires_on=today() + timedelta(days=6), by=a_user())
    assert vouchers.remind_of_expiry() == 1


def test_award_becomes_a_voucher_of_what_was_asked_and_a_withdrawal_ends_it():
    programme = a_programme(kind="voucher")
    item = a_voucher_item(programme)
    terms = VoucherTerms(
        programme=programme, cost_item=item, value=Decimal(3_000_000), valid_days=100, value_question="amount"
    )
    vouchers.save_voucher_terms(terms=terms, by=a_user())
    firm = a_firm()
    application = an_application(a_call(programme), firm, answers={"amount": "2400000"})
    award = an_award(programme, firm, application=application)
    for _twice in range(2):
        award_made.send(sender=type(award), award=award, by=a_user())
    voucher = Voucher.objects.get()
    assert (voucher.value, voucher.award, voucher.days_left) == (Decimal(2_400_000), award, 100)
    booking = a_booking(voucher)
    award_withdrawn.send(sender=type(award), award=award, by=a_user())
    assert (fresh(voucher).state, fresh(booking).state, fresh(item).committed) == (
        "cancelled",
        "cancelled",
        0,
    )


def test_award_without_room_in_the_budget_waits_for_the_officer():
    programme = a_programme(kind="voucher")
    item = a_voucher_item(programme, budget=Decimal(1_000_000))
    VoucherTerms.objects.create(programme=programme, cost_item=item, value=Decimal(3_000_000))
    award, officer = an_award(programme, a_firm()), staff(programme.host)
    award_made.send(sender=None, award=award, by=officer)
    assert not Voucher.objects.exists()
    [task] = steps.tasks_of(officer)
    assert task.url == reverse("funding:voucher_issue", args=[programme.slug])
    assert a_voucher(item, award.firm, 1_000_000).award == award
    assert steps.tasks_of(officer) == []


def test_bulk_issue_reaches_all_firms_or_none():
    item, firms = a_voucher_item(budget=Decimal(5_000_000)), [a_firm() for _ in range(3)]
    facts = {"cost_item": item, "expires_on": today() + timedelta(days=9), "by": a_user(), "firms": firms}
    with pytest.raises(actions.BudgetExceeded):
        vouchers.issue_to(value=Decimal(2_000_000), **facts)
    assert not Voucher.objects.exists()
    issued = vouchers.issue_to(value=Decimal(1_500_000), **facts)
    assert [voucher.number[-4:] for voucher in issued] == ["0001", "0002", "0003"]


def test_only_approved_providers_of_the_service_are_asked_and_at_most_three():
    voucher = a_voucher()
    host = voucher.line.programme.host
    facts = {"voucher": voucher, "service": "translation", "description": "Catalogue", "by": a_user()}
    suspended = a_provider(host)
    vouchers.suspend_provider(provider=suspended, host=host, reason="Late three times", by=a_user())
    for wrong in (suspended, a_provider(host, "freight"), a_provider(a_host())):
        with pytest.raises(NotApproved):
            vouchers.ask(providers=[wrong], **facts)
    good = [a_provider(host) for _ in range(4)]
    with pytest.raises(TooManyAsked):
        vouchers.ask(providers=good, **facts)
    assert vouchers.ask(providers=good[:3], **facts).quotes.count() == 3


def test_provider_suspended_after_its_quote_is_not_booked():
    voucher = a_voucher()
    quote = a_quote(voucher)
    host = voucher.line.programme.host
    vouchers.suspend_provider(provider=quote.provider, host=host, reason="Late", by=a_user())
    with pytest.raises(NotApproved):
        vouchers.book_quote(quote=quote, by=a_user())


def test_quote_is_booked_until_its_last_day(time_machine):
    voucher = a_voucher()
    quotes = [a_quote(voucher), a_quote(voucher)]
    time_machine.move_to(timezone.now() + timedelta(days=30))
    vouchers.book_quote(quote=quotes[0], by=a_user())
    time_machine.move_to(timezone.now() + timedelta(days=1))
    with pytest.raises(QuoteOver):
        vouchers.book_quote(quote=quotes[1], by=a_user())


def test_booking_one_quote_closes_the_others():
    voucher = a_voucher()
    host = voucher.line.programme.host
    request = vouchers.ask(
        voucher=voucher, providers=[a_provider(host), a_provider(host)], service="translation",
        description="Catalogue", by=a_user(),
    )  # fmt: skip
    first, second = request.quotes.order_by("pk")
    until = today() + timedelta(days=5)
    vouchers.give_quote(quote=first, amount=Decimal(100_000), valid_until=until, by=a_user())
    vouchers.book_quote(quote=first, by=a_user())
    assert (fresh(first).state, fresh(second).state) == ("booked", "closed")
    with pytest.raises(WrongMove):
        vouchers.give_quote(quote=second, amount=Decimal(1), valid_until=until, by=a_user())


def test_changed_share_is_not_booked_silently():
    voucher = a_voucher(value=500_000)
    quotes = [a_quote(voucher, amount=400_000), a_quote(voucher, amount=400_000)]
    vouchers.book_quote(quote=quotes[0], by=a_user(), covered=Decimal(400_000))
    with pytest.raises(VoucherExceeded):
        vouchers.book_quote(quote=quotes[1], by=a_user(), covered=Decimal(400_000))
    booking = vouchers.book_quote(quote=quotes[1], by=a_user(), covered=Decimal(100_000))
    assert booking.own_share == Decimal(300_000)


def test_invoice_waits_for_both_sides():
    booking = a_booking()
    vouchers.confirm_booking(booking=booking, by=a_user())
    with pytest.raises(WrongMove):
        an_invoice(booking)
    vouchers.report_delivery(booking=booking, delivered_on=today(), by=a_user())
    with pytest.raises(WrongMove):
        an_invoice(booking)
    vouchers.dispute_delivery(booking=booking, reason="Page 3 is missing.", by=a_user())
    assert fresh(booking).state == "confirmed"


def test_whoever_delivered_cannot_accept_and_whoever_claimed_cannot_approve():
    booking, provider = a_booking(), a_user()
    vouchers.confirm_booking(booking=booking, by=provider)
    vouchers.report_delivery(booking=booking, delivered_on=today(), by=provider)
    with pytest.raises(IntegrityError), transaction.atomic():
        vouchers.accept_delivery(booking=fresh(booking), by=provider)
    vouchers.accept_delivery(booking=fresh(booking), by=a_user())
    line = an_invoice(fresh(booking), by=provider)
    with pytest.raises(actions.FourEyes):
        actions.approve(line=line, by=provider)


def test_invoice_used_by_another_claim_is_refused():
    voucher = a_voucher()
    organisation = a_firm(kind="partner")
    provider = a_provider(voucher.line.programme.host, organisation=organisation)
    bookings = []
    for _number in range(2):
        booking = vouchers.book_quote(quote=a_quote(voucher, provider), by=a_user())
        vouchers.confirm_booking(booking=booking, by=a_user())
        vouchers.report_delivery(booking=booking, delivered_on=today(), by=a_user())
        bookings.append(vouchers.accept_delivery(booking=booking, by=a_user()))
    an_invoice(bookings[0], receipt_number="I-77")
    with pytest.raises(actions.ReceiptUsed):
        an_invoice(bookings[1], receipt_number="i 77")


def test_voucher_for_freight_overlaps_with_freight_paid_by_another_host():
    firm, ours, theirs = a_firm(), a_programme(), a_programme(a_host())
    theirs.edition = ours.edition
    theirs.save()
    a_promise(a_cost_item(theirs, code="freight"), firm)
    voucher = a_voucher(a_voucher_item(ours), firm)
    host = ours.host
    booked = [a_quote(voucher, a_provider(host, s), service=s) for s in ("freight", "translation")]
    lines = [vouchers.book_quote(quote=quote, by=a_user()).line for quote in booked]
    assert [len(overlaps(line)) for line in lines] == [1, 0]


def test_database_refuses_more_than_the_voucher_holds():
    voucher = a_voucher(value=1_000_000)
    line = voucher.line
    facts = {
        "programme": line.programme, "cost_item": line.cost_item, "line": line, "on": today(),
        "account": line.firm.firm_accounts.get(), "kind": "drawn",
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerEntry.objects.create(**facts, committed=Decimal(-1_000_001))
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportLine.objects.filter(pk=line.pk).update(drawn=Decimal(1_000_001))


def test_settlement_lists_bookings_with_the_provider_and_not_the_voucher():
    voucher = a_voucher()
    booking = a_booking(voucher)
    lines = list(settlement.lines_of(voucher.programme, None))
    assert [settlement._paid_to(line) for line in lines] == [booking.provider.organisation.name]


@pytest.mark.parametrize("moves", [BOOKING_MOVES, QUOTE_MOVES])
def test_every_state_is_reached_and_every_move_leads_to_a_state(moves):
    states = set(Booking.State if moves is BOOKING_MOVES else Quote.State)
    start = states - {new for old, several in moves.items() for new in several - {old}}
    assert {new for several in moves.values() for new in several} <= states
    assert len(start) == 1


ACTS = {
    "confirmed": lambda booking: vouchers.confirm_booking(booking=booking, by=a_user()),
    "declined": lambda booking: vouchers.decline_booking(booking=booking, reason="No time", by=a_user()),
    "cancelled": lambda booking: vouchers.cancel_booking(booking=booking, reason="No need", by=a_user()),
    "delivered": lambda booking: vouchers.report_delivery(booking=booking, delivered_on=today(), by=a_user()),
    "accepted": lambda booking: vouchers.accept_delivery(booking=booking, by=a_user()),
}


@pytest.mark.parametrize("old", Booking.State.values)
@pytest.mark.parametrize("new", ACTS)
def test_booking_moves_as_its_table_says_and_in_no_other_way(old, new):
    way = {"booked": [], "declined": ["declined"], "cancelled": ["cancelled"], "confirmed": ["confirmed"]}
    way |= {"delivered": ["confirmed", "delivered"], "accepted": ["confirmed", "delivered", "accepted"]}
    booking = a_booking()
    for act in way[old]:
        ACTS[act](booking)
    if new in BOOKING_MOVES.get(old, ()) and (old, new) != ("delivered", "confirmed"):
        assert ACTS[new](booking).state == new
    elif (old, new) != ("delivered", "confirmed"):
        with pytest.raises(WrongMove):
            ACTS[new](booking)


def test_shares_add_up_to_the_price():
    assert shared(Decimal(333_333), percent=Decimal(70), left=Decimal(10**9)) == (233_333, 100_000)
    assert shared(Decimal(333_333), percent=Decimal(70), left=Decimal(100)) == (100, 333_233)


def remaining_by_the_ledger(voucher):
    """Issued − booked − settled, each as a sum of entries."""

    def total(column, **which):
        return LedgerEntry.objects.filter(**which).aggregate(sum=Sum(column))["sum"] or Decimal(0)

    issued = LedgerEntry.objects.filter(line=voucher.line_id, kind="promise").earliest("pk").committed
    booked = total("committed", line__drawn_from=voucher.line_id)
    settled = total("spent", line__drawn_from=voucher.line_id)
    return issued - booked - settled


def one_act(dice, item, firms, host):
    """One random act on one random voucher, quote, booking or claim."""
    verb = dice.choice(["issue", "quote", "book", "book", "next", "next", "next", "stop", "end", "reopen"])
    all_vouchers, bookings = list(Voucher.objects.order_by("pk")), list(Booking.objects.order_by("pk"))
    quotes = list(Quote.objects.filter(state="quoted").order_by("pk"))
    amount = dice.randint(1, 900_000)
    if verb == "issue" or not all_vouchers:
        a_voucher(item, dice.choice(firms), amount * 2)
    elif verb == "quote":
        a_quote(dice.choice(all_vouchers), a_provider(host), amount)
    elif verb == "book" and quotes:
        vouchers.book_quote(quote=dice.choice(quotes), by=a_user())
    elif verb == "next" and bookings:
        further(dice, dice.choice(bookings), amount)
    elif verb == "stop" and bookings:
        vouchers.cancel_booking(booking=dice.choice(bookings), reason="random", by=a_user())
    elif verb == "end" and dice.random() < 0.3:
        vouchers.cancel_voucher(voucher=dice.choice(all_vouchers), reason="random", by=a_user())
    elif verb == "reopen":
        vouchers.reopen_voucher(voucher=dice.choice(all_vouchers), by=a_user())


def further(dice, booking, amount):
    """The next step of a booking, or one that takes its money back."""
    line = booking.line
    if booking.state != "accepted":
        step = {"booked": "confirmed", "confirmed": "delivered", "delivered": "accepted"}.get(booking.state)
        ACTS[step or "confirmed"](booking)
    elif line.state in {"promised", "returned"}:
        an_invoice(booking, receipt_amount=Decimal(amount))
    elif line.state == "claimed":
        part = max(Decimal(1), line.amount - dice.randint(0, 1000))
        dice.choice(
            [
                lambda: actions.approve(line=line, by=a_user(), amount=part, reason="random"),
                lambda: actions.send_back(line=line, by=a_user(), note="random"),
                lambda: actions.refuse(line=line, by=a_user(), reason="random"),
            ]
        )()
    elif line.state == "approved":
        actions.settle(line=line, by=a_user(), on=today(), checks=CHECKS)
    else:
        actions.reverse(line=line, by=a_user(), reason="random")


@pytest.mark.parametrize("seed", range(4))
def test_remaining_is_issued_less_booked_less_settled_after_any_sequence_of_acts(seed):
    dice, programme = random.Random(seed), a_programme()
    a_ceiling(programme, 5_000_000)
    a_source(programme, amount=Decimal(2_000_000))
    item = a_voucher_item(programme, budget=Decimal(6_000_000), rate=Decimal(80))
    firms, done = [a_firm(), a_firm()], 0
    for _step in range(90):
        try:
            with transaction.atomic():
                one_act(dice, item, firms, programme.host)
            done += 1
        except (*REFUSALS, NotUsable, QuoteOver, VoucherExceeded):
            pass
        for voucher in Voucher.objects.select_related("line"):
            assert voucher.remaining >= 0
            if not voucher.ended:
                assert voucher.remaining == remaining_by_the_ledger(voucher)
                assert voucher.remaining + voucher.used == voucher.value
            else:
                assert voucher.remaining == 0
        the_balances_add_up(programme)
    assert done > 30


@pytest.mark.django_db(transaction=True)
def test_bookings_at_the_same_moment_never_spend_the_same_won(shared_database):
    """20 bookings of 150,000 from one voucher of 1M: six pass, and 100,000 are left."""
    voucher = a_voucher(value=1_000_000)
    quotes = [a_quote(voucher, amount=150_000).pk for _ in range(20)]
    maker = a_user()
    shared_database()

    def book(pk):
        quote = Quote.objects.select_related("request__voucher__line__programme__host").get(pk=pk)
        return vouchers.book_quote(quote=quote, by=User.objects.get(pk=maker.pk), covered=Decimal(150_000))

    results = in_threads(book, quotes)
    assert sum(isinstance(result, Booking) for result in results) == 6, results
    assert sum(isinstance(result, VoucherExceeded) for result in results) == 14
    [line] = in_threads(lambda pk: SupportLine.objects.get(pk=pk), [voucher.line_id])
    assert (line.committed, line.drawn) == (Decimal(100_000), Decimal(900_000))
