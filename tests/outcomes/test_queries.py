"""Figures out of records: what counts, as of when, converted at which rate."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from bridgehead.calls.models import Award
from bridgehead.floor.actions.consultations import restore_consultation, withdraw_consultation
from bridgehead.floor.actions.stages import confirm_stage, reach_stage, withdraw_stage
from bridgehead.kit.money import convert
from bridgehead.outcomes.queries import by_country, by_day, by_firm, planned, published_results, results
from bridgehead.outcomes.rules import STAGES, Rung
from bridgehead.programmes.actions import add_statement
from tests.factories.calls import an_award
from tests.factories.floor import a_consultation, a_participant
from tests.factories.funding import a_ceiling, a_cost_item, a_promise, a_source
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db


def moment(month, day, hour=12):
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.fixture
def programme():
    return a_programme()


@pytest.fixture
def firm(programme):
    return a_participant(programme, slug="soyou", name_en="Soyou")


def reach(talk, stage, amount, on=date(2026, 2, 2), currency="USD", **fields):
    return reach_stage(
        consultation=talk,
        stage=stage,
        reached_on=on,
        amount=Decimal(amount),
        currency=currency,
        by=None,
        **fields,
    )


def figures(found):
    """Stage → (how many, how much), those that are not zero."""
    rungs = found.ladder.rungs
    return {stage: (rung.count, rung.amount) for stage, rung in rungs.items() if rung.count or rung.amount}


def test_each_stage_states_its_own_amount(programme, firm):
    a_consultation(programme, firm, amount=Decimal(1000))
    talk = a_consultation(programme, firm, amount=Decimal(500), pursued_amount=Decimal(400))
    reach(talk, "signed", 300)
    assert figures(results(programme)) == {
        "consultation": (2, Decimal(1500)),
        "pursued": (1, Decimal(400)),
        "signed": (1, Decimal(300)),
    }


def test_paid_deal_reached_every_stage_below(programme, firm):
    talk = a_consultation(programme, firm, amount=Decimal(500))
    reach(talk, "paid", 250)
    assert figures(results(programme)) == {
        "consultation": (1, Decimal(500)),
        **{stage: (1, Decimal(250)) for stage in STAGES[1:]},
    }
    withdraw_stage(record=talk.stages.get(stage="paid"), reason="typed by mistake", by=None)
    assert figures(results(programme)) == {"consultation": (1, Decimal(500))}


def test_withdrawn_consultation_leaves_every_figure_until_restored(programme, firm):
    a_consultation(programme, firm, amount=Decimal(100))
    talk = a_consultation(programme, firm, amount=Decimal(500), pursued_amount=Decimal(400))
    withdraw_consultation(consultation=talk, by=None, reason="twice")
    found = results(programme)
    assert figures(found) == {"consultation": (1, Decimal(100))}
    assert len(found.facts) == 1
    restore_consultation(consultation=talk, by=None)
    assert figures(results(programme)) == {"consultation": (2, Decimal(600)), "pursued": (1, Decimal(400))}


def test_consultations_of_other_programmes_do_not_count(programme, firm):
    a_consultation()
    assert figures(results(programme)) == {}


def test_as_of_counts_what_was_recorded_by_then(programme, firm):
    talk = a_consultation(programme, firm, amount=Decimal(500), at=moment(1, 18))
    a_consultation(programme, firm, amount=Decimal(100), at=moment(1, 20))
    record = reach(talk, "signed", 300, at=moment(3, 1))
    confirm_stage(record=record, confirmed_by="Kim", without_support="never", at=moment(4, 1))
    stated = {
        month_day: (
            found.ladder["consultation"].count,
            found.ladder["pursued"].count,
            found.ladder["signed"].count,
            found.wins.count,
        )
        for month_day in [(1, 17), (1, 18), (1, 19), (1, 20), (2, 28), (3, 1), (3, 31), (4, 1)]
        if (found := results(programme, moment(*month_day)))
    }
    assert stated == {
        (1, 17): (0, 0, 0, 0),
        (1, 18): (1, 0, 0, 0),
        (1, 19): (1, 0, 0, 0),
        (1, 20): (2, 0, 0, 0),
        (2, 28): (2, 0, 0, 0),
        (3, 1): (2, 1, 1, 0),
        (3, 31): (2, 1, 1, 0),
        (4, 1): (2, 1, 1, 1),
    }


def test_programme_states_its_figures_as_of_its_own_moment(programme, firm):
    a_consultation(programme, firm, amount=Decimal(100), at=moment(1, 18))
    a_consultation(programme, firm, amount=Decimal(200), at=moment(1, 25))
    programme.results_as_of = moment(1, 20)
    assert figures(results(programme)) == {"consultation": (1, Decimal(100))}
    assert results(programme).as_of == moment(1, 20)
    assert figures(results(programme, moment(1, 26))) == {"consultation": (2, Decimal(300))}


def test_confirmed_win_counts_once_with_the_signed_amount(programme, firm):
    talk = a_consultation(programme, firm)
    reach(talk, "signed", 300)
    confirm_stage(record=reach(talk, "paid", 280), confirmed_by="Kim", without_support="never")
    confirm_stage(record=talk.stages.get(stage="signed"), confirmed_by="Kim", without_support="never")
    unconfirmed = a_consultation(programme, firm)
    reach(unconfirmed, "signed", 900)
    assert results(programme).wins == Rung(count=1, amount=Decimal(300))


def test_amounts_are_converted_at_the_rate_of_their_own_day(programme, firm):
    talk = a_consultation(programme, firm, amount=Decimal(1000), currency="EUR", held_on=date(2026, 1, 16))
    reach(talk, "signed", 1000, on=date(2026, 2, 16), currency="EUR")
    then = convert(Decimal(1000), "EUR", "USD", on=date(2026, 1, 16)).money.amount
    later = convert(Decimal(1000), "EUR", "USD", on=date(2026, 2, 16)).money.amount
    assert then != later
    assert figures(results(programme)) == {
        "consultation": (1, then),
        "pursued": (1, later),
        "signed": (1, later),
    }


def test_weekend_uses_the_rate_of_the_friday_before(programme, firm):
    a_consultation(programme, firm, amount=Decimal(1000), currency="EUR", held_on=date(2026, 1, 18))
    friday = convert(Decimal(1000), "EUR", "USD", on=date(2026, 1, 16))
    assert friday.rate_date == date(2026, 1, 16)
    assert figures(results(programme)) == {"consultation": (1, friday.money.amount)}


def test_amount_without_a_rate_is_left_out_and_reported(programme, firm):
    a_consultation(programme, firm, amount=Decimal(100))
    a_consultation(
        programme, firm, amount=Decimal(9_000_000), pursued_amount=Decimal(9_000_000), currency="VND"
    )
    found = results(programme)
    assert figures(found) == {"consultation": (2, Decimal(100)), "pursued": (1, Decimal(0))}
    assert found.without_rate == 2


def test_firms_are_those_that_accepted_by_then(programme):
    for state in Award.State.values:
        an_award(programme, state=state, made_at=moment(1, 1))
    an_award(programme, made_at=moment(3, 1))
    assert results(programme, moment(2, 1)).firms == 1
    assert results(programme, moment(3, 1)).firms == 2


def test_planned_is_what_was_said_last(programme):
    assert planned(programme) == {}
    for value, day in ((20, date(2025, 3, 1)), (12, date(2025, 5, 1)), (25, date(2025, 1, 1))):
        add_statement(
            programme=programme,
            subject="planned_firms",
            value=Decimal(value),
            said_by="host",
            said_on=day,
            by=None,
        )
    assert planned(programme) == {"firms": 12}


def test_ceiling_is_the_one_in_force_on_that_day(programme):
    a_ceiling(programme, 8_000_000, effective_from=date(2025, 1, 1))
    a_ceiling(programme, 12_000_000, effective_from=date(2026, 2, 1))
    assert results(programme, moment(1, 31)).ceiling.amount == 8_000_000
    assert results(programme, moment(2, 1)).ceiling.amount == 12_000_000
    assert results(programme, datetime(2024, 6, 1, tzinfo=UTC)).ceiling is None


def test_balance_is_the_programmes(programme, firm):
    a_source(programme, amount=Decimal(50_000_000))
    a_promise(a_cost_item(programme), firm, 3_000_000)
    balance = results(programme).balance
    assert (balance.total, balance.committed, balance.spent) == (50_000_000, 3_000_000, 0)


def test_breakdowns_name_firms_countries_and_days(programme, firm):
    other = a_participant(programme, slug="heradi", name_en="Heradi")
    a_consultation(programme, firm, amount=Decimal(900), buyer_country="IT", held_on=date(2026, 1, 17))
    a_consultation(
        programme, other, amount=Decimal(300), pursued_amount=Decimal(200), buyer_country="FR",
        held_on=date(2026, 1, 16),
    )  # fmt: skip
    a_consultation(programme, other, amount=Decimal(50), buyer_country="", held_on=date(2026, 1, 17))
    found = results(programme)
    with translation.override("en"):
        firms = [(line.label, line.key, line.ladder["consultation"].amount) for line in by_firm(found)]
        countries = [(line.label, line.key, line.ladder["consultation"].count) for line in by_country(found)]
    assert firms == [("Heradi", "heradi", Decimal(350)), ("Soyou", "soyou", Decimal(900))]
    assert countries == [("France", "FR", 1), ("Italy", "IT", 1), ("–", "", 1)]
    assert [(day, ladder["consultation"].count) for day, ladder in by_day(found)] == [
        (date(2026, 1, 16), 1),
        (date(2026, 1, 17), 2),
    ]


def test_results_take_seven_queries_whatever_the_number(programme, firm, django_assert_num_queries):
    a_consultation(programme, firm)
    with django_assert_num_queries(7):
        results(programme)
    for _ in range(3):
        reach(a_consultation(programme, firm), "signed", 100)
    with django_assert_num_queries(7):
        results(programme)


def test_published_results_are_of_public_programmes_with_consultations(programme, firm):
    a_consultation(programme, firm)
    a_consultation(programme, firm)
    a_programme()
    a_consultation(a_programme(is_public=False))
    assert list(published_results()) == [programme]
