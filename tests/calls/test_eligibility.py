"""Rules of eligibility: what each judges and says, what is kept at the submission, and how an officer overrules one."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from bridgehead.audit.queries import entries_about
from bridgehead.calls.actions import checking, ruling
from bridgehead.calls.eligibility import KINDS
from bridgehead.calls.eligibility.facts import Asked, Facts, Support
from bridgehead.calls.models import EligibilityRule
from bridgehead.calls.queries.eligibility import checked, checked_beforehand, snapshot
from tests.factories.calls import a_call, a_rule, an_application, an_award
from tests.factories.organisations import a_firm, staff
from tests.factories.programmes import a_programme, an_edition

ICHEON = {"values": [{"ko": "이천시", "en": "Icheon"}, {"ko": "여주시", "en": "Yeoju"}]}
ARREARS = {"key": "arrears", "values": ["no"]}
QUESTIONS = {"arrears": Asked("Tax arrears", {"no": "None", "yes": "Some"}), "sales": Asked("Sales")}


def facts(**fields):
    return Facts(**{"year": 2026, "kind": "fair", "edition": 7, "questions": QUESTIONS, **fields})


def supported(*years, **fields):
    return [Support(year=year, kind="fair", **fields) for year in years]


JUDGED = [
    ("region", ICHEON, {"region": "경기도 이천시"}, "met"),
    ("region", ICHEON, {"region": "Yeoju-si"}, "met"),
    ("region", ICHEON, {"region": "Suwon"}, "not_met"),
    ("region", ICHEON, {"region": " "}, "unknown"),
    ("sector", {"values": [{"ko": "도자", "en": "Ceramics"}]}, {"sector": "Studio ceramics"}, "met"),
    ("sector", {"values": [{"ko": "도자", "en": "Ceramics"}]}, {"sector": "ICT"}, "not_met"),
    ("size", {"maximum": 50}, {"employees": 50}, "met"),
    ("size", {"maximum": 50}, {"employees": 51}, "not_met"),
    ("size", {"minimum": 3, "maximum": 50}, {"employees": 2}, "not_met"),
    ("size", {"maximum": 50}, {}, "unknown"),
    ("arrears", ARREARS, {"answers": {"arrears": "no"}}, "met"),
    ("arrears", ARREARS, {"answers": {"arrears": "yes"}}, "not_met"),
    ("arrears", ARREARS, {"answers": {}}, "unknown"),
    ("times", {"maximum": 1}, {"supports": supported(2020)}, "met"),
    ("times", {"maximum": 1}, {"supports": supported(2019, 2020)}, "not_met"),
    ("times", {"maximum": 1, "years": 3}, {"supports": supported(2023, 2024)}, "met"),
    ("times", {"maximum": 0, "same_kind": True}, {"kind": "voucher", "supports": supported(2025)}, "met"),
    ("times", {"maximum": 0}, {"supports": supported(2025, withdrawn=True)}, "met"),
    ("years", {"maximum": 2}, {"supports": supported(2024, 2025)}, "met"),
    ("years", {"maximum": 2}, {"supports": supported(2023, 2024, 2025)}, "not_met"),
    ("years", {"maximum": 2}, {"supports": supported(2022, 2023, 2025)}, "met"),
    ("withdrawals", {"maximum": 0}, {"supports": supported(2025, withdrawn=True)}, "not_met"),
    ("withdrawals", {"maximum": 0}, {"supports": supported(2025, withdrawn=True, excused=True)}, "met"),
    ("same_fair", {}, {"supports": supported(2026, edition=7)}, "not_met"),
    ("same_fair", {}, {"supports": supported(2026, edition=7, withdrawn=True)}, "met"),
    ("same_fair", {}, {"edition": None, "supports": supported(2026)}, "met"),
    ("answer", {"key": "sales", "minimum": "100"}, {"answers": {"sales": "100"}}, "met"),
    ("answer", {"key": "sales", "minimum": "100"}, {"answers": {"sales": "99.9"}}, "not_met"),
    ("answer", {"key": "sales", "minimum": "100"}, {"answers": {"sales": "many"}}, "unknown"),
    ("answer", {"key": "arrears", "values": ["no"]}, {"answers": {"arrears": ["yes", "no"]}}, "met"),
]


@pytest.mark.parametrize(("kind", "parameters", "about", "state"), JUDGED)
def test_rule_judges_and_explains_itself_in_both_languages(kind, parameters, about, state):
    known = facts(**about)
    given = KINDS[kind].judge(parameters, known)
    assert given.state == state
    for language in ("ko", "en"):
        with translation.override(language):
            said = KINDS[kind].asks(parameters, known), KINDS[kind].found(parameters, known, given)
        assert all(said)
        assert "%(" not in "".join(said)


def test_every_kind_of_rule_has_its_file():
    assert set(KINDS) == set(EligibilityRule.Kind.values)


def test_district_is_not_taken_for_a_city_of_the_same_letters():
    rule = {"values": [{"ko": "광주시", "en": "Gwangju"}]}
    assert KINDS["region"].judge(rule, facts(region="서울 중구")).state == "not_met"
    assert KINDS["region"].judge(rule, facts(region="광주 광산구")).state == "met"


@pytest.mark.django_db
def test_support_by_other_hosts_counts_and_the_present_programme_does_not():
    edition, firm = an_edition(), a_firm(region="이천시")
    call = a_call(a_programme(edition=edition))
    rule = a_rule(call, "same_fair")
    an_award(call.programme, firm)
    assert [result.state for result in checked_beforehand(call, firm)] == ["met"]
    an_award(a_programme(edition=edition), firm)
    [result] = checked_beforehand(call, firm)
    assert (result.rule, result.state) == (rule, "not_met")


@pytest.mark.django_db
def test_draft_is_judged_by_today_and_what_was_sent_as_it_stood_then():
    firm = a_firm(region="이천시")
    application = an_application(a_call(), firm, state="draft", submitted_at=None)
    a_rule(application.call)
    assert [result.state for result in checked(application)] == ["met"]
    application.eligibility, application.state = snapshot(application), "submitted"
    firm.region = "수원시"
    assert [result.state for result in checked(application)] == ["met"]
    application.state = "returned"
    assert [result.state for result in checked(application)] == ["not_met"]


@pytest.mark.django_db
def test_snapshot_keeps_codes_and_figures():
    application = an_application(a_call(), a_firm(employees=7))
    rule = a_rule(application.call, "size", maximum=5)
    assert snapshot(application) == [
        {"rule": rule.pk, "code": "size", "state": "not_met", "figures": {"employees": 7}}
    ]


@pytest.mark.django_db
def test_rule_not_met_goes_to_review_only_when_overruled_with_a_reason():
    application = an_application(a_call(), a_firm(region="수원시"))
    rule, officer = a_rule(application.call), staff(application.call.programme.host)
    with pytest.raises(checking.RuleNotMet):
        checking.shortlist(application=application, by=officer)
    ruling.overrule(application=application, rule=rule, reason="공장은 이천에 있음", by=officer)
    [result] = checked(application)
    assert (result.state, result.stands_in_the_way, result.overrule.reason) == (
        "not_met",
        False,
        "공장은 이천에 있음",
    )
    assert entries_about(application)[0].verb == "application.overrule"
    assert checking.shortlist(application=application, by=officer).state == "shortlisted"


@pytest.mark.django_db
def test_rule_that_is_met_is_not_overruled():
    application = an_application(a_call(), a_firm(region="이천시"))
    rule = a_rule(application.call)
    with pytest.raises(ruling.NotInTheWay):
        ruling.overrule(application=application, rule=rule, reason="x", by=None)


@pytest.mark.django_db
def test_overruling_by_page_asks_for_a_reason_and_shows_it(client):
    application = an_application(a_call(), a_firm(region="수원시"))
    rule = a_rule(application.call)
    client.force_login(staff(application.call.programme.host))
    page = reverse("calls:desk_application", args=[application.pk])
    url = reverse("calls:desk_overrule", args=[application.pk, rule.pk])
    assert url in client.get(page).content.decode()
    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, {"reason": "공장은 이천"}).status_code == 302
    after = client.get(page).content.decode()
    assert ("공장은 이천" in after, url in after) == (True, False)


@pytest.mark.django_db
def test_excused_withdrawal_is_not_held_against_the_firm(client):
    firm = a_firm()
    award = an_award(
        a_programme(starts_on=date(2025, 1, 1), ends_on=date(2025, 2, 1)), firm, state="withdrawn"
    )
    call = a_call()
    a_rule(call, "withdrawals", maximum=0)
    assert [result.state for result in checked_beforehand(call, firm)] == ["not_met"]
    client.force_login(staff(award.programme.host))
    client.post(reverse("calls:desk_excuse", args=[award.pk]), {"reason": "입원"})
    assert [result.state for result in checked_beforehand(call, firm)] == ["met"]


@pytest.mark.django_db
def test_checking_asks_the_same_for_one_and_three_rules(django_assert_num_queries):
    def queries(rules):
        application = an_application(a_call(), a_firm(region="이천시"))
        for _rule in range(rules):
            a_rule(application.call)
        return application

    for application in (queries(1), queries(3)):
        with django_assert_num_queries(4):
            checked(application)


@pytest.mark.django_db
def test_a_rule_that_leaves_out_other_kinds_of_programme_says_so():
    application = an_application(a_call(), a_firm(region="이천시"))
    a_rule(application.call, "times", maximum=1, years=3, same_kind=True)
    (korean,) = checked(application)
    with translation.override("en"):
        (line,) = checked(application)
    assert line.found == "Not supported before. (only programmes of this kind count)"
    assert korean.asks == "최근 3년간 지원 1회 이하(모든 기관 합산) (같은 유형의 사업만 셈)"
