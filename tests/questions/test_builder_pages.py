"""The form builder: who may open it, and what it does to a set."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bridgehead.questions import actions
from bridgehead.questions.models import Question, QuestionSet
from tests.factories.calls import a_question_set
from tests.factories.organisations import staff
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def question_set():
    return a_question_set(
        a_programme(),
        {"key": "region", "kind": "choice", "options": {"choices": [{"value": "icheon"}]}},
        {"key": "b", "kind": "number"},
    )


@pytest.fixture
def officer(client, question_set):
    user = staff(question_set.host)
    client.force_login(user)
    return user


def pages(question_set):
    base = f"/en/desk/questions/{question_set.pk}/"
    question = question_set.questions.first()
    return [
        base,
        f"{base}add/",
        f"{base}preview/ko/",
        f"{base}preview/en/",
        f"/en/desk/questions/question/{question.pk}/",
    ]


@pytest.mark.parametrize(
    "role", ["officer", "operator", "finance", "reviewer", "editor", "auditor", "administrator"]
)
def test_builder_is_for_those_who_write_calls(client, question_set, role):
    may = role in {"officer", "operator"}
    client.force_login(staff(question_set.host, role))
    assert {client.get(url).status_code for url in pages(question_set)} == {200 if may else 404}
    assert client.get("/en/desk/questions/new/").status_code == (200 if may else 404)


def test_builder_is_closed_to_strangers(client, question_set):
    assert {client.get(url).status_code for url in pages(question_set)} == {302}
    client.force_login(staff(a_programme().host))
    assert {client.get(url).status_code for url in pages(question_set)} == {404}
    copy = f"/en/desk/questions/{question_set.pk}/copy/"
    assert client.post(copy).status_code == 404
    assert client.get("/en/desk/questions/").content.decode().count("bh-num") == 1


def form_data(**fields):
    return {"kind": "short_text", "key": "name", "label_ko": "이름", "asked_if": "", **fields}


def test_set_is_made_and_questions_added(client, officer, question_set):
    client.post("/en/desk/questions/new/", {"name": "Ceramics", "host": question_set.host.pk})
    made = QuestionSet.objects.get(name="Ceramics")
    url = f"/en/desk/questions/{made.pk}/add/"
    lines = "icheon | 이천 | Icheon\nyeoju | 여주"
    client.post(url, form_data(kind="choice", key="town", choices=lines))
    client.post(
        url, form_data(key="kiln", asked_if="town", asked_in="yeoju, icheon", max_length="50", choices="x")
    )
    town, kiln = made.questions.all()
    assert town.options == {
        "choices": [
            {"value": "icheon", "ko": "이천", "en": "Icheon"},
            {"value": "yeoju", "ko": "여주", "en": ""},
        ]
    }
    assert (kiln.options, kiln.condition) == ({"max_length": 50}, {"key": "town", "in": ["icheon", "yeoju"]})
    assert (town.order, kiln.order) == (0, 1)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "choice"}, "choices"),
        ({"kind": "choice", "choices": "bad code! | x"}, "choices"),
        ({"kind": "choice", "choices": "a\na"}, "choices"),
        ({"kind": "table"}, "columns"),
        ({"kind": "consent"}, "wording_ko"),
        ({"key": "region"}, "key"),
        ({"asked_if": "region", "asked_in": "seoul"}, "asked_in"),
    ],
)
def test_question_that_could_not_be_answered_is_refused(client, officer, question_set, fields, field):
    response = client.post(f"/en/desk/questions/{question_set.pk}/add/", form_data(**fields))
    assert list(response.context["form"].errors) == [field]
    assert question_set.questions.count() == 2


def test_editing_shows_what_was_written_and_keeps_the_order(client, officer, question_set):
    question = question_set.questions.first()
    url = f"/en/desk/questions/question/{question.pk}/"
    assert "icheon |  | " in client.get(url).content.decode()
    client.post(url, form_data(kind="choice", key="region", choices="yeoju | 여주 | Yeoju"))
    question.refresh_from_db()
    assert (question.order, question.options["choices"][0]["value"]) == (0, "yeoju")


def test_questions_move_and_go(client, officer, question_set):
    first, second = question_set.questions.all()
    client.post(f"/en/desk/questions/question/{second.pk}/move/", {"to": "up"})
    assert list(question_set.questions.all()) == [second, first]
    client.post(f"/en/desk/questions/question/{second.pk}/move/", {"to": "up"})
    assert list(question_set.questions.all()) == [second, first]
    client.post(f"/en/desk/questions/question/{first.pk}/delete/")
    assert list(question_set.questions.all()) == [second]


def test_locked_set_changes_only_as_a_copy(client, officer, question_set):
    actions.lock(question_set=question_set)
    first = question_set.questions.first()
    for url, data in [
        (f"/en/desk/questions/question/{first.pk}/delete/", {}),
        (f"/en/desk/questions/question/{first.pk}/move/", {"to": "down"}),
        (f"/en/desk/questions/question/{first.pk}/", form_data(key="changed")),
        (f"/en/desk/questions/{question_set.pk}/add/", form_data()),
    ]:
        response = client.post(url, data, follow=True)
        assert "can no longer be changed" in response.content.decode()
    assert list(question_set.questions.values_list("key", flat=True)) == ["region", "b"]
    client.post(f"/en/desk/questions/{question_set.pk}/copy/")
    copy = QuestionSet.objects.get(previous=question_set)
    assert (copy.version, copy.locked_at) == (2, None)
    assert list(copy.questions.values_list("key", "order")) == [("region", 0), ("b", 1)]


def test_copies_count_their_versions_up(officer, question_set):
    actions.copy_set(question_set=question_set, by=officer)
    assert actions.copy_set(question_set=question_set, by=officer).version == 3


def test_preview_is_in_the_language_asked_for(client, officer, question_set):
    Question.objects.filter(key="b").update(label_ko="인원", label_en="Staff")
    base = f"/ko/desk/questions/{question_set.pk}/preview/"
    assert "Staff" in client.get(f"{base}en/").content.decode()
    assert "인원" in client.get(f"{base}ko/").content.decode()


def test_list_has_the_same_queries_for_one_and_three(
    client, officer, question_set, django_assert_num_queries
):
    with CaptureQueriesContext(connection) as one:
        client.get("/en/desk/questions/")
    for _ in range(2):
        actions.copy_set(question_set=question_set, by=officer)
    with django_assert_num_queries(len(one)):
        page = client.get("/en/desk/questions/").content.decode()
    assert page.count(question_set.name) == 3
