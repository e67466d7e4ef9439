"""What reviewers declare, the conflicts it betrays, and who sees them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from bridgehead.calls.actions import assigning, declaring
from bridgehead.calls.models import Review, ReviewerProfile, TeamMember
from bridgehead.calls.queries.conflicts import conflicts_of, findings_of
from tests.factories.calls import a_call, an_application
from tests.factories.organisations import a_firm, staff

pytestmark = pytest.mark.django_db


def a_meeting(declared=None, team=False, **firm):
    """(call, application, reviewer) with what the reviewer declared."""
    call = a_call()
    application = an_application(call, a_firm(**firm), state="shortlisted")
    reviewer = staff(call.programme.host, "reviewer", name="심사위원 이름")
    if declared is not None:
        declaring.declare(by=reviewer, **declared)
    if team:
        TeamMember.objects.create(application=application, name="팀원", email=reviewer.email)
    return call, application, reviewer


def an_employer(name="", number="", days_ago=None):
    until = (timezone.localdate() - timedelta(days=days_ago)).isoformat() if days_ago else ""
    return {"employers": [{"name": name, "number": number, "until": until}]}


@pytest.mark.parametrize(
    ("declared", "firm", "kinds"),
    [
        ({"phone": "+82 2 123 4567"}, {"phone": "02-123-4567"}, ["phone"]),
        ({"address": "서울 종로구 돈화문로 11"}, {"address": "서울특별시 종로구 돈화문로 11"}, ["address"]),
        (an_employer("은공방"), {"name_ko": "주식회사 은공방"}, ["employer"]),
        (an_employer("은공방", days_ago=700), {"name_ko": "주식회사 은공방"}, ["employer"]),
        (an_employer("이름이 바뀜", "1208100017"), {"business_number": "1208100017"}, ["number"]),
    ],
)
def test_declared_details_betray_a_conflict(declared, firm, kinds):
    call, application, reviewer = a_meeting(declared, **firm)
    assert conflicts_of(call, [reviewer]) == {(application.pk, reviewer.pk): kinds}
    with pytest.raises(assigning.NotAReviewer):
        assigning.assign_reviewer(application=application, reviewer=reviewer, by=None)
    assert assigning.assign_reviewers(call=call, by=None).short == {application.pk: 2}


def test_employment_of_more_than_three_years_ago_is_over():
    call, _application, reviewer = a_meeting(an_employer("은공방", days_ago=1200), name_ko="은공방")
    assert conflicts_of(call, [reviewer]) == {}


def test_member_of_the_team_is_a_conflict():
    call, application, reviewer = a_meeting(team=True)
    assert conflicts_of(call, [reviewer]) == {(application.pk, reviewer.pk): ["person"]}


def test_conflict_found_after_the_hand_out_is_flagged_for_the_office_alone(client):
    call, application, reviewer = a_meeting(name_ko="은공방")
    review = assigning.assign_reviewer(application=application, reviewer=reviewer, by=None)
    declaring.declare(by=reviewer, **an_employer("은공방"))
    (found,) = findings_of(call, [reviewer])
    assert (found.review, found.is_flagged, found.kinds) == (review, True, ["employer"])
    client.force_login(staff(call.programme.host))
    page = client.get(reverse("calls:desk_reviewers", args=[call.slug]))
    assert page.context["flagged"] == 1
    colleague = staff(call.programme.host, "reviewer")
    declaring.declare(by=colleague)
    other = Review.objects.create(application=application, stage=review.stage, reviewer=colleague)
    client.force_login(colleague)
    for url in (reverse("calls:reviews"), reverse("calls:review", args=[other.pk])):
        assert "심사위원 이름" not in client.get(url).content.decode()


def test_first_reading_waits_for_the_declaration(client):
    _call, application, reviewer = a_meeting()
    review = assigning.assign_reviewer(application=application, reviewer=reviewer, by=None)
    client.force_login(reviewer)
    page, form = reverse("calls:review", args=[review.pk]), reverse("calls:declaration")
    assert client.get(page)["Location"] == f"{form}?{urlencode({'next': page})}"
    typed = {"expertise": "도자기, 은공예", "employer_name_0": "은행", "employer_number_0": "120-81-00017"}
    assert client.post(form, typed).status_code == 422
    answer = client.post(f"{form}?next={page}", {**typed, "pledge": "on"})
    assert answer["Location"] == page
    profile = ReviewerProfile.objects.get(user=reviewer)
    assert profile.expertise == ["도자기", "은공예"]
    assert profile.employers == [{"name": "은행", "number": "1208100017", "until": ""}]
    assert client.get(page).status_code == 200
    ReviewerProfile.objects.update(declared_at=timezone.now() - timedelta(days=366))
    assert client.get(page).status_code == 302


def test_declaration_never_leads_to_another_site(client):
    _call, _application, reviewer = a_meeting()
    client.force_login(reviewer)
    answer = client.post(f"{reverse('calls:declaration')}?next=https://evil.example/", {"pledge": "on"})
    assert answer["Location"] == reverse("calls:reviews")


def test_expertise_decides_among_equal_hand_outs():
    call = a_call(reviews_wanted=1)
    pots, rings = (
        an_application(call, a_firm(sector=sector), state="shortlisted") for sector in ("Ceramics", "Jewelry")
    )
    potter, jeweller = (staff(call.programme.host, "reviewer") for _n in range(2))
    declaring.declare(by=potter, expertise=["ceramics"])
    declaring.declare(by=jeweller, expertise=["jewelry"])
    result = assigning.assign_reviewers(call=call, by=None)
    assert set(result.pairs) == {(pots.pk, potter.pk), (rings.pk, jeweller.pk)}


def test_declaration_leads_back_to_the_comparison_that_was_asked_for(client):
    _call, application, reviewer = a_meeting()
    assigning.assign_reviewer(application=application, reviewer=reviewer, by=None)
    client.force_login(reviewer)
    wanted = f"{reverse('calls:review_compare')}?review=1&review=2"
    asked = client.get(wanted)["Location"]
    assert client.post(asked, {"pledge": "on"})["Location"] == wanted
