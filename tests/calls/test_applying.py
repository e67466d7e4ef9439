"""A firm's application: begun, saved, sent, changed, withdrawn; the server's clock and the locks decide."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from bridgehead.audit.models import Entry
from bridgehead.calls import rules
from bridgehead.calls.actions import applying, awarding, checking, releasing
from bridgehead.calls.consents import asked_for, every_wording
from bridgehead.calls.models import Application, Award, Decision
from bridgehead.kit.states import WrongMove
from bridgehead.mailing.models import Mail
from bridgehead.organisations.models import Consent
from tests.factories.calls import a_call, an_application
from tests.factories.organisations import a_firm, maker_of

pytestmark = pytest.mark.django_db
State = Application.State
SECOND = timedelta(seconds=1)


@pytest.fixture
def call():
    return a_call(slug="vicenza", questions=({"key": "product", "kind": "short_text"},))


def consents(call):
    return {asked.purpose: asked.wording for asked in asked_for(call) if asked.required}


def a_draft(call, **answers):
    firm = a_firm()
    maker = maker_of(firm)
    draft = applying.start(call=call, firm=firm, by=maker)
    if answers:
        draft = applying.save_answers(application=draft, answers=answers, version=1, page="p", by=maker)
    return draft, maker


def a_sent(call):
    draft, maker = a_draft(call, product="rings")
    return applying.submit(application=draft, consents=consents(call), by=maker), maker


def test_start_makes_one_draft_per_firm_and_call(call):
    draft, maker = a_draft(call)
    assert applying.start(call=call, firm=draft.firm, by=maker) == draft
    assert (draft.state, draft.number, draft.applicant) == (State.DRAFT, "", maker)
    assert [entry.verb for entry in Entry.objects.filter(target_kind="calls.application")] == [
        "application.start"
    ]


@pytest.mark.parametrize(
    ("moment", "opens"),
    [("opens_at", True), ("closes_at", False)],
)
def test_call_is_open_from_its_opening_second_to_before_its_closing_second(call, moment, opens):
    call.published_at = call.opens_at - SECOND
    at = getattr(call, moment)
    assert rules.is_open(call, at) is opens
    assert rules.is_open(call, at - SECOND) is not opens


def test_start_before_opening_or_after_closing_says_when(call):
    firm = a_firm()
    maker = maker_of(firm)
    with translation.override("en"):
        for at, word in [(call.opens_at - SECOND, "opens on"), (call.closes_at, "closed on")]:
            with pytest.raises(applying.NotOpen, match=word):
                applying.start(call=call, firm=firm, by=maker, at=at)
    assert not Application.objects.exists()


def test_unpublished_call_is_not_open(call):
    call.published_at = None
    assert not rules.is_open(call)


def test_save_counts_versions_and_locks_the_questions(call):
    draft, maker = a_draft(call, product="rings")
    assert (draft.version, draft.answers) == (2, {"product": "rings"})
    call.question_set.refresh_from_db()
    assert call.question_set.locked_at is not None
    again = applying.save_answers(application=draft, answers={"product": "rings"}, version=2, by=maker)
    assert again.version == 2


def test_submit_numbers_without_gaps_keeps_consents_and_writes_a_receipt(
    call, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        first, maker = a_sent(call)
    second, _maker = a_sent(call)
    applying.withdraw(application=second, by=maker)
    third, _maker = a_sent(call)
    assert [first.number, second.number, third.number] == ["VICENZA-0001", "VICENZA-0002", "VICENZA-0003"]
    consent = Consent.objects.get(organisation=first.firm)
    assert (consent.purpose, consent.user) == (Consent.Purpose.APPLICATION, maker)
    assert consent.wording in every_wording(call)
    assert consent.retain_until == call.programme.ends_on + timedelta(days=1826)
    receipt = Mail.objects.get(kind="calls.received", about_id=str(first.pk))
    assert (receipt.to, first.number in receipt.subject) == (maker.email, True)


def test_submit_twice_is_the_same_as_once(call):
    sent, maker = a_sent(call)
    again = applying.submit(application=sent, consents={}, by=maker)
    assert (again.number, Entry.objects.filter(verb="application.submit").count()) == (sent.number, 1)


def test_submit_at_the_closing_second_is_refused_and_the_draft_kept(call):
    draft, maker = a_draft(call, product="rings")
    with pytest.raises(applying.NotOpen):
        applying.submit(application=draft, consents=consents(call), by=maker, at=call.closes_at)
    later = applying.save_answers(
        application=draft, answers={"product": "brooches"}, version=2, by=maker, at=call.closes_at
    )
    assert (later.state, later.answers) == (State.DRAFT, {"product": "brooches"})
    sent = applying.submit(application=draft, consents=consents(call), by=maker, at=call.closes_at - SECOND)
    assert sent.submitted_at == call.closes_at - SECOND


def test_submit_incomplete_names_the_question(call):
    draft, maker = a_draft(call)
    with pytest.raises(applying.Incomplete) as caught:
        applying.submit(application=draft, consents=consents(call), by=maker)
    assert list(caught.value.problems) == ["product"]


def test_submit_without_a_business_number_is_refused(call):
    draft, maker = a_draft(call, product="rings")
    draft.firm.business_number = ""
    draft.firm.save()
    with pytest.raises(applying.Incomplete) as caught:
        applying.submit(application=draft, consents=consents(call), by=maker)
    assert list(caught.value.problems) == [""]


def test_submit_without_the_needed_consent_is_refused(call):
    draft, maker = a_draft(call, product="rings")
    with pytest.raises(applying.ConsentMissing):
        applying.submit(application=draft, consents={Consent.Purpose.FOLLOW_UP: "words"}, by=maker)
    assert not Consent.objects.exists()


def test_amending_keeps_the_application_sent_and_complete(call):
    sent, maker = a_sent(call)
    amended = applying.save_answers(application=sent, answers={"product": "brooches"}, version=2, by=maker)
    assert (amended.state, amended.version, amended.number) == (State.SUBMITTED, 3, sent.number)
    with pytest.raises(applying.Incomplete):
        applying.save_answers(application=sent, answers={}, version=3, by=maker)
    with pytest.raises(applying.NotOpen):
        applying.save_answers(
            application=sent, answers={"product": "x"}, version=3, by=maker, at=call.closes_at
        )
    sent.refresh_from_db()
    assert sent.answers == {"product": "brooches"}


def test_returned_application_may_come_back_after_the_deadline_with_its_first_time(call):
    sent, maker = a_sent(call)
    checking.return_for_completion(application=sent, note="A photo is missing.", by=None)
    late = call.closes_at + timedelta(days=3)
    saved = applying.save_answers(
        application=sent, answers={"product": "brooches"}, version=sent.version, by=maker, at=late
    )
    back = applying.submit(application=saved, consents=consents(call), by=maker, at=late)
    assert (back.state, back.number, back.submitted_at) == (State.SUBMITTED, sent.number, sent.submitted_at)
    assert Consent.objects.count() == 1


def test_withdrawn_application_may_be_opened_again_with_its_number(call):
    sent, maker = a_sent(call)
    applying.withdraw(application=sent, by=maker, reason="moved")
    assert Entry.objects.get(verb="application.withdraw").reason == "moved"
    again = applying.start(call=call, firm=sent.firm, by=maker)
    assert again.state == State.DRAFT
    assert applying.submit(application=again, consents=consents(call), by=maker).number == sent.number


def test_withdraw_after_the_release_is_refused(call):
    application = an_application(call, state=State.DECLINED)
    applying.withdraw(application=an_application(call, state=State.SHORTLISTED), by=maker_of(a_firm()))
    call.released_at = timezone.now()
    call.save()
    with pytest.raises(WrongMove):
        applying.withdraw(application=application, by=maker_of(application.firm))


@pytest.mark.parametrize("state", [State.SHORTLISTED, State.SELECTED, State.RESERVED, State.DECLINED])
def test_state_before_the_release_is_shown_as_submitted(call, state):
    application = an_application(call, state=state)
    assert rules.state_shown(application) == State.SUBMITTED
    application.call.released_at = timezone.now()
    assert rules.state_shown(application) == state


def test_award_is_accepted_once_and_given_up_for_the_reserve(call):
    first, second = (an_application(call, state=State.SUBMITTED) for _ in range(2))
    Decision.objects.create(application=first, outcome="selected", rank=1, score=80)
    Decision.objects.create(application=second, outcome="reserved", rank=2, reserve_rank=1, score=70)
    releasing.release(call=call, by=None)
    award = Award.objects.get(application=first)
    maker = maker_of(first.firm)
    assert awarding.accept_award(award=award, by=maker).state == Award.State.ACCEPTED
    promoted = awarding.withdraw_award(award=award, by=maker, reason="ill")
    assert promoted.application == second
