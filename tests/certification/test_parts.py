"""Who evaluates does not decide: tried on the database itself, whatever the order of the statements."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridgehead.certification.actions import deciding, evaluating
from bridgehead.certification.models import Decision, Finding, Involvement
from tests.factories.certification import a_case, evaluated, submitted
from tests.factories.organisations import a_user, maker_of, staff

pytestmark = pytest.mark.django_db
PARTS = ["evaluation", "decision", "appeal"]


def sql(statement, *values):
    """As somebody with a console on the database would; what is refused is rolled back."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.rowcount
    except DatabaseError:
        return 0


def involve(case, person, part):
    return sql(
        "INSERT INTO certification_involvement (case_id, person_id, part, at) VALUES (%s, %s, %s, %s)",
        case.pk, person.pk, part, timezone.now(),
    )  # fmt: skip


def find(case, person):
    return sql(
        "INSERT INTO certification_finding (case_id, criterion_id, conforms, method, words, by_id, at)"
        " VALUES (%s, %s, %s, 'lab', '', %s, %s)",
        case.pk, case.version.criteria.first().pk, True, person.pk, timezone.now(),
    )  # fmt: skip


def decide(case, person):
    return sql(
        "INSERT INTO certification_decision (case_id, outcome, reason, by_id, at) VALUES (%s, 'grant', '', %s, %s)",
        case.pk, person.pk, timezone.now(),
    )  # fmt: skip


def change(case, person, column):
    """Hand somebody else's row over."""
    table = {"by": "finding", "person": "involvement", "decider": "decision"}[column]
    name = "person_id" if column == "person" else "by_id"
    return sql(f"UPDATE certification_{table} SET {name} = %s WHERE case_id = %s", person.pk, case.pk)


STEPS = st.one_of(
    st.tuples(st.just("involve"), st.integers(0, 2), st.sampled_from(PARTS)),
    st.tuples(st.sampled_from(["find", "decide"]), st.integers(0, 2), st.just("")),
    st.tuples(st.just("change"), st.integers(0, 2), st.sampled_from(["by", "person", "decider"])),
    st.tuples(st.just("remove"), st.integers(0, 2), st.just("")),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=12))
def test_no_order_of_statements_lets_an_evaluator_decide(steps):
    mark = transaction.savepoint()
    case, people = a_case(), [a_user(), a_user(), a_user()]
    for step, who, what in steps:
        person = people[who]
        if step == "involve":
            involve(case, person, what)
        elif step == "change":
            change(case, person, what)
        elif step == "remove":
            sql("DELETE FROM certification_involvement WHERE person_id = %s", person.pk)
        else:
            (find if step == "find" else decide)(case, person)
    found = set(Finding.objects.filter(case=case).values_list("by", flat=True))
    evaluated_by = found | set(case.involvements.filter(part="evaluation").values_list("person", flat=True))
    decided = set(Decision.objects.filter(case=case).values_list("by", flat=True))
    transaction.savepoint_rollback(mark)
    assert evaluated_by & decided == set()


def test_steps_of_different_people_are_possible():
    """The property above would also hold if nothing ever succeeded."""
    case, evaluator, decider = a_case(), a_user(), a_user()
    assert [involve(case, evaluator, "evaluation"), find(case, evaluator)] == [1, 1]
    assert [involve(case, decider, "decision"), decide(case, decider)] == [1, 1]
    assert [
        involve(case, evaluator, "decision"),
        decide(case, evaluator),
        change(case, evaluator, "decider"),
    ] == [0, 0, 0]


def test_maker_takes_no_part_in_the_own_case():
    case = a_case()
    maker = maker_of(case.firm)
    assert [involve(case, maker, part) for part in PARTS] == [0, 0, 0]


def test_decisions_and_involvements_stay():
    case = evaluated(a_case())
    deciding.decide(case=case, outcome="refuse", reason="No.", by=staff(case.version.scheme.host))
    assert sql("DELETE FROM certification_decision") == 0
    assert sql("UPDATE certification_decision SET outcome = 'grant'") == 0
    assert sql("DELETE FROM certification_involvement") == 0


def test_evaluator_is_told_that_somebody_else_decides():
    evaluator = a_user()
    case = evaluated(a_case(), evaluator)
    with pytest.raises(evaluating.NotImpartial):
        deciding.decide(case=case, outcome="grant", reason="Mine.", by=evaluator)
    assert case.involvements.filter(part=Involvement.Part.DECISION).count() == 0


def test_whoever_returned_nothing_may_still_decide():
    """Reading an application is no evaluation; only what is written down counts."""
    case = submitted(a_case())
    reader = staff(case.version.scheme.host)
    evaluating.return_case(case=case, reason="Which rings?", by=reader)
    assert case.involvements.count() == 0
