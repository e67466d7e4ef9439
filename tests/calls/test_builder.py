"""Building a call: stages, rules, files, later question versions, copies; and what is refused at which field."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from bridgehead.calls.actions import applying, copying, editing, ruling, staging
from bridgehead.calls.models import Bonus, Letter
from bridgehead.calls.queries.officer import lost_answers
from bridgehead.questions.actions import copy_set
from tests.calls.reviewed import PRODUCT, REGION
from tests.factories.calls import a_call, a_call_file, a_rule
from tests.factories.organisations import a_firm, maker_of, staff

pytestmark = pytest.mark.django_db
SALES = {"key": "sales", "kind": "money"}


def a_draft(**fields):
    return a_call(questions=(PRODUCT, REGION, SALES), published_at=None, **fields)


@pytest.fixture
def officer(client):
    """Signs in and gives back the call: `officer(call)`."""

    def sign_in(call):
        client.force_login(staff(call.programme.host))
        return call

    return sign_in


def post(client, name, call, data, *more):
    return client.post(reverse(f"calls:{name}", args=[call.slug, *more]), data)


def test_added_stages_share_the_weight_and_removed_ones_give_it_back():
    call = a_draft()
    second = staging.add_stage(call=call, kind="interview", name_ko="면접", by=None)
    third = staging.add_stage(call=call, kind="works", name_ko="실물", by=None)
    assert list(call.stages.values_list("order", "weight")) == [(1, 34), (2, 33), (3, 33)]
    staging.move_stage(stage=third, up=True, by=None)
    assert [stage.name_ko for stage in call.stages.all()] == ["서류 심사", "실물", "면접"]
    second.refresh_from_db()
    staging.remove_stage(stage=second, by=None)
    assert list(call.stages.values_list("order", "weight")) == [(1, 50), (2, 50)]


def test_last_stage_stays():
    with pytest.raises(staging.LastStage):
        staging.remove_stage(stage=a_draft().stages.get(), by=None)


def test_weights_of_stages_add_up_to_100(client, officer):
    call = officer(a_draft())
    first, second = call.stages.get(), staging.add_stage(call=call, name_ko="면접", by=None)
    wrong = post(client, "desk_stages", call, {f"stage-{first.pk}": 60, f"stage-{second.pk}": 60})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, [f"stage-{second.pk}"])
    right = post(client, "desk_stages", call, {f"stage-{first.pk}": 60, f"stage-{second.pk}": 40})
    assert right["Location"] == reverse("calls:desk_scoring", args=[call.slug])
    assert list(call.stages.values_list("weight", flat=True)) == [60, 40]


def test_single_stage_asks_for_no_weight_and_has_all_of_it(client, officer):
    call = officer(a_draft())
    address = reverse("calls:desk_stages", args=[call.slug])
    assert f"stage-{call.stages.get().pk}" not in client.get(address).content.decode()
    assert post(client, "desk_stages", call, {})["Location"] == reverse(
        "calls:desk_scoring", args=[call.slug]
    )
    assert call.stages.get().weight == 100


def test_stage_without_criteria_keeps_a_ranked_call_from_being_published():
    call = a_draft()
    staging.add_stage(call=call, name_ko="면접", name_en="Interview", by=None)
    with pytest.raises(editing.NotComplete) as error:
        editing.publish_call(call=call, by=None)
    assert "stages" in [missing.step for missing in error.value.missing]


def test_lottery_needs_a_seed_but_no_criteria():
    call = a_draft(selection="lottery")
    staging.edit_stage(stage=call.stages.get(), criteria=[], by=None)
    with pytest.raises(editing.NotComplete) as error:
        editing.publish_call(call=call, by=None)
    steps = [missing.step for missing in error.value.missing]
    assert ("stages" in steps, "scoring" in steps) == (False, True)


BASICS = {"kind": "fair", "languages": "ko,en", "title_ko": "모집", "title_en": "Call", "grace_minutes": 0,
          "team_min": 0, "team_max": 0}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"days": -3}, "closes_at"),
        ({"team_min": 4, "team_max": 3}, "team_max"),
        ({"team_max": 3}, "team_min"),
        ({"grace_minutes": 5000}, "grace_minutes"),
    ],
)
def test_basics_refuse_at_the_field_and_keep_what_was_typed(client, officer, wrong, field):
    call = officer(a_draft())
    closes = timezone.localtime() + timedelta(days=wrong.pop("days", 9))
    opens = closes - timedelta(days=5)
    moments = {"opens_at": f"{opens:%Y-%m-%dT%H:%M}", "closes_at": f"{closes:%Y-%m-%dT%H:%M}"}
    answer = post(client, "desk_basics", call, {**BASICS, **moments, "title_en": "As typed", **wrong})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert "As typed" in answer.content.decode()


SELECTION = {
    "selection": "rank", "places": 4, "reserves": 0, "threshold": 0, "scale_max": 5, "reviewers_shown": "hidden",
    "results_shown": "nothing", "objection_days": 0, "quotas-TOTAL_FORMS": 1, "quotas-INITIAL_FORMS": 0,
    "bonuses-TOTAL_FORMS": 1, "bonuses-INITIAL_FORMS": 0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"threshold": 101}, "threshold"),
        ({"selection": "threshold"}, "threshold"),
        ({"selection": "lottery"}, "lottery_seed"),
        ({"scale_max": 1}, "scale_max"),
        ({"release_at": "2001-01-01T00:00"}, "release_at"),
    ],
)
def test_selection_refuses_at_the_field(client, officer, wrong, field):
    answer = post(client, "desk_scoring", officer(a_draft()), {**SELECTION, **wrong})
    assert (answer.status_code, list(answer.context["scoring"].form.errors)) == (422, [field])


def test_quotas_beyond_the_places_are_refused_at_the_quota(client, officer):
    call = officer(a_draft())
    quota = {"quotas-0-answer": "region=yeoju", "quotas-0-places": 5}
    answer = post(client, "desk_scoring", call, {**SELECTION, **quota})
    assert answer.status_code == 422
    assert [list(form.errors) for form in answer.context["scoring"].quotas] == [["places"]]


def test_bonus_for_a_number_is_kept_with_its_rule(client, officer):
    call = officer(a_draft())
    bonus = {"bonuses-0-answer": "sales", "bonuses-0-rule": "at_least", "bonuses-0-name_ko": "수출",
             "bonuses-0-points": "2"}  # fmt: skip
    without = post(client, "desk_scoring", call, {**SELECTION, **bonus})
    assert [list(form.errors) for form in without.context["scoring"].bonuses] == [["value"]]
    post(client, "desk_scoring", call, {**SELECTION, **bonus, "bonuses-0-value": "100000"})
    assert call.bonuses.values_list("key", "rule", "value").get() == ("sales", "at_least", "100000")
    [first, *_rest] = client.get(reverse("calls:desk_scoring", args=[call.slug])).context["scoring"].bonuses
    assert (first.initial["answer"], first.initial["value"]) == ("sales", "100000")


RULES = [
    ("region", {"values": "이천시 | Icheon\n여주시"}, {"values": [{"ko": "이천시", "en": "Icheon"}, {"ko": "여주시", "en": ""}]}),
    ("size", {"maximum": "50"}, {"maximum": 50}),
    ("times", {"maximum": "0", "years": "3", "same_kind": "on"}, {"maximum": 0, "years": 3, "same_kind": True}),
    ("years", {"maximum": "2"}, {"maximum": 2}),
    ("same_fair", {"sure": "1"}, {}),
    ("arrears", {"values": ["region=yeoju"]}, {"key": "region", "values": ["yeoju"]}),
    ("answer", {"number": "sales", "minimum": "5"}, {"key": "sales", "minimum": "5"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "typed", "kept"), RULES)
def test_rule_is_added_and_opens_again_as_typed(client, officer, kind, typed, kept):
    call = officer(a_draft())
    assert post(client, "desk_rule_add", call, typed, kind).status_code == 302
    rule = call.eligibility_rules.get()
    assert (rule.kind, rule.parameters) == (kind, kept)
    form = client.get(reverse("calls:desk_rule", args=[call.slug, rule.pk])).context["form"]
    again = {name: form[name].value() for name in typed if name in form.fields}
    assert {name: str(value) for name, value in again.items() if name != "values"} == {
        name: {"on": "True"}.get(value, value)
        for name, value in typed.items()
        if name not in {"values", "sure"}
    }


@pytest.mark.parametrize(
    ("kind", "typed", "field"),
    [
        ("region", {"values": " | "}, "values"),
        ("size", {"minimum": "9", "maximum": "3"}, "maximum"),
        ("size", {"minimum": ""}, "maximum"),
        ("answer", {"values": ["region=yeoju", "region=icheon"], "minimum": "x"}, "minimum"),
        ("answer", {"minimum": "1"}, "values"),
    ],
)
def test_rule_is_refused_at_the_field(client, officer, kind, typed, field):
    answer = post(client, "desk_rule_add", officer(a_draft()), typed, kind)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_file_of_the_call_is_for_the_public_once_published(client, officer):
    call = officer(a_draft())
    upload = SimpleUploadedFile("form.pdf", b"%PDF-1.7\n%%EOF")
    assert post(client, "desk_file_add", call, {"title_ko": "양식", "file": upload}).status_code == 302
    file = call.files.get()
    url = reverse("calls:public_file", args=[call.slug, file.pk])
    client.logout()
    assert client.get(url).status_code == 404
    type(call).objects.filter(pk=call.pk).update(published_at=timezone.now())
    assert b"".join(client.get(url).streaming_content) == b"%PDF-1.7\n%%EOF"


def test_file_that_is_no_paper_is_refused_and_its_title_kept(client, officer):
    call = officer(a_draft())
    upload = SimpleUploadedFile("form.pdf", b"<script>")
    answer = post(client, "desk_file_add", call, {"title_ko": "양식 제목", "file": upload})
    assert (answer.status_code, "양식 제목" in answer.content.decode()) == (422, True)


def test_later_questions_are_for_those_who_begin_later(client, officer):
    call = officer(a_call(questions=(PRODUCT, REGION)))
    early, late = a_firm(), a_firm()
    begun = applying.start(call=call, firm=early, by=maker_of(early))
    newer = copy_set(question_set=call.question_set, by=None)
    answer = post(client, "desk_questions", call, {"question_set": newer.pk, "reason": "오타"})
    assert answer.status_code == 302
    call.refresh_from_db()
    later = applying.start(call=call, firm=late, by=maker_of(late))
    begun.refresh_from_db()
    assert (begun.question_set.version, later.question_set.version) == (1, 2)


def test_later_questions_that_lose_an_answer_of_a_quota_are_refused(client, officer):
    call = officer(a_call(questions=(PRODUCT, REGION)))
    call.quotas.create(key="region", value="yeoju", places=1)
    newer = copy_set(question_set=call.question_set, by=None)
    newer.questions.get(key="region").delete()
    answer = post(client, "desk_questions", call, {"question_set": newer.pk, "reason": "오타"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["question_set"])


def test_rule_about_an_answer_the_form_does_not_have_is_named():
    call = a_draft()
    ruling.add_rule(call=call, kind="answer", parameters={"key": "gone", "values": ["x"]}, by=None)
    assert [step for _text, step in lost_answers(call, call.question_set)] == ["eligibility"]


def test_copy_takes_all_the_office_wrote_and_shifts_dates_by_whole_weeks():
    call = a_call(questions=(PRODUCT, REGION), kind="training", team_min=2, team_max=4, grace_minutes=5)
    reviewer = staff(call.programme.host, "reviewer")
    due = call.closes_at + timedelta(days=3)
    staging_free = call.stages.get()
    staging_free.reviews_due_at = due
    staging_free.save()
    staging_free.reviewers.add(reviewer)
    Bonus.objects.create(call=call, name_ko="여주", key="region", value="yeoju", points=2)
    Letter.objects.create(call=call, outcome="selected", subject_ko="선정", body_ko="축하합니다")
    a_rule(call)
    a_call_file(call)
    copy = copying.copy_call(call=call, programme=call.programme, by=None)
    year = timedelta(weeks=52)
    assert (copy.copied_from, copy.opens_at, copy.closes_at) == (
        call,
        call.opens_at + year,
        call.closes_at + year,
    )
    assert (copy.kind, copy.team_max, copy.grace_minutes, copy.published_at) == ("training", 4, 5, None)
    stage = copy.stages.get()
    assert (stage.reviews_due_at, list(stage.reviewers.all())) == (due + year, [reviewer])
    assert [stage.criteria.count(), copy.bonuses.count(), copy.letters.count()] == [2, 1, 1]
    assert [copy.eligibility_rules.count(), copy.files.count(), copy.applications.count()] == [1, 1, 0]


def test_copy_of_an_old_call_opens_in_the_future():
    now = timezone.now()
    call = a_call(opens_at=now - timedelta(days=900), closes_at=now - timedelta(days=880))
    copy = copying.copy_call(call=call, programme=call.programme, by=None)
    assert copy.opens_at > now
    assert copy.opens_at.weekday() == call.opens_at.weekday()


def test_builder_steps_ask_the_same_for_one_and_three_rows(client, officer, django_assert_max_num_queries):
    def page(rows, name):
        call = officer(a_draft())
        for _row in range(rows):
            a_rule(call)
            a_call_file(call)
            staging.add_stage(call=call, name_ko="면접", by=None)
        with django_assert_max_num_queries(60) as captured:
            assert client.get(reverse(f"calls:{name}", args=[call.slug])).status_code == 200
        return len(captured)

    for name in ("desk_texts", "desk_eligibility", "desk_preview", "desk_stages"):
        assert page(1, name) == page(3, name), name
