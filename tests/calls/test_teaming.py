"""A team: named, asked by a signed link, confirmed or not; sent only when all agreed."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from bridgehead.audit.models import Entry
from bridgehead.calls.actions import applying, teaming
from bridgehead.calls.actions.errors import Incomplete
from bridgehead.calls.models import Application, TeamMember
from bridgehead.calls.queries.team import member_by_token
from bridgehead.kit.states import WrongMove
from bridgehead.mailing.models import Mail
from tests.calls.test_applying import consents
from tests.factories.calls import a_call
from tests.factories.organisations import a_firm, maker_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    call, firm = a_call(team_min=2, team_max=3), a_firm()
    maker = maker_of(firm, language="en")
    draft = applying.start(call=call, firm=firm, by=maker)
    answers = {"product": "a secret plan"}
    return applying.save_answers(application=draft, answers=answers, version=1, page="p", by=maker)


def add(draft, email="kim@example.org", name="Kim"):
    return teaming.add_member(application=draft, name=name, email=email, role="design", by=draft.applicant)


def path(member):
    return "/" + teaming.link_to(member).split("/", 3)[3]


def send(draft):
    return applying.submit(application=draft, consents=consents(draft.call), by=draft.applicant)


def test_member_is_asked_by_a_link_and_confirms_without_an_account(client, draft):
    member = add(draft)
    [link] = re.findall(r"https?://\S+/team/\S+", Mail.objects.get(to="kim@example.org").body)
    page = client.get("/" + link.split("/", 3)[3]).content.decode()
    assert draft.firm.name_en in page and "a secret plan" not in page
    assert client.post(path(member), {"agree": "1"}).status_code == 302
    member.refresh_from_db()
    assert (member.confirmed_at is None, member.declined_at) == (False, None)
    client.post(path(member), {"decline": "1"})
    member.refresh_from_db()
    assert (member.confirmed_at, member.declined_at is None) == (None, False)


def test_whoever_names_the_own_address_has_confirmed(draft):
    assert add(draft, email=draft.applicant.email.upper()).confirmed_at is not None
    assert not Mail.objects.exists()


@pytest.mark.parametrize("token", ["x", "WzEsImEiXQ:abc:def"])
def test_forged_link_says_what_to_do(client, token):
    answer = client.get(f"/en/team/{token}/")
    assert answer.status_code == 404
    assert "Ask the firm that named you" in answer.content.decode()


def test_link_of_a_member_taken_off_or_corrected_is_void(draft):
    member = add(draft)
    token = teaming.link_to(member).rstrip("/").rpartition("/")[2]
    assert member_by_token(token) == member
    TeamMember.objects.filter(pk=member.pk).update(email="other@example.org")
    assert member_by_token(token) is None


def test_team_is_sent_only_when_all_confirmed_and_its_size_fits(draft):
    add(draft, email=draft.applicant.email)
    with pytest.raises(Incomplete) as too_few:
        send(draft)
    member = add(draft)
    with pytest.raises(Incomplete) as waiting:
        send(draft)
    assert [list(error.value.problems) for error in (too_few, waiting)] == [["team"], ["team"]]
    teaming.answer(member=member, agrees=True)
    assert send(draft).state == "submitted"
    with pytest.raises(WrongMove):
        teaming.answer(member=member, agrees=False)


def test_team_is_no_larger_than_the_call_allows_and_names_an_address_once(draft):
    add(draft)
    with pytest.raises(teaming.TeamProblem):
        add(draft, email="KIM@example.org")
    for number in range(2):
        add(draft, email=f"m{number}@example.org")
    with pytest.raises(teaming.TeamProblem):
        add(draft, email="one-too-many@example.org")
    assert draft.team.count() == 3


def test_page_names_reminds_and_takes_off(client, draft):
    client.force_login(draft.applicant)
    url = f"/en/my/applications/{draft.pk}/team/"
    assert client.post(url, {"name": "Lee", "email": "nonsense"}).status_code == 200
    assert client.post(url, {"name": "Lee", "email": "lee@example.org"}).status_code == 302
    member = TeamMember.objects.get()
    client.post(f"{url}{member.pk}/remind/")
    assert Mail.objects.filter(to="lee@example.org").count() == 2
    client.post(f"{url}{member.pk}/remove/")
    assert not TeamMember.objects.exists()
    verbs = Entry.objects.filter(verb__startswith="team.").values_list("verb", flat=True)
    assert sorted(verbs) == ["team.add", "team.remind", "team.remove"]


@pytest.mark.parametrize(
    ("days", "state", "told"), [(2, "draft", 0), (4, "draft", 1), (4, "withdrawn", 0), (20, "draft", 0)]
)
def test_member_is_asked_again_after_three_days_while_it_can_be_sent(draft, days, state, told):
    add(draft)
    Application.objects.filter(pk=draft.pk).update(state=state)
    assert teaming.remind_unanswered(timezone.now() + timedelta(days=days)) == told
    assert Mail.objects.filter(kind="calls.team_asked").count() == 1 + told


def test_member_who_answered_is_left_in_peace(draft):
    teaming.answer(member=add(draft), agrees=False)
    assert teaming.remind_unanswered(timezone.now() + timedelta(days=4)) == 0
