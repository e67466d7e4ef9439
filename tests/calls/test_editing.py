"""Writing and publishing a call, and what may change afterwards."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from bridgehead.audit.queries import entries_about
from bridgehead.calls.actions import checking, copying, editing, staging
from bridgehead.calls.models import Application, Bonus, Quota
from bridgehead.calls.steps import call_step, selection_step, tasks_of
from bridgehead.kit.states import WrongMove
from bridgehead.mailing.models import Mail
from tests.calls.reviewed import PRODUCT, REGION, a_reviewed_call
from tests.factories.calls import a_call, an_application
from tests.factories.organisations import a_firm, a_host, maker_of, staff
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db
TEXTS = dict.fromkeys(editing.TEXT_COLUMNS, "글")


def a_draft(**fields):
    call = a_call(questions=(PRODUCT, REGION), published_at=None, **fields)
    return editing.edit_texts(call=call, by=None, **TEXTS)


def test_complete_call_is_published_and_recorded():
    call = editing.publish_call(call=a_draft(), by=None)
    assert call.published_at is not None
    assert entries_about(call)[0].verb == "call.publish"


def test_incomplete_call_says_what_is_missing_and_where():
    programme, now = a_programme(), timezone.now()
    call = editing.create_call(
        programme=programme, title_ko="모집", opens_at=now, closes_at=now + timedelta(days=9), by=None
    )
    with pytest.raises(editing.NotComplete) as error:
        editing.publish_call(call=call, by=None)
    steps = [missing.step for missing in error.value.missing]
    assert steps == ["basics", "texts", "texts", "texts", "questions", "stages"]


def test_weights_have_to_add_up_to_100():
    call = a_draft()
    with pytest.raises(editing.WeightsNot100):
        staging.edit_stage(stage=call.stages.get(), criteria=[{"name_ko": "가", "weight": 99}], by=None)
    assert sorted(call.criteria.values_list("weight", flat=True)) == [40, 60]


def test_quotas_keep_no_more_places_than_there_are():
    call = a_draft(places=2)
    quotas = [{"key": "region", "value": "yeoju", "places": 3}]
    with pytest.raises(editing.QuotasBeyondPlaces):
        editing.set_selection(call=call, quotas=quotas, by=None)


def test_quota_for_an_answer_nobody_can_give_is_missing():
    call = a_draft()
    Quota.objects.create(call=call, key="region", value="jeju", places=1)
    with pytest.raises(editing.NotComplete):
        editing.publish_call(call=call, by=None)


def test_published_conditions_are_fixed_but_texts_may_be_mended():
    call = editing.publish_call(call=a_draft(), by=None)
    with pytest.raises(editing.CallPublished):
        editing.set_selection(call=call, places=9, by=None)
    with pytest.raises(editing.CallPublished):
        staging.edit_stage(stage=call.stages.get(), criteria=[{"name_ko": "가", "weight": 100}], by=None)
    with pytest.raises(editing.CallPublished):
        editing.publish_call(call=call, by=None)
    assert editing.edit_texts(call=call, by=None, body_ko="고침").body_ko == "고침"


@pytest.mark.parametrize("days", [-1, 0])
def test_deadline_is_never_brought_forward(days):
    call = a_call()
    with pytest.raises(editing.NotLater):
        editing.extend_deadline(
            call=call, closes_at=call.closes_at + timedelta(days=days), reason="x", by=None
        )


def test_extended_deadline_keeps_its_reason():
    call = a_call()
    later = call.closes_at + timedelta(days=7)
    assert editing.extend_deadline(call=call, closes_at=later, reason="연휴", by=None).closes_at == later
    assert entries_about(call)[0].reason == "연휴"


def test_copy_is_a_draft_with_the_same_conditions():
    call = a_call(
        questions=(PRODUCT, REGION), places=4, selection="lottery", lottery_seed="published last year"
    )
    Bonus.objects.create(call=call, name_ko="여주", key="region", value="yeoju", points=2)
    copy = copying.copy_call(call=call, programme=call.programme, by=None)
    assert (copy.published_at, copy.places, copy.question_set) == (None, 4, call.question_set)
    assert (copy.selection, copy.lottery_seed) == ("lottery", "")
    assert list(copy.criteria.values_list("weight", flat=True)) == [60, 40]
    assert copy.bonuses.count() == 1


def test_returned_application_is_told_what_is_missing():
    firm = a_firm()
    application = an_application(a_call(), firm, applicant=maker_of(firm))
    checking.return_for_completion(application=application, note="사업자등록증", by=None)
    mail = Mail.objects.get(kind="calls.returned")
    assert (mail.to, "사업자등록증" in mail.body) == (application.applicant.email, True)
    assert Application.objects.get(pk=application.pk).return_note == "사업자등록증"


def test_ineligible_after_the_decision_is_refused():
    application = an_application(a_call(), state="selected")
    with pytest.raises(WrongMove):
        checking.shortlist(application=application, by=None)


def test_steps_and_tasks_follow_the_records():
    call, _applications = a_reviewed_call()
    officer = staff(call.programme.host)
    assert [task.about for task in tasks_of(officer)] == [str(call)]
    assert (call_step(call.programme).progress, selection_step(call.programme).progress) == (
        "done",
        "current",
    )
    assert tasks_of(staff(a_host())) == []
    assert call_step(a_programme()).progress == "current"


def test_paper_command_writes_the_file(tmp_path):
    call, _applications = a_reviewed_call()
    for kind in ("hwpx", "xlsx"):
        target = tmp_path / f"paper.{kind}"
        call_command("paper", call.slug, format=kind, output=target, lang="ko")
        assert target.read_bytes()[:2] == b"PK"


def test_paper_command_for_an_unknown_call_exits_with_2(tmp_path):
    with pytest.raises(CommandError) as error:
        call_command("paper", "nothing", output=tmp_path / "x.hwpx")
    assert error.value.returncode == 2
