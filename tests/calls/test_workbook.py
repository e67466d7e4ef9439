"""The officers' workbook: every question that somebody was asked, in every version of the set that was answered."""

from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bridgehead.calls.models import Application, Call
from bridgehead.calls.workbook import applications_workbook
from tests.factories.calls import a_call, a_question_set, an_application

pytestmark = pytest.mark.django_db
FIXED = 6


def cells(call):
    rows = Application.objects.filter(call=call).select_related("firm", "question_set").order_by("number")
    sheet = openpyxl.load_workbook(BytesIO(applications_workbook(call, rows, "en"))).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_workbook_has_the_questions_of_each_version_that_was_answered():
    call = a_call(questions=({"key": "product", "kind": "short_text"}, {"key": "old", "kind": "short_text"}))
    an_application(call, number="A-1", answers={"product": "rings", "old": "kept"})
    newer = a_question_set(
        call.programme, {"key": "new", "kind": "short_text"}, {"key": "product", "kind": "short_text"}
    )
    Call.objects.filter(pk=call.pk).update(question_set=newer)
    call.refresh_from_db()
    an_application(call, number="A-2", answers={"product": "pins", "new": "added"})
    found = [row[FIXED:] for row in cells(call) if "product" in row or row[0] in {"A-1", "A-2"}]
    assert found == [["new", "product", "old"], ["", "rings", "kept"], ["added", "pins", ""]]


def test_workbook_asks_the_database_the_same_for_one_and_three_rows():
    call = a_call()
    counts = []
    for more in (1, 2):
        for _n in range(more):
            an_application(call)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            cells(call)
        counts.append(len(queries))
    assert counts[0] == counts[1]
