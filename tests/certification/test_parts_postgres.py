"""Who evaluates does not decide, on PostgreSQL without Django in between: other sessions, at the same moment.

The statements go through connections of psycopg's own, which really commit. `test_parts.py` has the property on either
database.
"""

import contextlib
import threading

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.certification import a_case
from tests.factories.organisations import a_user

psycopg = pytest.importorskip("psycopg")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="NO POSTGRESQL: bin/test --postgres runs it"
    ),
]
INVOLVE = "INSERT INTO certification_involvement (case_id, person_id, part, at) VALUES (%s, %s, %s, now())"
DECIDE = "INSERT INTO certification_decision (case_id, by_id, outcome, reason, at) VALUES (%s, %s, 'grant', '', now())"
FIND = (
    "INSERT INTO certification_finding (case_id, by_id, criterion_id, conforms, method, words, at)"
    " SELECT %s, %s, min(id), true, 'lab', '', now() FROM certification_criterion"
)
MOVE = "UPDATE certification_finding SET case_id = %s WHERE by_id = %s"
FORGET = "DELETE FROM certification_involvement WHERE case_id = %s AND person_id = %s"
RENAME = "UPDATE certification_involvement SET part = %s WHERE case_id = %s AND person_id = %s"
BOTH = """SELECT count(*) FROM certification_involvement e
    JOIN certification_involvement d ON d.case_id = e.case_id AND d.person_id = e.person_id AND d.part = 'decision'
    WHERE e.part = 'evaluation'"""
FOUND_AND_DECIDED = """SELECT count(*) FROM certification_finding f
    JOIN certification_decision d ON d.case_id = f.case_id AND d.by_id = f.by_id"""


def session(level=None):
    """A connection of its own to the database of the test."""
    of = connection.settings_dict
    fields = {"dbname": of["NAME"], "user": of["USER"], "password": of["PASSWORD"], "host": of["HOST"]}
    opened = psycopg.connect(
        **{name: value for name, value in fields.items() if value}, port=of["PORT"] or 5432
    )
    opened.isolation_level = level
    return opened


STEPS = st.lists(
    st.tuples(
        st.sampled_from([INVOLVE, DECIDE, FIND, MOVE, FORGET, RENAME]),
        st.integers(0, 1),
        st.sampled_from(["evaluation", "decision", "appeal"]),
    ),
    max_size=14,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_statements_of_a_foreign_session_mix_the_parts(steps):
    case, people = a_case(), [a_user(), a_user()]
    with session() as other:
        other.autocommit = True
        for statement, who, part in steps:
            values = [case.pk, people[who].pk]
            if statement == INVOLVE:
                values.append(part)
            elif statement == RENAME:
                values.insert(0, part)
            with contextlib.suppress(psycopg.Error):
                other.execute(statement, values)
        assert other.execute(BOTH).fetchone() == (0,)
        assert other.execute(FOUND_AND_DECIDED).fetchone() == (0,)


@pytest.mark.parametrize("level", [None, psycopg.IsolationLevel.REPEATABLE_READ])
def test_of_two_sessions_at_the_same_moment_one_is_refused(level):
    case, person = a_case(), a_user()
    refused = []
    with session(level) as first, session(level) as second:
        for each in (first, second):  # both have their snapshot before either writes
            assert each.execute("SELECT count(*) FROM certification_involvement").fetchone() == (0,)
        first.execute(INVOLVE, [case.pk, person.pk, "evaluation"])

        def decide():
            try:
                second.execute(INVOLVE, [case.pk, person.pk, "decision"])
                second.commit()
            except psycopg.Error as error:
                refused.append(type(error).__name__)
                second.rollback()

        waiting = threading.Thread(target=decide)
        waiting.start()
        first.commit()
        waiting.join(20)
    assert len(refused) == 1
    with session() as reader:
        assert reader.execute(BOTH).fetchone() == (0,)
