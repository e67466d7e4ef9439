"""From application to certificate and what may become of it."""

from decimal import Decimal

import pytest
import time_machine

from bridgehead.calls.models import Award
from bridgehead.calls.signals import award_made
from bridgehead.certification.actions import applying, badges, complaining, deciding, evaluating
from bridgehead.certification.actions.schemes import Published, begin_version, publish_version, save_part
from bridgehead.certification.models import Case, Certificate, Nonconformity
from bridgehead.certification.rules import add_months
from bridgehead.kit.clock import today
from bridgehead.kit.states import WrongMove
from tests.factories.calls import an_award
from tests.factories.certification import a_case, a_scheme, certified, evaluated, in_days, submitted
from tests.factories.organisations import maker_of, staff

pytestmark = pytest.mark.django_db


def decide(case, outcome, **more):
    deciding.decide(case=case, outcome=outcome, reason="Because.", by=staff(case.version.scheme.host), **more)
    case.refresh_from_db()


def test_submission_without_answers_says_what_is_missing():
    case = a_case()
    with pytest.raises(applying.Incomplete) as error:
        applying.submit(case=case, by=maker_of(case.firm))
    assert "기준, 기준" in str(error.value)
    assert case.state == Case.State.DRAFT


def test_value_beyond_the_limit_does_not_conform():
    case = submitted(a_case())
    evaluator = staff(case.version.scheme.host)
    evaluating.accept(case=case, by=evaluator)
    nickel = case.version.criteria.get(code="nickel")
    found = {"case": case, "criterion": nickel, "method": "lab", "by": evaluator}
    with pytest.raises(evaluating.BeyondLimit):
        evaluating.find(conforms=True, value=Decimal("0.51"), **found)
    assert evaluating.find(conforms=True, value=Decimal("0.5"), **found).conforms is True


def test_limit_of_another_market_does_not_count():
    case = submitted(a_case(markets=["KR"]))
    evaluator = staff(case.version.scheme.host)
    evaluating.accept(case=case, by=evaluator)
    nickel = case.version.criteria.get(code="nickel")
    finding = evaluating.find(
        case=case, criterion=nickel, method="lab", by=evaluator, conforms=True, value=Decimal(9)
    )
    assert finding.conforms is True


def test_nonconformity_is_corrected_checked_and_closed():
    case = submitted(a_case())
    evaluator, maker = staff(case.version.scheme.host), maker_of(case.firm)
    evaluating.accept(case=case, by=evaluator)
    raised = evaluating.raise_nonconformity(
        case=case, criterion=case.version.criteria.first(), grade="major", words="No test.",
        deadline=in_days(30), by=evaluator,
    )  # fmt: skip
    assert case.state == Case.State.CORRECTION
    applying.report_correction(nonconformity=raised, correction="Tested.", by=maker)
    evaluating.check_correction(nonconformity=raised, accepted=False, verdict="Which lab?", by=evaluator)
    assert (raised.state, case.state) == (Nonconformity.State.OPEN, Case.State.CORRECTION)
    applying.report_correction(nonconformity=raised, correction="By KATRI.", by=maker)
    with pytest.raises(applying.Incomplete):
        evaluating.finish(case=case, by=evaluator)
    evaluating.check_correction(nonconformity=raised, accepted=True, verdict="Seen.", by=evaluator)
    assert (raised.state, case.state) == (Nonconformity.State.CLOSED, Case.State.EVALUATION)


def test_required_criterion_that_is_not_met_is_not_certified():
    case = evaluated(a_case())
    case.findings.filter(criterion__code="nickel").update(conforms=False)
    with pytest.raises(applying.Incomplete):
        decide(case, "grant")
    case.refresh_from_db()
    assert case.state == Case.State.DECISION


def test_certificate_has_a_period_and_a_surveillance_plan():
    case = certified()
    certificate = case.certificates.get()
    assert certificate.valid_until == add_months(today(), 36)
    assert [plan.due_on for plan in case.surveillances.all()] == [
        add_months(today(), 12),
        add_months(today(), 24),
    ]


