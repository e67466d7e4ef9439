"""What waits for whom: nobody is offered what another part in the case rules out."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from bridgehead.certification.actions import applying, complaining, deciding, evaluating
from bridgehead.certification.models import Limit
from bridgehead.certification.rules import keeps
from bridgehead.certification.steps import steps, tasks_of
from bridgehead.kit.clock import today
from tests.factories.certification import a_case, a_scheme, certified, evaluated, in_days, submitted
from tests.factories.organisations import maker_of, staff
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def titles(user):
    return [task.title for task in tasks_of(user)]


def test_decision_waits_for_everybody_but_the_evaluator():
    version = a_scheme()
    host = version.scheme.host
    evaluator, officer = staff(host), staff(host)
    case = evaluated(a_case(version), evaluator)
    assert (titles(evaluator), titles(officer)) == ([], [f"Decide on {case}"])


def test_evaluator_reviews_evaluates_and_checks():
    version = a_scheme()
    case, evaluator = submitted(a_case(version)), staff(version.scheme.host)
    assert titles(evaluator) == [f"Review the application {case}"]
    evaluating.accept(case=case, by=evaluator)
    assert titles(evaluator) == [f"Evaluate {case}"]
    raised = evaluating.raise_nonconformity(
        case=case, criterion=version.criteria.first(), grade="minor", words="No.", deadline=in_days(9), by=evaluator
    )  # fmt: skip
    maker = maker_of(case.firm)
    task = tasks_of(maker)[0]
    assert (titles(evaluator), task.due.date()) == ([], raised.deadline)
    applying.report_correction(nonconformity=raised, correction="Done.", by=maker)
    assert (titles(evaluator), titles(maker)) == ([f"Check the correction in {case}"], [])


def test_appeal_waits_for_a_third_person():
    version = a_scheme()
    host = version.scheme.host
    evaluator, decider, third = staff(host), staff(host), staff(host)
    case = evaluated(a_case(version), evaluator)
    deciding.decide(case=case, outcome="refuse", reason="No.", by=decider)
    complaining.complain(case=case, kind="appeal", words="But yes.", sender="Maker")
    assert [titles(evaluator), titles(decider), titles(third)] == [
        [],
        [],
        [f"Answer a complaint or appeal: {case}"],
    ]


def test_surveillance_and_renewal_come_up_in_time():
    version = a_scheme(validity_months=36)
    host = version.scheme.host
    evaluator = staff(host)
    case = evaluated(a_case(version), evaluator)
    decider = staff(host)
    deciding.decide(case=case, outcome="grant", reason="Yes.", by=decider)
    maker = maker_of(case.firm)
    assert (titles(maker), titles(evaluator)) == ([], [])
    plan = case.surveillances.first()
    with time_machine.travel(f"{plan.due_on - timedelta(days=30)}T09:00:00+09:00"):
        assert titles(evaluator) == [f"Make the surveillance of {case}"]
        assert titles(maker) == [f"Prepare the surveillance of {case}"]
        assert titles(decider) == []
        evaluating.survey(surveillance=plan, done_on=today(), conforms=False, words="Nickel.", by=evaluator)
        assert titles(decider) == [f"Decide what follows from a surveillance: {case}"]
        deciding.decide(case=case, outcome="suspend", reason="Nickel.", by=decider)
        assert titles(decider) == []
        deciding.decide(case=case, outcome="restore", reason="Mended.", by=decider)
    with time_machine.travel(f"{case.certificates.get().valid_until - timedelta(days=90)}T09:00:00+09:00"):
        assert f"Apply for renewal of {case}" in titles(maker)
        deciding.renew(case=case, by=maker)
        assert f"Apply for renewal of {case}" not in titles(maker)


def queries_of(user):
    with CaptureQueriesContext(connection) as captured:
        tasks_of(user)
    return len(captured)


def test_three_cases_ask_as_often_as_one():
    version = a_scheme()
    officer = staff(version.scheme.host)
    submitted(a_case(version))
    one = queries_of(officer)
    for _n in range(2):
        evaluated(a_case(version))
    assert queries_of(officer) == one


def test_cockpit_shows_a_stage_only_where_a_scheme_names_the_programme():
    version, programme = a_scheme(), a_programme()
    assert steps(programme) == []
    version.scheme.programmes.add(programme)
    certified(a_case(version))
    evaluated(a_case(version))
    (step,) = steps(programme)
    assert step.facts == ["2 cases", "1 under way", "1 certified"]


def test_firm_is_told_of_every_decision_in_its_language(django_capture_on_commit_callbacks):
    case = evaluated(a_case())
    user = maker_of(case.firm, language="en")
    with django_capture_on_commit_callbacks(execute=True):
        deciding.decide(case=case, outcome="grant", reason="All is met.", by=staff(case.version.scheme.host))
    told = [each for each in mail.outbox if each.to == [user.email]]
    assert [each.subject for each in told] == [f"Decision on {case}: Certificate granted"]
    assert "All is met." in told[0].body


@pytest.mark.parametrize(
    ("bound", "kept"),
    [("max", [True, True, False]), ("lt", [True, False, False]), ("min", [False, True, True])],
)
def test_bound_says_whether_the_limit_itself_is_kept(bound, kept):
    """Lead of exactly 0.05 % is forbidden, nickel of exactly 0.5 is not."""
    limit = Limit(bound=bound, value=500)
    assert [keeps(limit, value) for value in (499, 500, 501)] == kept
