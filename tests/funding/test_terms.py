"""Dated terms of cost items, freight by the cubic metre, and how a programme handles claims."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from bridgehead.funding import actions, queries, rules
from bridgehead.funding.models import CostItem, FirmCheck, MoneyTerms, SupportLine, SupportRule
from bridgehead.kit.clock import today
from tests.factories.funding import a_claim, a_cost_item, a_paid_line, a_promise
from tests.factories.organisations import a_firm, a_user

pytestmark = pytest.mark.django_db
State = SupportLine.State


def freight(**fields):
    """1 CBM for each 9 m² of stand, 167 kg by air count as 1 CBM, at most 500,000 won each."""
    fields = {"unit": "cbm", "unit_price": Decimal(500_000), "metres_per_unit": Decimal(9)} | fields
    return a_cost_item(kilograms_per_unit=Decimal(167), **fields)


def with_terms(item, **fields):
    return actions.save_terms(terms=MoneyTerms(programme=item.programme, **fields), by=a_user())


def test_receipt_is_computed_by_the_terms_of_its_day():
    item = a_cost_item(rate=Decimal(50))
    rule = SupportRule(cost_item=item, effective_from=date(2025, 2, 1), rate=Decimal(80))
    actions.save_rule(rule=rule, by=a_user())
    before, after = (
        a_claim(a_promise(item), receipt_on=day, receipt_amount=Decimal(1_000_000))
        for day in (date(2025, 1, 31), date(2025, 2, 1))
    )
    assert (before.amount, after.amount) == (500_000, 800_000)


def test_cap_in_force_today_counts_for_a_promise():
    item, firm = a_cost_item(cap=Decimal(1_000_000)), a_firm()
    rule = SupportRule(cost_item=item, effective_from=today(), rate=Decimal(100), cap=Decimal(2_000_000))
    actions.save_rule(rule=rule, by=a_user())
    assert queries.cap_left(item, firm) == 2_000_000
    assert a_promise(item, firm, 1_500_000).amount == 1_500_000


def test_freight_is_borne_for_one_cubic_metre_for_each_nine_square_metres():
    line = a_promise(freight(unit_price=None), amount=5_000_000, area=Decimal(18))
    a_claim(line, receipt_amount=Decimal(3_000_000), quantity=Decimal(3))
    assert (line.amount, line.computation["limited_by"]) == (2_000_000, "units")
    assert line.computation["units_entitled"] == "2.000"


def test_freight_is_borne_up_to_the_price_of_each_unit():
    line = a_promise(freight(), amount=5_000_000, area=Decimal(18))
    a_claim(line, receipt_amount=Decimal(3_000_000), quantity=Decimal(2))
    assert (line.amount, line.computation["by_units"]) == (1_000_000, "1000000")


def test_weight_by_air_counts_as_cubic_metres():
    terms = CostItem(unit="cbm", kilograms_per_unit=Decimal(167))
    assert rules.units_by_weight(Decimal(334), terms) == Decimal("2.000")


@pytest.mark.parametrize(("vat", "right"), [(100_000, True), (0, True), (60_000, True), (100_002, False)])
def test_vat_adds_up_to_a_tenth_of_the_rest_at_most(vat, right):
    assert rules.vat_adds_up(Decimal(1_100_000), Decimal(vat)) is right


def test_large_claim_needs_two_people_beside_who_made_it():
    item = a_cost_item()
    with_terms(item, two_approvals_from=Decimal(1_000_000))
    line, first, second = a_claim(a_promise(item, amount=1_000_000)), a_user(), a_user()
    assert actions.approve(line=line, by=first).state == State.CLAIMED
    with pytest.raises(actions.FourEyes):
        actions.approve(line=line, by=first)
    assert actions.approve(line=line, by=second).state == State.APPROVED
    small = a_claim(a_promise(item, amount=999_999))
    assert actions.approve(line=small, by=first).state == State.APPROVED


def test_both_approvals_by_one_person_are_refused_by_the_database():
    line, person = a_claim(), a_user()
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportLine.objects.filter(pk=line.pk).update(endorsed_by=person, approved_by=person)


def test_claim_after_closing_and_receipts_from_outside_are_refused():
    item = a_cost_item()
    terms = with_terms(item, costs_from=date(2025, 1, 1), costs_until=date(2025, 3, 31))
    for day in (date(2024, 12, 31), date(2025, 4, 1)):
        with pytest.raises(actions.OutsideTerms), transaction.atomic():
            a_claim(a_promise(item), receipt_on=day)
    assert a_claim(a_promise(item), receipt_on=date(2025, 3, 31)).state == State.CLAIMED
    terms.claims_close_on = today() - timedelta(days=1)
    actions.save_terms(terms=terms, by=a_user())
    with pytest.raises(actions.OutsideTerms), transaction.atomic():
        a_claim(a_promise(item), receipt_on=date(2025, 3, 1))


def test_claim_is_due_after_fifteen_days_unless_the_programme_says_otherwise():
    item = a_cost_item()
    assert a_claim(a_promise(item)).due_on == today() + timedelta(days=15)
    with_terms(item, settle_within=7)
    assert a_claim(a_promise(item)).due_on == today() + timedelta(days=7)


def test_payment_needs_every_check_and_keeps_who_looked():
    line = actions.approve(line=a_claim(), by=a_user())
    with pytest.raises(actions.ChecksMissing), transaction.atomic():
        actions.settle(line=line, by=a_user(), on=date(2025, 4, 1), checks=["account"])
    paid = a_paid_line()
    checks = FirmCheck.objects.filter(line=paid, stage="payment")
    assert sorted(checks.values_list("kind", flat=True)) == sorted(actions.CHECKS)
