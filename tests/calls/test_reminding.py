"""Reviewers are reminded of what is still to do, once a day at most."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from bridgehead.calls.actions.reminding import remind
from bridgehead.calls.models import Stage
from bridgehead.mailing.models import Mail
from tests.calls.reviewed import a_review
from tests.factories.calls import a_call, an_application
from tests.factories.organisations import staff

pytestmark = pytest.mark.django_db


def a_board():
    """(stage, one who has everything to do, one who is finished)."""
    call = a_call()
    application = an_application(call, state="shortlisted")
    slow, quick = (staff(call.programme.host, "reviewer") for _n in range(2))
    a_review(application, slow, 3, state="assigned")
    a_review(application, quick, 3)
    return call.stages.get(), slow, quick


def test_only_who_is_not_finished_is_reminded_and_once_a_day():
    stage, slow, _quick = a_board()
    assert remind(stage=stage, by=None) == [slow]
    assert remind(stage=stage, by=None) == []
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert remind(stage=stage, by=None, reviewer=slow) == [slow]
    assert (
        list(Mail.objects.filter(kind="calls.reviews_reminder").values_list("to", flat=True))
        == [slow.email] * 2
    )


def test_one_who_is_finished_is_never_reminded():
    stage, _slow, quick = a_board()
    assert remind(stage=stage, by=None, reviewer=quick) == []


@pytest.mark.parametrize(("days", "mails"), [(2, 1), (5, 0), (-1, 0)])
def test_command_reminds_within_three_days_before_reviews_are_due(days, mails):
    stage, _slow, _quick = a_board()
    Stage.objects.filter(pk=stage.pk).update(reviews_due_at=timezone.now() + timedelta(days=days))
    call_command("daily")
    assert Mail.objects.filter(kind="calls.reviews_reminder").count() == mails
