"""The demo's figures are those of the sources, and come out of records."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.conf import settings as configured

from bridgehead.audit.models import Chain
from bridgehead.audit.queries import first_break
from bridgehead.calls.models import Application, Award, Call, TeamMember
from bridgehead.calls.queries.eligibility import checked, in_the_way
from bridgehead.fairs.models import Pavilion
from bridgehead.floor.models import Consultation, StageRecord
from bridgehead.funding.models import Booking, Ceiling, IncomingGrant, Quote, Voucher
from bridgehead.funding.queries import grant_histories
from bridgehead.mailing.models import Mail
from bridgehead.organisations.models import Host, Organisation
from bridgehead.outcomes.queries import results
from bridgehead.outcomes.results_json import as_json
from bridgehead.portal.demo.loading import load
from bridgehead.portal.demo.personas import PERSONAS
from bridgehead.programmes.models import Programme, Project, Statement, Strategy

pytestmark = pytest.mark.usefixtures("told")


def programme(slug):
    return Programme.objects.get(slug=slug)


def stated(slug):
    found = Statement.objects.filter(programme__slug=slug).order_by("pk")
    return {statement.subject: int(statement.value) for statement in found}


def test_gyeonggi_states_what_the_interface_promises():
    found = as_json(results(programme("gyeonggi-mwc-2025")))
    budget = found.pop("budget")
    assert found == {
        "programme": "gyeonggi-mwc-2025",
        "currency": "USD",
        "as_of": "2025-03-09T00:00:00+09:00",
        "planned": {"firms": 26},
        "firms": 26,
        "ladder": {
            "consultation": {"count": 558, "amount": "166080000.00"},
            "pursued": {"count": 145, "amount": "56780000.00"},
            "signed": {"count": 0, "amount": "0.00"},
            "shipped": {"count": 0, "amount": "0.00"},
            "paid": {"count": 0, "amount": "0.00"},
        },
        "confirmed_wins": {"count": 0, "amount": "0.00"},
        "ceiling": {"currency": "KRW", "amount": "12000000", "effective": "2025-01-01"},
        "excluded": [{"reason": "no currency rate for the date", "count": 0}],
    }
    assert (budget["currency"], budget["total"]) == ("KRW", "500000000")
    assert Decimal(budget["spent"]) + Decimal(budget["committed"]) <= 500_000_000


def test_gyeonggi_raised_its_ceiling():
    found = Ceiling.objects.filter(programme__slug="gyeonggi-mwc-2025").order_by("effective_from")
    assert list(found.values_list("amount", "effective_from")) == [
        (8_000_000, date(2024, 1, 1)),
        (12_000_000, date(2025, 1, 1)),
    ]


def test_gyeonggi_has_four_strategies_and_twelve_projects():
    assert Strategy.objects.filter(host__slug="gyeonggi").count() == 4
    assert Project.objects.filter(strategy__host__slug="gyeonggi").count() == 12
    assert programme("gyeonggi-mwc-2025").project.strategy.title_en == "Expanding export market territory"


def test_gyeonggis_contradiction_is_kept():
    said = Statement.objects.filter(programme__slug="gyeonggi-mwc-2025", subject="pursued_amount")
    assert [statement.value for statement in said] == [56_780_000, 56_780_000]
    assert ["pursuing" in statement.words for statement in said] == [True, False]


def test_no_pursued_deal_is_bigger_than_its_consultation():
    rows = StageRecord.objects.filter(consultation__programme__slug="gyeonggi-mwc-2025")
    assert rows.count() == 145
    assert all(row.amount <= row.consultation.amount for row in rows.select_related("consultation"))


def test_kocef_2024_took_19_firms_and_349_consultations():
    found = results(programme("kocef-maison-objet-2024"))
    talks = found.ladder["consultation"]
    assert (found.firms, talks.count, talks.amount, found.currency) == (19, 349, 200_000_000, "KRW")
    assert stated("kocef-maison-objet-2024") == {"consultations": 349, "consultation_amount": 200_000_000}


def test_kocef_2025_planned_20_and_took_six_of_each_city():
    found = results(programme("kocef-maison-objet-2025"))
    assert (found.planned, found.firms) == ({"firms": 20}, 12)
    awards = Award.objects.filter(programme__slug="kocef-maison-objet-2025")
    regions = sorted(awards.values_list("firm__region", flat=True))
    assert regions == ["Icheon"] * 6 + ["Yeoju"] * 6
    assert Host.objects.get(slug="kocef").parent.slug == "gyeonggi"


def test_jongno_takes_the_four_named_firms_into_30_square_metres():
    slug = "jongno-vicenzaoro-2026"
    firms = Award.objects.filter(programme__slug=slug, state=Award.State.ACCEPTED).values_list(
        "firm__name_en", flat=True
    )
    assert sorted(firms) == ["Heradi", "MitsunoiV", "Soyou", "The Yeoun"]
    assert Application.objects.filter(call__programme__slug=slug).count() == 11
    pavilion = Pavilion.objects.get(programme__slug=slug)
    assert pavilion.width * pavilion.depth == 30
    assert sorted(
        stand.award.firm.name_en for stand in pavilion.stands.filter(award__isnull=False)
    ) == sorted(firms)
    edition = programme(slug).edition
    assert (edition.starts_on, edition.ends_on) == (date(2026, 1, 16), date(2026, 1, 20))
    assert stated(slug) == {
        "planned_firms": 4,
        "exhibitors": 1300,
        "exhibitor_countries": 36,
        "visitors": 35_000,
        "visitor_countries": 141,
    }


def test_jongno_has_one_confirmed_win_and_a_next_call():
    found = results(programme("jongno-vicenzaoro-2026"))
    counts = {stage: rung.count for stage, rung in found.ladder.rungs.items()}
    assert counts == {"consultation": 52, "pursued": 13, "signed": 2, "shipped": 1, "paid": 1}
    assert found.wins.count == 1
    call = programme("jongno-vicenzaoro-2027").calls.get()
    states = call.applications.values_list("state", flat=True)
    assert sorted(states) == ["draft", "submitted", "submitted", "submitted"]


def test_iksan_was_selected_four_years_in_a_row():
    grants = IncomingGrant.objects.filter(host__slug="iksan").order_by("year")
    assert [(grant.year, grant.state, grant.amount) for grant in grants] == [
        (2021, "selected", None),
        (2022, "selected", None),
        (2023, "selected", None),
        (2024, "selected", 316_000_000),
    ]
    assert [history.in_a_row for history in grant_histories(grants)] == [(2021, 2022, 2023, 2024)]
    assert programme("iksan-root-complex-2024").operator.slug == "fiti"
    assert results(programme("iksan-root-complex-2024")).balance.total == 316_000_000


def test_every_kind_of_call_is_there_by_configuration_alone():
    kinds = set(Call.objects.values_list("kind", flat=True))
    assert kinds == set(Call.Kind.values)
    rules = set(Call.objects.values_list("selection", flat=True))
    assert rules == set(Call.Selection.values)


def test_research_took_six_designated_and_nine_autonomous_teams_of_sixty_people():
    call = programme("gyeonggi-policy-research-2025").calls.get()
    taken = call.applications.filter(state="selected")
    tasks = Counter(application.answers["task"] for application in taken)
    people = TeamMember.objects.filter(application__in=taken, confirmed_at__isnull=False).count()
    assert (tasks, people) == ({"designated": 6, "autonomous": 9}, 60)


def test_training_places_went_by_lot_and_incubation_by_threshold():
    def states(slug):
        return Counter(programme(slug).calls.get().applications.values_list("state", flat=True))

    assert states("iksan-live-commerce-2024") == {"selected": 6, "reserved": 2}
    assert states("gyeonggi-ai-startups-2025") == {"selected": 5, "declined": 1}


def test_voucher_call_is_open_and_one_applicant_does_not_meet_a_rule():
    call = programme("kocef-export-vouchers").calls.get()
    found = [in_the_way(checked(application)) for application in call.applications.order_by("number")]
    assert [[result.rule.kind for result in results] for results in found] == [[], [], [], ["arrears"]]


def test_everything_made_up_is_marked_so():
    assert Programme.objects.count() == 13
    assert not Programme.objects.filter(reconstructed=False).exists()
    assert set(Organisation.objects.values_list("kind", flat=True)) == {"firm", "buyer", "partner"}
    assert not Organisation.objects.filter(reconstructed=False).exists()


def test_every_persona_can_be_tried():
    emails = {persona.email for persona in PERSONAS}
    found = apps.get_model(configured.AUTH_USER_MODEL).objects.filter(email__in=emails)
    assert found.count() == len(PERSONAS)
    assert not any(user.has_usable_password() or user.is_superuser for user in found)


def test_the_past_happened_in_its_order():
    assert all(talk.logged_at.date() >= talk.held_on for talk in Consultation.objects.all())
    for award in Award.objects.select_related("application__call"):
        call = award.application.call
        assert call.opens_at < award.application.submitted_at < call.closes_at < award.made_at


def test_every_chain_of_the_trail_is_whole():
    chains = list(Chain.objects.values_list("name", flat=True))
    assert {"jongno", "gyeonggi", "kocef", "iksan"} <= set(chains)
    assert {chain: first_break(chain) for chain in chains} == dict.fromkeys(chains)


def test_loading_again_changes_nothing():
    def counts():
        return {model._meta.label: model._default_manager.count() for model in apps.get_models()}

    before, said = counts(), []
    for name in ("gyeonggi", "jongno", "iksan"):
        load(only=name, say=said.append)
    assert counts() == before
    assert {line.partition(": ")[2] for line in said} == {"there already"}
    assert len(said) == 12
    assert Mail.objects.filter(state="failed").count() == 0


def test_vouchers_stand_in_every_state_and_every_kind_of_booking():
    found = Voucher.objects.filter(programme__slug="kocef-export-vouchers-first")
    assert {one.state for one in found} == {"valid", "used", "expired", "cancelled"}
    stages = {booking.stage for booking in Booking.objects.select_related("line")}
    assert stages >= {
        "booked", "confirmed", "delivered", "accepted", "claimed", "returned", "approved", "paid", "declined",
        "cancelled",
    }  # fmt: skip
    assert set(Quote.objects.values_list("state", flat=True)) == {"asked", "quoted", "booked", "closed"}