def test_overdue_surveillance_suspends_and_has_to_be_made_before_it_is_lifted():
    case = certified()
    plan = case.surveillances.first()
    assert deciding.follow_the_calendar() == []
    with time_machine.travel(f"{add_months(plan.due_on, 1)}T09:00:00+09:00"):
        assert [decision.outcome for decision in deciding.follow_the_calendar()] == ["suspend"]
        assert deciding.follow_the_calendar() == []
        case.refresh_from_db()
        with pytest.raises(applying.Incomplete):
            decide(case, "restore")
        case.refresh_from_db()
        evaluating.survey(
            surveillance=plan,
            done_on=today(),
            conforms=True,
            words="Fine.",
            by=staff(case.version.scheme.host),
        )
        decide(case, "restore")
    assert (case.state, case.certificates.get().standing(today())) == (Case.State.CERTIFIED, "valid")


def test_expired_certificate_is_closed_by_the_calendar():
    certified()
    with time_machine.travel(f"{add_months(today(), 37)}T09:00:00+09:00"):
        assert [decision.outcome for decision in deciding.follow_the_calendar()] == ["expire"]


def test_reduction_puts_a_smaller_certificate_in_place_of_the_old():
    case = certified()
    decide(case, "reduce", scope_ko="무도금 반지", scope_en="Unplated rings")
    new, old = case.certificates.order_by("-pk")
    assert (new.standing(today()), new.scope_en, new.number) == (
        "valid",
        "Unplated rings",
        f"{case.number}-2",
    )
    assert (old.standing(today()), old.credential.revoked_at is None) == ("replaced", False)


def test_withdrawn_certificate_takes_no_further_decision():
    case = certified()
    decide(case, "withdraw")
    assert case.certificates.get().standing(today()) == "withdrawn"
    with pytest.raises(WrongMove):
        decide(case, "restore")


def test_renewal_begins_with_the_answers_and_ends_the_old_certificate():
    old = certified()
    renewal = deciding.renew(case=old, by=maker_of(old.firm))
    assert deciding.renew(case=old, by=None) == renewal
    assert renewal.answers.count() == 2
    certified(renewal)
    old.refresh_from_db()
    assert old.state == Case.State.EXPIRED


def test_complaint_is_answered_by_other_people():
    case = evaluated(a_case())
    decider = staff(case.version.scheme.host)
    deciding.decide(case=case, outcome="refuse", reason="No.", by=decider)
    appeal = complaining.complain(case=case, kind="appeal", words="We were measured wrongly.", sender="Maker")
    for person in [decider, case.findings.first().by]:
        with pytest.raises(evaluating.NotImpartial):
            complaining.answer_complaint(complaint=appeal, upheld=False, answer="No.", by=person)
    complaining.answer_complaint(
        complaint=appeal, upheld=True, answer="Yes.", by=staff(case.version.scheme.host)
    )
    assert appeal.upheld is True


def test_version_in_force_is_not_changed_but_copied():
    version = a_scheme()
    with pytest.raises(Published):
        save_part(part=version.criteria.first(), by=None)
    draft = begin_version(scheme=version.scheme, by=None)
    limit = draft.criteria.get(code="nickel").limits.get()
    limit.value = Decimal("0.2")
    save_part(part=limit, by=None)
    publish_version(version=draft, changes="Stricter", by=None)
    assert [v.criteria.get(code="nickel").limits.get().value for v in (draft, version)] == [
        Decimal("0.2"),
        Decimal("0.5"),
    ]


def test_award_opens_a_case_only_where_the_scheme_names_its_programme():
    version, award, other = a_scheme(), an_award(), an_award()
    version.scheme.programmes.add(award.programme)
    for each in [award, other]:
        award_made.send(sender=Award, award=each, by=None)
    assert Case.objects.get().award == award


def test_badge_is_given_once():
    award = an_award()
    assert badges.give_badge(award=award, by=None) == badges.give_badge(award=award, by=None)
    assert Certificate.objects.count() == 0
