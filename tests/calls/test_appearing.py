"""The order of the day of an interview: planned, published by number or by lot, and known to whom it concerns."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from bridgehead.audit.queries import entries_about
from bridgehead.calls.actions import appearing, applying, copying, progressing
from bridgehead.calls.models import Review, Stage
from bridgehead.calls.queries.appearing import appearance_of, order_of, without_a_place
from bridgehead.calls.ranking import draw
from bridgehead.mailing.models import Mail
from tests.calls.counting import queries_of
from tests.factories.calls import a_call, an_application
from tests.factories.organisations import a_firm, maker_of, staff

pytestmark = pytest.mark.django_db
MINUTES = 20


def an_interview(applications=3, **fields):
    """(stage, applications by receipt number) of a call whose only stage is an interview."""
    call = a_call(**fields)
    day = call.closes_at.replace(microsecond=0) + timedelta(days=7)
    facts = {"kind": "interview", "name_ko": "면접", "name_en": "Interview", "minutes_each": MINUTES}
    facts |= {"held_at": day, "place_ko": "본관 3층", "place_en": "Room 3"}
    Stage.objects.filter(call=call).update(**facts)
    firms = [a_firm() for _n in range(applications)]
    made = [an_application(call, firm, applicant=maker_of(firm), state="shortlisted") for firm in firms]
    return call.stages.get(), made


def numbers(stage):
    return [one.application.number for one in order_of(stage)]


def test_order_by_number_gives_each_its_own_time_and_a_mail():
    stage, applications = an_interview()
    made = appearing.publish_order(stage=stage, drawn=False, by=None)
    assert numbers(stage) == [one.number for one in applications]
    assert [one.starts_at - stage.held_at for one in made] == [
        timedelta(minutes=MINUTES * n) for n in range(3)
    ]
    mails = Mail.objects.filter(kind="calls.appearance")
    assert set(mails.values_list("to", flat=True)) == {one.applicant.email for one in applications}
    assert "본관 3층" in mails.get(to=applications[0].applicant.email).body


def test_lot_can_be_repeated_from_the_seed_in_the_trail():
    stage, applications = an_interview(8)
    appearing.publish_order(stage=stage, drawn=True, by=None)
    data = entries_about(stage)[0].data
    expected = sorted((one.number for one in applications), key=lambda number: draw(data["seed"], number))
    assert numbers(stage) == data["order"] == expected


def test_without_minutes_all_come_at_the_same_time():
    stage, _applications = an_interview()
    Stage.objects.filter(pk=stage.pk).update(minutes_each=None)
    appearing.publish_order(stage=stage, drawn=False, by=None)
    stage.refresh_from_db()
    assert {one.starts_at for one in order_of(stage)} == {stage.held_at}


@pytest.mark.parametrize("missing", [{"held_at": None}, {"place_ko": ""}])
def test_order_without_day_or_place_is_not_published(missing):
    stage, _applications = an_interview()
    Stage.objects.filter(pk=stage.pk).update(**missing)
    with pytest.raises(appearing.NotPublished) as caught:
        appearing.publish_order(stage=stage, drawn=False, by=None)
    assert (len(caught.value.obstacles), stage.appearances.count()) == (1, 0)


def test_order_is_not_published_while_an_earlier_stage_is_open():
    stage, _applications = an_interview()
    later = Stage.objects.create(
        call=stage.call, order=2, kind="interview", name_ko="2차", held_at=stage.held_at, place_ko="본관"
    )
    with pytest.raises(appearing.NotPublished) as caught:
        appearing.publish_order(stage=later, drawn=False, by=None)
    assert len(caught.value.obstacles) == 2


def test_nobody_moves_when_one_withdraws_and_who_comes_later_is_last():
    stage, (first, second, third) = an_interview()
    appearing.publish_order(stage=stage, drawn=False, by=None)
    applying.withdraw(application=first, by=None, reason="사정")
    first.refresh_from_db()
    late = an_application(stage.call, state="shortlisted")
    appearing.publish_order(stage=stage, drawn=False, by=None)
    assert [(one.position, one.application) for one in order_of(stage)] == [
        (2, second),
        (3, third),
        (4, late),
    ]
    assert appearance_of(first) is None


def test_new_day_is_told_to_those_who_know_the_old_one():
    stage, (first, *_others) = an_interview()
    appearing.publish_order(stage=stage, drawn=False, by=None)
    facts = {"place_ko": "별관", "place_en": "Annex", "minutes_each": MINUTES}
    later = stage.held_at + timedelta(days=1)
    for _again in range(2):
        appearing.plan_day(stage=stage, held_at=later, by=None, **facts)
    mails = Mail.objects.filter(kind="calls.appearance", to=first.applicant.email).order_by("pk")
    assert ["별관" in mail.body for mail in mails] == [False, True]
    assert appearance_of(first).starts_at == later


def test_day_that_firms_know_is_not_taken_away():
    stage, _applications = an_interview()
    appearing.publish_order(stage=stage, drawn=False, by=None)
    with pytest.raises(appearing.StillNeeded):
        appearing.plan_day(stage=stage, held_at=None, place_ko="본관 3층", by=None)
    stage.refresh_from_db()
    assert stage.held_at is not None


def test_documents_have_no_day():
    with pytest.raises(appearing.NoDay):
        appearing.plan_day(stage=a_call().stages.get(), held_at=None, place_ko="본관", by=None)


def test_application_kept_back_loses_its_place():
    stage, (first, *_others) = an_interview()
    before = Stage.objects.create(
        call=stage.call, order=9, kind="documents", name_ko="서류", closed_at=stage.call.opens_at
    )
    Stage.objects.filter(pk=stage.pk).update(order=10)
    stage.applications.model.objects.filter(call=stage.call).update(stage=stage)
    appearing.publish_order(stage=stage, drawn=False, by=None)
    progressing.hold_back(application=first, by=None, reason="이유")
    assert (appearance_of(first), without_a_place(stage).count()) == (None, 0)
    first.refresh_from_db()
    assert first.stage == before


def test_copy_of_a_call_keeps_the_weekday_but_no_appearance():
    stage, _applications = an_interview()
    appearing.publish_order(stage=stage, drawn=False, by=None)
    copied = copying.copy_call(call=stage.call, programme=stage.call.programme, by=None).stages.get()
    assert (copied.held_at - stage.held_at).days % 7 == 0
    assert (copied.place_ko, copied.appearances.count()) == ("본관 3층", 0)


def test_officer_plans_publishes_and_takes_the_sheet_along(client):
    stage, (first, *_others) = an_interview()
    client.force_login(staff(stage.call.programme.host))
    address = reverse("calls:desk_order_plan", args=[stage.pk])
    early = {"held_at": "2001-01-01T10:00", "place_ko": "구관", "place_en": "", "minutes_each": 15}
    refused = client.post(address, early)
    assert refused.status_code == 422
    assert "구관" in refused.content.decode()
    day = f"{stage.held_at.date() + timedelta(days=1)}T10:00"
    assert client.post(address, {**early, "held_at": day}).status_code == 302
    client.post(reverse("calls:desk_order_publish", args=[stage.pk]), {"by": "number"})
    page = client.get(reverse("calls:desk_order", args=[stage.pk])).content.decode()
    assert first.firm.name in page
    sheet = client.get(reverse("calls:desk_order_sheet", args=[stage.pk]))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert first.number in [cell for row in rows for cell in row]


def test_applicant_sees_the_own_time_only_after_the_publication(client):
    stage, (first, second, _third) = an_interview()
    page, day = (reverse(f"calls:{name}", args=[second.pk]) for name in ("my_application", "my_day"))
    client.force_login(second.applicant)
    client.cookies["django_language"] = "ko"
    assert "본관 3층" not in client.get(page).content.decode()
    assert client.get(day).status_code == 404
    appearing.publish_order(stage=stage, drawn=False, by=None)
    text = client.get(page).content.decode()
    assert "본관 3층" in text
    assert first.number not in text
    [event] = Calendar.from_ical(client.get(day).content).walk("VEVENT")
    assert event.decoded("dtstart") == stage.held_at + timedelta(minutes=MINUTES)


@pytest.mark.parametrize("blind", [True, False])
def test_reviewer_sees_the_order_with_names_only_where_the_call_is_not_blind(client, blind):
    stage, applications = an_interview(blind=blind)
    appearing.publish_order(stage=stage, drawn=False, by=None)
    reviewer = staff(stage.call.programme.host, "reviewer")
    Review.objects.create(application=applications[0], stage=stage, reviewer=reviewer)
    client.force_login(reviewer)
    page = client.get(reverse("calls:reviews")).content.decode()
    assert applications[2].number in page
    assert (applications[2].firm.name_ko in page or applications[2].firm.name_en in page) is not blind


@pytest.mark.parametrize("name", ["desk_order", "reviews"])
def test_page_with_the_order_asks_the_same_for_one_and_three_rows(client, name):
    def count(rows):
        stage, applications = an_interview(rows)
        appearing.publish_order(stage=stage, drawn=False, by=None)
        if name == "reviews":
            person = staff(stage.call.programme.host, "reviewer")
            Review.objects.create(application=applications[0], stage=stage, reviewer=person)
        else:
            person = staff(stage.call.programme.host)
        client.force_login(person)
        return queries_of(client, reverse(f"calls:{name}", args=[] if name == "reviews" else [stage.pk]))

    assert count(1) == count(3)
