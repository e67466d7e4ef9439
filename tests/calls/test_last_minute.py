"""Many people at the same second, on a database that really commits: none lost, none twice, numbers without gaps."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import close_old_connections, connection, connections

from bridgehead.calls.actions import applying, saving
from bridgehead.calls.models import AnswerConflict, Application, Submission
from tests.calls.test_applying import consents
from tests.factories.calls import a_call
from tests.factories.organisations import a_firm, maker_of

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 20


def at_once(work, items):
    """Each in its own thread with its own connection. SQLite in memory is one connection for all: there in turn."""

    def alone(item):
        close_old_connections()
        try:
            return work(item)
        finally:
            connections.close_all()

    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        return [work(item) for item in items]
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(alone, items))


def a_draft(call):
    firm = a_firm()
    maker = maker_of(firm)
    draft = applying.start(call=call, firm=firm, by=maker)
    return applying.save_answers(
        application=draft, answers={"product": "rings"}, version=1, page="p", by=maker
    )


def test_twenty_applicants_who_send_twice_each_get_one_number_each():
    call = a_call(slug="rush")
    drafts = [a_draft(call) for _ in range(THREADS)]
    words = consents(call)

    def send(draft):
        return applying.submit(application=draft, consents=words, by=draft.applicant).number

    numbers = at_once(send, [*drafts, *drafts])
    assert sorted(set(numbers)) == [f"RUSH-{n:04d}" for n in range(1, THREADS + 1)]
    assert Submission.objects.count() == THREADS


def test_twenty_pages_that_save_one_draft_lose_no_text():
    questions = tuple({"key": f"q{n}", "kind": "short_text", "required": False} for n in range(THREADS))
    call, firm = a_call(questions=(*questions, {"key": "same", "kind": "short_text"})), a_firm()
    maker = maker_of(firm)
    draft = applying.start(call=call, firm=firm, by=maker)

    def save(n):
        answers = {f"q{n}": f"text {n}", "same": f"mine {n}"}
        return saving.save_page(application=draft, answers=answers, version=1, page=f"page {n}", by=maker)

    at_once(save, range(THREADS))
    kept = Application.objects.get(pk=draft.pk).answers
    others = AnswerConflict.objects.values_list("other", flat=True)
    assert {kept[f"q{n}"] for n in range(THREADS)} == {f"text {n}" for n in range(THREADS)}
    assert {kept["same"], *others} == {f"mine {n}" for n in range(THREADS)}
