"""The agency that runs a programme for another host writes the questions of its calls, and no others."""

import pytest

from bridgehead.questions.queries import question_sets_visible_to
from tests.factories.calls import a_call, a_question_set
from tests.factories.organisations import a_host, staff
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db


def test_operator_sees_the_sets_of_calls_entrusted_to_it(client):
    agency = a_host()
    programme = a_programme(operator=agency)
    call = a_call(programme)
    a_question_set(programme)
    operator = staff(agency, "operator")
    assert list(question_sets_visible_to(operator)) == [call.question_set]
    client.force_login(operator)
    assert client.get(f"/en/desk/questions/{call.question_set.pk}/").status_code == 200


def test_stranger_sees_no_set_of_another_host():
    a_call(a_programme(operator=a_host()))
    assert list(question_sets_visible_to(staff(a_host()))) == []
