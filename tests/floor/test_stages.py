from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bridgehead.audit.models import Entry as AuditEntry
from bridgehead.floor.actions.stages import confirm_stage, reach_stage, withdraw_stage
from bridgehead.floor.models import Stage, StageRecord
from bridgehead.floor.rules import lower_stages, stages_above
from tests.factories.floor import a_consultation

pytestmark = pytest.mark.django_db


def reach(talk, stage, amount=100, **fields):
    fields.setdefault("reached_on", date(2026, 2, 1))
    return reach_stage(
        consultation=talk, stage=stage, amount=Decimal(amount), currency="USD", by=None, **fields
    )


def ladder(talk):
    return [(record.stage, record.implied, int(record.amount)) for record in talk.rungs]


def test_signed_implies_pursued_with_its_amount_and_day():
    talk = a_consultation()
    reach(talk, "signed", 40)
    assert ladder(talk) == [("pursued", True, 40), ("signed", False, 40)]
    assert {record.reached_on for record in talk.rungs} == {date(2026, 2, 1)}


def test_reported_rung_keeps_its_own_amount():
    talk = a_consultation(pursued_amount=Decimal(90))
    reach(talk, "shipped", 40)
    assert ladder(talk) == [("pursued", False, 90), ("signed", True, 40), ("shipped", False, 40)]


def test_implied_rung_becomes_reported():
    talk = a_consultation()
    reach(talk, "signed", 40)
    reach(talk, "pursued", 70)
    assert ladder(talk) == [("pursued", False, 70), ("signed", False, 40)]


def test_same_report_twice_changes_nothing():
    talk = a_consultation()
    reach(talk, "signed", 40)
    before = list(StageRecord.objects.values())
    trail = AuditEntry.objects.count()
    reach(talk, "signed", 40)
    assert list(StageRecord.objects.values()) == before
    assert AuditEntry.objects.count() == trail


def test_correction_moves_implied_rungs_and_drops_confirmation():
    talk = a_consultation()
    record = reach(talk, "signed", 40)
    confirm_stage(record=record, confirmed_by="Kim", without_support="never")
    reach(talk, "signed", 45)
    assert ladder(talk) == [("pursued", True, 45), ("signed", False, 45)]
    assert StageRecord.objects.get(stage="signed").confirmed_at is None


def test_withdrawal_takes_implied_rungs_along_and_is_in_the_trail():
    talk = a_consultation()
    reach(talk, "signed", 40)
    record = reach(talk, "paid", 30)
    withdraw_stage(record=record, reason="booked for another buyer", by=None)
    assert ladder(talk) == [("pursued", True, 40), ("signed", False, 40)]
    trail = AuditEntry.objects.get(verb="stage.withdraw")
    assert (trail.reason, trail.data["stage"], trail.data["amount"]) == (
        "booked for another buyer",
        "paid",
        "30.00",
    )


def test_withdrawal_needs_a_reason():
    record = reach(a_consultation(), "signed")
    with pytest.raises(ValidationError):
        withdraw_stage(record=record, reason=" ", by=None)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"reached_on": date(2026, 1, 1)}, "reached_on"),
        ({"reached_on": timezone.now().date() + timedelta(days=2)}, "reached_on"),
        ({"amount": 0}, "amount"),
        ({"stage": "sold"}, "stage"),
    ],
)
def test_stage_that_cannot_be_is_refused(fields, field):
    with pytest.raises(ValidationError) as error:
        reach(a_consultation(), **{"stage": "signed", **fields})
    assert list(error.value.message_dict) == [field]


def test_confirmation_is_of_wins_only():
    talk = a_consultation(pursued_amount=Decimal(9))
    with pytest.raises(ValidationError):
        confirm_stage(record=talk.stages.get(), confirmed_by="Kim", without_support="never")


def test_confirmation_says_what_would_have_been_without_support():
    record = reach(a_consultation(), "signed")
    with pytest.raises(ValidationError):
        confirm_stage(record=record, confirmed_by="Kim", without_support="")
    confirmed = confirm_stage(record=record, confirmed_by="Kim", without_support="later")
    assert (confirmed.confirmed_by, confirmed.without_support) == ("Kim", "later")


def test_confirmation_of_the_payment_confirms_the_implied_signature():
    talk = a_consultation()
    record = reach(talk, "paid", 40)
    confirm_stage(record=record, confirmed_by="Kim", without_support="never")
    confirmed = StageRecord.objects.filter(confirmed_by="Kim").order_by("pk")
    assert sorted(record.stage for record in confirmed) == ["paid", "shipped", "signed"]
    reach(talk, "paid", 45)
    assert not StageRecord.objects.filter(confirmed_at__isnull=False).exists()


def test_order_of_the_rungs():
    assert lower_stages("shipped") == ["pursued", "signed"]
    assert stages_above(["pursued"]) == ["signed", "shipped", "paid"]
    assert stages_above([]) == Stage.values


class TestLadderInvariant(TestCase):
    """Whatever is reported, corrected and taken back: below the highest rung none is missing, above it none is there."""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(Stage.values), st.integers(0, 3)), max_size=8))
    def test_no_rung_is_missing(self, steps):
        talk = a_consultation()
        for stage, amount in steps:
            record = StageRecord.objects.filter(consultation=talk, stage=stage).first()
            if amount:
                reach(talk, stage, amount)
            elif record:
                withdraw_stage(record=record, reason="correction", by=None)
        present = [record.stage for record in talk.rungs]
        assert present == Stage.values[: len(present)]
        assert not talk.rungs or not talk.rungs[-1].implied
