"""Answers go from JSON to the form and back without a change, and each kind refuses what it should."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridgehead.questions.forms.answers import answers_form, data_of
from bridgehead.questions.models import Question
from bridgehead.questions.queries import answered
from bridgehead.questions.rules.answers import clean_value, final, problems
from tests.factories.calls import a_question_set
from tests.factories.programmes import a_programme

CHOICES = {
    "choices": [{"value": "icheon", "ko": "이천", "en": "Icheon"}, {"value": "yeoju", "ko": "여주", "en": ""}]
}
COLUMNS = {
    "columns": [{"key": "year", "ko": "연도", "en": "Year"}, {"key": "fair", "ko": "박람회", "en": "Fair"}]
}
WORDS = {"wording": {"ko": "동의합니다.", "en": "I agree."}}
EVERY_KIND = (
    {"key": "product", "kind": "short_text", "section_ko": "제품", "section_en": "Product"},
    {"key": "story", "kind": "long_text", "required": False, "section_ko": "제품", "section_en": "Product"},
    {"key": "staff", "kind": "number", "options": {"min": "1", "max": "10"}},
    {"key": "sales", "kind": "money", "options": {"currency": "KRW"}},
    {"key": "founded", "kind": "date"},
    {"key": "region", "kind": "choice", "options": CHOICES},
    {"key": "tags", "kind": "choices", "options": CHOICES},
    {"key": "fairs", "kind": "table", "options": COLUMNS},
    {"key": "agree", "kind": "consent", "options": WORDS},
    {"key": "kiln", "kind": "short_text", "condition": {"key": "region", "in": ["icheon"]}},
)
FULL = {
    "product": "은반지",
    "story": "first line\nsecond line",
    "staff": "3",
    "sales": "120000000",
    "founded": "2019-03-02",
    "region": "icheon",
    "tags": ["icheon", "yeoju"],
    "fairs": [{"year": "2025", "fair": "VICENZAORO"}],
    "agree": True,
    "kiln": "gas",
}


def question(kind, **fields):
    return Question(key="q", kind=kind, label_ko="질문", **fields)


@pytest.fixture
def every_kind(db):
    return a_question_set(a_programme(), *EVERY_KIND)


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60
).filter(lambda text: text == text.strip() and text)
sheets = st.fixed_dictionaries(
    {},
    optional={
        "product": texts,
        "story": st.lists(texts, min_size=1, max_size=3).map("\n".join),
        "staff": st.integers(1, 10).map(str),
        "sales": st.integers(0, 10**12).map(str),
        "founded": st.dates().map(lambda day: day.isoformat()),
        "region": st.sampled_from(["icheon", "yeoju"]),
        "tags": st.sampled_from([["icheon"], ["yeoju"], ["icheon", "yeoju"]]),
        "fairs": st.lists(st.fixed_dictionaries({"year": texts, "fair": texts}), min_size=1, max_size=4),
        "agree": st.just(True),
        "kiln": texts,
    },
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sheet=sheets)
def test_form_gives_back_the_answers_it_was_given(every_kind, sheet):
    form = answers_form(every_kind, data=data_of(every_kind, sheet), language="ko")
    assert form.is_valid()
    assert form.answers == sheet


def test_final_form_accepts_a_full_sheet(every_kind):
    form = answers_form(every_kind, data=data_of(every_kind, FULL), language="ko", final=True)
    assert form.is_valid(), form.errors
    assert form.answers == FULL
    assert problems(every_kind.questions.all(), FULL) == {}


def test_draft_requires_nothing_and_final_names_each_missing_answer(every_kind):
    assert answers_form(every_kind, data={}, language="en").is_valid()
    with translation.override("en"):
        form = answers_form(every_kind, data={}, language="en", final=True)
        assert not form.is_valid()
        asked = ["product", "staff", "sales", "founded", "region", "tags", "fairs"]
        missing = {key: ["Answer this question."] for key in asked}
        assert form.errors == {**missing, "agree": ["Without this consent the form cannot be sent."]}
        assert set(problems(every_kind.questions.all(), {})) == set(form.errors)


def test_draft_keeps_what_cannot_be_cleaned_as_it_was_typed(every_kind):
    form = answers_form(every_kind, data={"q-staff": "about three", "q-founded": "spring"}, language="ko")
    assert form.is_valid()
    assert form.answers == {"staff": "about three", "founded": "spring"}
    assert set(problems(every_kind.questions.all(), form.answers)) >= {"staff", "founded"}
    again = answers_form(every_kind, initial=form.answers, language="ko")
    assert "about three" in str(again["staff"])


def test_answer_to_a_question_not_asked_is_kept_in_drafts_and_dropped_when_final(every_kind):
    sheet = {**FULL, "region": "yeoju"}
    draft = answers_form(every_kind, data=data_of(every_kind, sheet), language="ko")
    assert draft.is_valid() and draft.answers["kiln"] == "gas"
    form = answers_form(every_kind, data=data_of(every_kind, sheet), language="ko", final=True)
    assert form.is_valid()
    assert "kiln" not in form.answers
    assert final(every_kind.questions.all(), sheet) == form.answers


def test_question_whose_condition_holds_is_required(every_kind):
    sheet = {key: value for key, value in FULL.items() if key != "kiln"}
    assert list(problems(every_kind.questions.all(), sheet)) == ["kiln"]
    form = answers_form(every_kind, data=data_of(every_kind, sheet), language="ko", final=True)
    assert list(form.errors) == ["kiln"]


def test_only_limits_the_questions(every_kind):
    form = answers_form(every_kind, language="ko", only={"product", "staff"})
    assert list(form.fields) == ["product", "staff"]


def test_sections_follow_the_order_of_the_questions(every_kind):
    form = answers_form(every_kind, initial={"region": "yeoju"}, language="en")
    sections = form.sections()
    assert [(title, len(parts)) for title, parts in sections] == [("Product", 2), ("", 8)]
    assert [part.is_asked for part in sections[1][1]][-1] is False


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("number", "1,200", "1200"),
        ("number", "１２.５０", "12.5"),
        ("number", "-0", "0"),
        ("number", "1E3", "1000"),
        ("money", "120,000,000", "120000000"),
        ("date", "2026.1.16.", "2026-01-16"),
        ("date", "2026. 1. 16", "2026-01-16"),
        ("long_text", "  a\r\nb ", "a\nb"),
        ("consent", "on", True),
        ("short_text", "   ", None),
    ],
)
def test_clean_value_reads_what_people_type(kind, typed, stored):
    assert clean_value(question(kind), typed) == stored
    assert clean_value(question(kind), stored) == stored


@pytest.mark.parametrize(
    ("kind", "options", "typed"),
    [
        ("short_text", {"max_length": 3}, "four"),
        ("number", {}, "NaN"),
        ("number", {}, "1e99999"),
        ("number", {"min": "1"}, "0"),
        ("number", {"max": "10"}, "11"),
        ("money", {}, "1.5"),
        ("money", {"currency": "USD"}, "1.555"),
        ("money", {}, "-1"),
        ("date", {}, "2025-02-30"),
        ("date", {}, "soon"),
        ("choice", CHOICES, "seoul"),
        ("choices", CHOICES, ["icheon", "seoul"]),
        ("table", COLUMNS, "text"),
        ("table", {**COLUMNS, "rows": 1}, [{"year": "1"}, {"year": "2"}]),
        ("table", COLUMNS, [{"year": "x" * 301}]),
        ("file", {}, "../../etc/passwd"),
    ],
)
def test_clean_value_refuses(kind, options, typed):
    with pytest.raises(ValidationError):
        clean_value(question(kind, options=options), typed)


def test_help_of_an_officer_is_escaped(db):
    question_set = a_question_set(
        a_programme(), {"key": "a", "kind": "short_text", "help_ko": "<script>alert(1)</script>"}
    )
    page = answers_form(question_set, language="ko")["a"].as_field_group()
    assert "<script>" not in page and "&lt;script&gt;" in page


def test_answered_shows_labels_and_hides_what_identifies(every_kind):
    every_kind.questions.filter(key="product").update(identifying=True)
    with translation.override("en"):
        shown = {row.question.key: (row.shape, row.value) for row in answered(every_kind, FULL)}
        assert shown["region"] == ("text", "Icheon")
        assert shown["tags"] == ("list", ["Icheon", "여주"])
        assert shown["sales"] == ("text", "KRW 120,000,000")
        assert shown["fairs"] == ("table", [["2025", "VICENZAORO"]])
        assert shown["agree"] == ("text", "Agreed")
        assert [row.head for row in answered(every_kind, FULL) if row.shape == "table"] == [["Year", "Fair"]]
        blind = [row.question.key for row in answered(every_kind, FULL, hide_identifying=True)]
    assert "product" not in blind and "story" in blind
