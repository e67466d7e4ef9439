import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bridgehead.audit.models import Entry as AuditEntry
from bridgehead.audit.queries import first_break
from bridgehead.floor.actions.consultations import (
    Entry,
    IdTaken,
    NotTakingPart,
    Stale,
    Withdrawn,
    edit_consultation,
    log_consultation,
    log_many,
    restore_consultation,
    withdraw_consultation,
)
from bridgehead.floor.actions.stages import Reached, reach_stage
from bridgehead.floor.models import Consultation, Stage, StageRecord
from bridgehead.floor.queries import consultations_as_of, rungs_of, stages_as_of
from tests.factories.calls import an_award
from tests.factories.floor import a_consultation, a_participant
from tests.factories.organisations import a_firm, maker_of
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db


def entry(**fields):
    return {
        "held_on": date(2026, 1, 17),
        "buyer_name": "Rossi Gioielli",
        "buyer_country": "IT",
        "amount": Decimal("1200.50"),
        "currency": "EUR",
        **fields,
    }


def verbs(target):
    return list(
        AuditEntry.objects.filter(target_id=str(target.pk))
        .order_by("position")
        .values_list("verb", flat=True)
    )


def test_log_records_row_stage_and_trail():
    programme = a_programme()
    firm = a_participant(programme)
    maker = maker_of(firm)
    logged = log_consultation(
        id=uuid4(), programme=programme, firm=firm, by=maker, pursued_amount=Decimal(500), **entry()
    )
    talk = logged.consultation
    assert (logged.created, logged.changed) == (True, False)
    assert (talk.amount, talk.currency, talk.logged_by) == (Decimal("1200.50"), "EUR", maker)
    assert [(r.stage, r.amount, r.currency, r.implied) for r in talk.stages.all()] == [
        ("pursued", Decimal("500.00"), "EUR", False)
    ]
    assert verbs(talk) == ["consultation.log", "stage.reach"]


def test_log_twice_with_same_content_is_one_row_and_one_trail_entry():
    programme = a_programme()
    firm = a_participant(programme)
    id = uuid4()
    for amount in ("1200.5", "1200.50"):
        log_consultation(id=id, programme=programme, firm=firm, by=None, **entry(amount=Decimal(amount)))
    assert Consultation.objects.count() == 1
    assert verbs(Consultation.objects.get()) == ["consultation.log"]


def test_log_with_other_content_is_an_edit():
    programme = a_programme()
    firm = a_participant(programme)
    id = uuid4()
    log_consultation(id=id, programme=programme, firm=firm, by=None, **entry())
    logged = log_consultation(id=id, programme=programme, firm=firm, by=None, **entry(product="rings"))
    assert (logged.created, logged.changed) == (False, True)
    assert Consultation.objects.get().product == "rings"
    assert verbs(logged.consultation) == ["consultation.log", "consultation.edit"]


def test_late_copy_of_first_content_does_not_undo_an_edit():
    programme = a_programme()
    firm = a_participant(programme)
    id = uuid4()
    for product in ("", "rings", ""):
        log_consultation(id=id, programme=programme, firm=firm, by=None, **entry(product=product))
    assert Consultation.objects.get().product == "rings"


def test_log_under_id_of_another_firm_is_refused():
    programme = a_programme()
    talk = a_consultation(programme)
    with pytest.raises(IdTaken):
        log_consultation(id=talk.pk, programme=programme, firm=a_participant(programme), by=None, **entry())


def test_log_for_firm_without_award_is_refused():
    programme = a_programme()
    with pytest.raises(NotTakingPart):
        log_consultation(id=uuid4(), programme=programme, firm=a_firm(), by=None, **entry())
    withdrawn = an_award(programme, state="withdrawn").firm
    with pytest.raises(NotTakingPart):
        log_consultation(id=uuid4(), programme=programme, firm=withdrawn, by=None, **entry())


def test_log_of_tomorrow_is_refused():
    with pytest.raises(ValidationError) as error:
        a_consultation(held_on=timezone.now().date() + timedelta(days=2))
    assert list(error.value.message_dict) == ["held_on"]


def test_withdrawn_entry_is_out_of_figures_and_comes_back():
    programme = a_programme()
    talk = a_consultation(programme, pursued_amount=Decimal(10))
    withdraw_consultation(consultation=talk, by=None, reason="typed twice")
    assert consultations_as_of(programme).count() == 0
    assert stages_as_of(programme).count() == 0
    restore_consultation(consultation=talk, by=None)
    assert consultations_as_of(programme).count() == 1
    assert stages_as_of(programme).count() == 1
    assert verbs(talk)[-2:] == ["consultation.withdraw", "consultation.restore"]


def test_withdrawn_entry_is_not_edited_but_its_copies_are_harmless():
    programme = a_programme()
    firm = a_participant(programme)
    id = uuid4()
    talk = log_consultation(id=id, programme=programme, firm=firm, by=None, **entry()).consultation
    withdraw_consultation(consultation=talk, by=None)
    log_consultation(id=id, programme=programme, firm=firm, by=None, **entry())
    with pytest.raises(Withdrawn):
        log_consultation(id=id, programme=programme, firm=firm, by=None, **entry(product="rings"))
    assert Consultation.objects.get().is_withdrawn


def test_edit_of_an_old_version_is_refused():
    talk = a_consultation()
    content = {key: getattr(talk, key) for key in entry()} | {
        "buyer_contact": "",
        "product": "",
        "note": "",
        "next_step": "",
        "next_step_on": None,
    }
    edit_consultation(consultation=talk, version=1, by=None, **{**content, "note": "first"})
    with pytest.raises(Stale):
        edit_consultation(consultation=talk, version=1, by=None, **{**content, "note": "second"})
    assert Consultation.objects.get().note == "first"


