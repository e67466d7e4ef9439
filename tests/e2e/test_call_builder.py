"""A call of another kind than a fair, built wholly through the pages: research teams in two stages, with a quota."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bridgehead.calls.models import Call
from tests.e2e.story.opening import stage_with_criteria
from tests.factories.organisations import a_firm, a_host, maker_of, staff
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db(transaction=True)


def test_call_for_research_teams_is_built_through_the_pages(visit):
    host = a_host()
    programme = a_programme(host=host, kind="research")
    officer = visit(staff(host))
    officer.go(f"desk/programmes/{programme.slug}/calls/new/")
    _dates_and_teams(officer)
    _announcement(officer)
    _eligibility(officer)
    _question(officer)
    _two_stages(officer)
    _places(officer)
    officer.press("Publish the call")
    officer.sees("The call is published.")
    call = Call.objects.get()
    assert (call.kind, call.team_min, call.team_max, call.places) == ("research", 2, 4, 3)
    assert list(call.stages.values_list("kind", "weight")) == [("documents", 40), ("interview", 60)]
    assert call.quotas.values_list("key", "value", "places").get() == ("task", "set", 1)
    _firm_sees_the_rule(visit, call)
    assert officer.problems == []


def _dates_and_teams(officer):
    now = timezone.localtime()
    officer.fill(title_ko="정책연구팀 공모", title_en="Call for research teams", team_min="4", team_max="2")
    officer.fill(opens_at=f"{now - timedelta(days=1):%Y-%m-%dT%H:%M}", closes_at=f"{now:%Y-%m-%dT%H:%M}")
    officer.press("Save and continue")
    officer.sees("This moment has passed. Choose a later one.", "The largest team is smaller")
    assert officer.field("title_en").input_value() == "Call for research teams"
    officer.fill(closes_at=f"{now + timedelta(days=9):%Y-%m-%dT%H:%M}", team_min="2", team_max="4")
    officer.press("Save and continue")


def _announcement(officer):
    officer.fill(body_ko="연구팀을 찾습니다.", body_en="We look for teams.", eligibility_ko="이천시 소재")
    officer.press("Save and continue")


def _eligibility(officer):
    officer.follow("City or district")
    officer.fill(values="이천시 | Icheon")
    officer.press("Save the rule")
    officer.sees("Place of business in: Icheon")
    officer.follow("Continue")


def _question(officer):
    step = officer.page.url
    officer.follow("Edit the questions of the present set")
    officer.follow("Add a question")
    officer.fill(kind="choice", key="task", label_ko="과제 구분", label_en="Kind of task")
    officer.fill(choices="set | 지정 | Designated\nfree | 자율 | Autonomous")
    officer.press("Save")
    officer.go(step)
    officer.press("Save and continue")


def _two_stages(officer):
    stage_with_criteria(officer, [("필요성", "Need", "100")])
    officer.press("Interview or presentation")
    officer.fill("criteria-0-", name_ko="발표", name_en="Talk", weight="90")
    officer.press("Save the stage")
    officer.sees("The weights add up to 90; they have to add up to 100.")
    officer.fill("criteria-0-", weight="100")
    officer.press("Save the stage")
    for field, weight in zip(officer.page.locator("[name^=stage-]").all(), ("40", "60"), strict=True):
        field.fill(weight)
    officer.press("Save and continue")


def _places(officer):
    officer.fill("quotas-0-", answer="task=set", places="5")
    officer.fill(places="3")
    officer.press("Save and continue")
    officer.sees("The quotas keep 5 places, but there are only 3.")
    officer.fill("quotas-0-", places="1")
    officer.press("Save and continue")
    officer.sees("Everything is there")


def _firm_sees_the_rule(visit, call):
    maker = visit(maker_of(a_firm(region="수원시")), phone=True)
    maker.go(f"calls/{call.slug}/")
    maker.sees("Place of business in: Icheon", "Designated")
    assert maker.problems == []
