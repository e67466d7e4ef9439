"""Rounds of follow-up: planned, sent once, answered without signing in, expired with words."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from bridgehead.audit.models import Entry as AuditEntry
from bridgehead.floor.actions.stages import reach_stage
from bridgehead.floor.actions.waves import AlreadyAnswered, plan_waves, remind, send_wave
from bridgehead.floor.models import FollowUp, FollowUpLink, StageRecord, Wave
from bridgehead.floor.rules import months_after
from bridgehead.floor.steps import floor_step, follow_up_step, tasks_of
from bridgehead.kit.signing import digest
from bridgehead.mailing.models import Mail
from bridgehead.organisations.models import Contact
from tests.factories.calls import an_award
from tests.factories.floor import a_consultation, a_participant
from tests.factories.organisations import a_firm, maker_of, staff
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return a_programme()


def a_reachable(programme, language="en"):
    firm = a_participant(programme)
    Contact.objects.create(organisation=firm, name="Kim", email=f"{firm.slug}@example.org", language=language)
    return firm


def tokens():
    mails = Mail.objects.order_by("pk")
    return [
        next(line for line in mail.body.splitlines() if "/f/" in line).rstrip("/").rsplit("/", 1)[1]
        for mail in mails
    ]


@pytest.fixture
def asked(programme):
    """A firm with one consultation, asked in the first round; gives the firm and the address of its page."""
    firm = a_reachable(programme)
    a_consultation(programme, firm, buyer_name="Rossi")
    send_wave(wave=plan_waves(programme=programme, by=None)[0], by=None)
    return firm, reverse("floor:answer", args=tokens())


def answered(talk, **fields):
    return {
        "answered_by": "Kim",
        "comment": "",
        **{f"{talk.pk}-{key}": value for key, value in fields.items()},
    }


def test_months_after_the_end_of_a_long_month():
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2025, 12, 15), 12) == date(2026, 12, 15)


def test_plan_counts_from_the_last_day_and_is_harmless_twice(programme):
    for _ in range(2):
        plan_waves(programme=programme, by=None)
    assert list(Wave.objects.values_list("months", "due_on")) == [
        (1, date(2026, 2, 20)),
        (3, date(2026, 4, 20)),
        (6, date(2026, 7, 20)),
        (12, date(2027, 1, 20)),
    ]
    assert AuditEntry.objects.filter(verb="follow_up.plan").count() == 1


def test_plan_again_moves_only_what_was_not_sent(programme):
    first = plan_waves(programme=programme, by=None)[0]
    Wave.objects.filter(pk=first.pk).update(sent_at=timezone.now())
    programme.ends_on += timedelta(days=1)
    programme.save(update_fields=["ends_on"])
    plan_waves(programme=programme, by=None)
    assert list(Wave.objects.values_list("due_on", flat=True))[:2] == [date(2026, 2, 20), date(2026, 4, 21)]


def test_send_asks_each_participant_once_and_names_whom_it_cannot_reach(programme):
    firm = a_reachable(programme, language="ko")
    silent = a_participant(programme)
    an_award(programme, a_firm(), state="offered")
    wave = plan_waves(programme=programme, by=None)[0]
    sent = send_wave(wave=wave, by=None)
    assert ([each.firm for each in sent.asked], sent.before, sent.unreachable) == ([firm], 0, [silent])
    maker_of(silent, email="late@example.org", language="en")
    sent = send_wave(wave=wave, by=None)
    assert ([each.firm for each in sent.asked], sent.before, sent.unreachable) == ([silent], 1, [])
    assert send_wave(wave=wave, by=None).asked == []
    assert list(Mail.objects.order_by("pk").values_list("to", "language")) == [
        (f"{firm.slug}@example.org", "ko"),
        ("late@example.org", "en"),
    ]


def test_token_is_kept_as_its_hash_only(asked):
    [token] = tokens()
    assert FollowUpLink.objects.get().token_hash == digest(token)


def test_answer_page_needs_no_login_and_shows_the_own_consultations_only(client, programme, asked):
    a_consultation(programme, buyer_name="Of another firm")
    page = client.get(asked[1])
    assert page.status_code == 200
    assert b"Rossi" in page.content and b"Of another firm" not in page.content
    assert FollowUp.objects.get().opened_at is not None


def test_answer_records_the_stage_and_the_confirmation_and_twice_is_once(client, programme, asked):
    talk = programme.consultations.get()
    data = answered(
        talk,
        stage="signed",
        reached_on="2026-02-10",
        amount="9,000",
        currency="EUR",
        evidence_note="PO 7",
        confirm="on",
        without_support="never",
    )
    for _ in range(2):
        answer = client.post(asked[1], data)
        assert (answer.status_code, answer.url) == (302, asked[1] + "done/")
    assert client.get(answer.url).status_code == 200
    record = StageRecord.objects.get(stage="signed")
    assert (record.amount, record.currency, record.evidence_note) == (Decimal("9000.00"), "EUR", "PO 7")
    assert (record.confirmed_by, record.without_support) == ("Kim", "never")
    assert StageRecord.objects.count() == 2
    assert FollowUp.objects.get().answered_at is not None


def test_answer_that_nothing_changed_is_an_answer(client, programme, asked):
    assert client.post(asked[1], answered(programme.consultations.get())).status_code == 302
    assert StageRecord.objects.count() == 0
    assert FollowUp.objects.get().answered_at is not None


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"stage": "signed", "amount": "5", "currency": "USD"}, ["reached_on"]),
        ({"stage": "signed", "reached_on": "2026-02-10", "currency": "USD"}, ["amount"]),
        ({"confirm": "on", "without_support": "never"}, ["confirm"]),
        (
            {"stage": "paid", "reached_on": "2026-02-10", "amount": "5", "currency": "USD", "confirm": "on"},
            ["without_support"],
        ),
        ({"stage": "signed", "reached_on": "2026-02-10", "amount": "5.5", "currency": "KRW"}, ["amount"]),
    ],
)
def test_answer_that_lacks_something_is_shown_again(client, programme, asked, fields, wrong):
    page = client.post(asked[1], answered(programme.consultations.get(), **fields))
    assert page.status_code == 422
    assert list(page.context["forms"][0].errors) == wrong
    assert StageRecord.objects.count() == 0


def test_answer_before_the_consultation_is_refused_with_words_and_nothing_is_recorded(
    client, programme, asked
):
    fields = {"stage": "signed", "reached_on": "2026-01-01", "amount": "5", "currency": "USD"}
    page = client.post(asked[1], answered(programme.consultations.get(), **fields))
    assert page.status_code == 422
    assert list(page.context["forms"][0].errors) == ["reached_on"]
    assert StageRecord.objects.count() == 0
    assert FollowUp.objects.get().answered_at is None


def test_wrong_token_is_404_with_words(client):
    page = client.get(reverse("floor:answer", args=["wrong"]))
    assert page.status_code == 404
    assert page.templates[0].name == "floor/answer/unknown.html"


def test_expired_link_says_so_and_takes_nothing(client, programme, asked):
    FollowUpLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert client.get(asked[1]).status_code == 410
    assert client.post(asked[1], answered(programme.consultations.get())).status_code == 410
    assert FollowUp.objects.get().answered_at is None


def test_reminder_brings_a_new_link_and_the_old_one_still_works(client, programme, asked):
    client.force_login(staff(programme.host))
    client.post(reverse("floor:follow_up_remind", args=[programme.slug, FollowUp.objects.get().pk]))
    client.logout()
    first, second = tokens()
    assert first != second
    for token in (first, second):
        assert client.get(reverse("floor:answer", args=[token])).status_code == 200


def test_reminder_after_the_answer_is_refused(client, programme, asked):
    client.post(asked[1], answered(programme.consultations.get()))
    with pytest.raises(AlreadyAnswered):
        remind(follow_up=FollowUp.objects.get(), by=None)
    assert Mail.objects.count() == 1


def test_officer_plans_and_sends_and_strangers_cannot(client, programme):
    a_reachable(programme)
    wave = plan_waves(programme=programme, by=None)[0]
    url = reverse("floor:follow_up_send", args=[programme.slug, wave.pk])
    client.force_login(staff(programme.host, "auditor"))
    assert client.post(url).status_code == 404
    client.force_login(staff(programme.host))
    assert client.post(url).status_code == 302
    assert client.get(url).status_code == 405
    assert FollowUp.objects.count() == 1
    assert client.get(reverse("floor:follow_up", args=[programme.slug])).status_code == 200


# Steps and tasks


def test_floor_step_counts_rows_and_names_the_silent(programme):
    talk = a_consultation(programme, pursued_amount=Decimal(5))
    silent = a_participant(programme)
    step = floor_step(programme)
    assert step.progress == "done"
    assert step.facts[0].startswith("1") or "1" in step.facts[0]
    assert len(step.late) == 1 and str(silent) in step.late[0]
    assert str(talk.firm) not in step.late[0]


def test_steps_take_few_queries(programme, asked, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        floor_step(programme)
    with django_assert_max_num_queries(4):
        follow_up_step(programme)


def test_follow_up_step_goes_from_plan_to_done(programme):
    assert (follow_up_step(programme).progress, follow_up_step(programme).late) == ("todo", [])
    a_reachable(programme)
    waves = plan_waves(programme=programme, by=None)
    send_wave(wave=waves[0], by=None)
    assert follow_up_step(programme).progress == "current"
    for wave in waves[1:]:
        send_wave(wave=wave, by=None)
    assert follow_up_step(programme).progress == "done"
    FollowUp.objects.update(sent_at=timezone.now() - timedelta(days=15))
    assert len(follow_up_step(programme).late) == 4


def test_tasks_of_officer_and_maker(programme):
    talk = a_consultation(programme)
    plan_waves(programme=programme, by=None)
    officer, maker = staff(programme.host), maker_of(talk.firm)
    due = Wave.objects.filter(due_on__lte=timezone.localdate()).count()
    assert len(tasks_of(officer)) == due
    assert tasks_of(maker) == []
    reach_stage(
        consultation=talk, stage="signed", reached_on=talk.held_on, amount=Decimal(5), currency="USD", by=None
    )
    [task] = tasks_of(maker)
    assert task.url == reverse("floor:my_consultation", args=[programme.slug, talk.pk])
    today = timezone.localdate()
    type(programme).objects.filter(pk=programme.pk).update(
        starts_on=today - timedelta(days=1), ends_on=today + timedelta(days=1)
    )
    assert len(tasks_of(maker)) == 2