def test_edit_to_talk_only_takes_the_pursued_stage_back():
    programme = a_programme()
    firm = a_participant(programme)
    id = uuid4()
    log = {"id": id, "programme": programme, "firm": firm, "by": None}
    talk = log_consultation(**log, pursued_amount=Decimal(500), **entry()).consultation
    log_consultation(**log, pursued_amount=Decimal(700), **entry())
    assert talk.stages.get().amount == Decimal("700.00")
    log_consultation(**log, pursued_amount=None, **entry())
    assert talk.stages.count() == 0
    assert verbs(talk) == [
        "consultation.log",
        "stage.reach",
        "stage.correct",
        "stage.withdraw",
    ]


def test_edit_of_the_amount_leaves_a_signed_deal_alone():
    talk = a_consultation(pursued_amount=Decimal(500))
    day = talk.held_on
    reach_stage(
        consultation=talk, stage="signed", reached_on=day, amount=Decimal(400), currency="USD", by=None
    )
    log_consultation(
        id=talk.pk, programme=talk.programme, firm=talk.firm, by=None, pursued_amount=None, **entry()
    )
    assert [(r.stage, r.implied, r.amount) for r in talk.rungs] == [
        ("pursued", True, Decimal("400.00")),
        ("signed", False, Decimal("400.00")),
    ]


def test_as_of_counts_what_was_logged_and_recorded_by_then():
    programme = a_programme()
    early, late = datetime(2026, 1, 17, 12, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)
    talk = a_consultation(programme, at=early)
    a_consultation(programme, talk.firm, at=late)
    reach_stage(
        consultation=talk,
        stage="signed",
        reached_on=date(2026, 2, 20),
        amount=Decimal(9),
        currency="USD",
        by=None,
        at=late,
    )
    assert consultations_as_of(programme, early).count() == 1
    assert stages_as_of(programme, early).count() == 0
    assert stages_as_of(programme, late).count() == 2
    programme.results_as_of = early
    assert consultations_as_of(programme).count() == 1


def test_rungs_state_each_stage_alone_and_each_currency_alone():
    programme = a_programme()
    talk = a_consultation(programme, amount=Decimal(100), pursued_amount=Decimal(60))
    a_consultation(programme, talk.firm, amount=Decimal(30), currency="EUR")
    rungs = {rung.stage: (rung.count, rung.sums) for rung in rungs_of(Consultation.objects.all())}
    assert rungs == {
        "consultation": (2, {"USD": Decimal(100), "EUR": Decimal(30)}),
        "pursued": (1, {"USD": Decimal(60)}),
        "signed": (0, {}),
        "shipped": (0, {}),
        "paid": (0, {}),
    }


def test_log_many_writes_558_rows_with_one_trail_entry_within_a_second():
    programme = a_programme()
    firms = [a_participant(programme) for _ in range(26)]
    entries = [
        Entry(
            firm=firms[n % 26],
            held_on=date(2026, 1, 16),
            buyer_name=f"Buyer {n}",
            amount=Decimal(1000),
            stages=[Reached("signed", Decimal(5), "USD", date(2026, 2, 1))] if n < 145 else [],
            logged_at=datetime(2026, 1, 16, tzinfo=UTC),
        )
        for n in range(558)
    ]
    before = time.perf_counter()
    log_many(programme=programme, entries=entries, by=None)
    assert time.perf_counter() - before < 1
    assert Consultation.objects.count() == 558
    assert StageRecord.objects.filter(implied=True, stage=Stage.PURSUED).count() == 145
    trail = AuditEntry.objects.get()
    assert trail.data == {"count": 558, "pursued": 145, "signed": 145}
    assert first_break(programme.host.slug) is None


def test_log_many_with_a_stranger_writes_nothing():
    programme = a_programme()
    rows = [
        Entry(firm=firm, held_on=date(2026, 1, 16), buyer_name="B")
        for firm in (a_participant(programme), a_firm())
    ]
    with pytest.raises(NotTakingPart):
        log_many(programme=programme, entries=rows, by=None)
    assert Consultation.objects.count() == 0


def test_fingerprint_twice_is_refused_by_the_database():
    programme = a_programme()
    row = {
        "firm": a_participant(programme),
        "held_on": date(2026, 1, 16),
        "buyer_name": "B",
        "fingerprint": "x",
    }
    log_many(programme=programme, entries=[Entry(**row)], by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        log_many(programme=programme, entries=[Entry(**row)], by=None)


class TestRepeatedPosts(TestCase):
    """Whatever the phone's queue repeats, and in whatever order the copies come, the rows are the same."""

    contents = ["", "rings", "brooches"]

    @settings(max_examples=25, deadline=None)
    @given(
        posts=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=6),
        repeats=st.lists(st.integers(0, 5), max_size=8),
    )
    def test_any_repetition_leaves_the_same_rows(self, posts, repeats):
        programme = a_programme()
        firm = a_participant(programme)
        ids = [uuid4() for _ in range(3)]

        def post(which):
            number, content = posts[which]
            log_consultation(
                id=ids[number],
                programme=programme,
                firm=firm,
                by=None,
                pursued_amount=Decimal(content) or None,
                **entry(product=self.contents[content]),
            )

        def state():
            rows = Consultation.objects.filter(programme=programme).order_by("pk")
            stages = StageRecord.objects.filter(consultation__programme=programme).order_by("consultation")
            return list(rows.values()), list(stages.values())

        for which in range(len(posts)):
            post(which)
        before = state()
        for which in repeats:
            post(which % len(posts))
        assert state() == before
        assert len(before[0]) == len({number for number, _ in posts})
