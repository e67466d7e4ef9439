"""Two pages on one draft: different questions are both kept, the same question keeps both texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridgehead.calls.actions import applying, saving
from bridgehead.calls.actions.errors import Incomplete
from bridgehead.calls.merging import Conflict, last_pages, merge
from bridgehead.calls.models import AnswerConflict
from bridgehead.calls.queries.applying import conflicts_shown
from tests.calls.test_applying import consents
from tests.factories.calls import a_call
from tests.factories.organisations import a_firm, maker_of

QUESTIONS = (
    {"key": "product", "kind": "short_text"},
    {"key": "plan", "kind": "short_text", "required": False},
)
ANSWERS = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["1", "2", "3"]))


def test_changes_to_different_questions_are_both_kept():
    found = merge({"a": "1", "b": "1"}, {"a": "2", "b": "1"}, {"a": "1", "b": "2"})
    assert (found.answers, found.foreign, found.conflicts) == ({"a": "2", "b": "2"}, ["b"], {})


def test_same_question_changed_differently_is_a_conflict_and_the_stored_text_stays():
    found = merge({"a": "1"}, {"a": "mine"}, {"a": "theirs"})
    assert (found.answers, found.conflicts) == ({"a": "theirs"}, {"a": Conflict("theirs", "mine")})


def test_answer_taken_away_on_one_side_and_changed_on_the_other_is_a_conflict():
    found = merge({"a": "1"}, {}, {"a": "theirs"})
    assert (found.answers, found.conflicts) == ({"a": "theirs"}, {"a": Conflict("theirs", None)})


def test_same_change_on_both_sides_is_no_conflict():
    assert merge({"a": "1"}, {"a": "2"}, {"a": "2"}).conflicts == {}


@given(base=ANSWERS, mine=ANSWERS, stored=ANSWERS)
def test_merge_loses_no_text_of_either_side(base, mine, stored):
    found = merge(base, mine, stored)
    for key in "abc":
        texts = {found.answers.get(key)}
        if key in found.conflicts:
            texts |= {found.conflicts[key].kept, found.conflicts[key].other}
        changed = {side.get(key) for side in (mine, stored) if side.get(key) != base.get(key)}
        assert changed <= texts


def test_last_pages_tells_who_changed_each_question_last():
    history = [("", {}), ("phone", {"a": "1"}), ("desk", {"a": "1", "b": "1"}), ("phone", {"a": "1"})]
    assert last_pages(history) == {"a": "phone", "b": "phone"}


@pytest.fixture
def draft(db):
    call = a_call(questions=QUESTIONS)
    firm = a_firm()
    return applying.start(call=call, firm=firm, by=maker_of(firm))


def save(draft, page, version, **answers):
    return saving.save_page(
        application=draft, answers=answers, version=version, page=page, by=draft.applicant
    )


def test_second_page_keeps_the_first_ones_answer_to_another_question(draft):
    save(draft, "phone", 1, product="rings")
    saved = save(draft, "desk", 1, plan="Milan")
    assert saved.application.answers == {"product": "rings", "plan": "Milan"}
    assert (saved.foreign, saved.conflicts, saved.in_step) == (["product"], [], False)


def test_page_whose_answer_got_lost_on_the_way_may_go_on_from_its_old_version(draft):
    save(draft, "phone", 1, product="r")
    saved = save(draft, "phone", 1, product="rings")
    assert (saved.application.answers, saved.conflicts) == ({"product": "rings"}, [])
    assert save(draft, "phone", 1).application.answers == {}


def test_same_question_keeps_both_texts_until_somebody_chooses(draft):
    save(draft, "phone", 1, product="silver rings")
    saved = save(draft, "desk", 1, product="gold rings")
    assert (saved.application.answers, saved.conflicts) == ({"product": "silver rings"}, ["product"])
    save(draft, "desk", 1, product="gold rings, 18K")
    conflict = AnswerConflict.objects.get()
    assert (conflict.kept, conflict.other) == ("silver rings", "gold rings, 18K")
    shown = conflicts_shown(saved.application, "en")["product"]
    assert [(text.stored.value, text.other.value) for text in shown] == [("silver rings", "gold rings, 18K")]


def test_third_text_does_not_replace_the_second(draft):
    save(draft, "phone", 1, product="silver")
    save(draft, "desk", 1, product="gold")
    save(draft, "tablet", 1, product="copper")
    assert set(AnswerConflict.objects.values_list("other", flat=True)) == {"gold", "copper"}


@pytest.mark.parametrize("chosen", ["silver", "gold", "silver and gold"])
def test_conflict_is_settled_once_by_either_text_or_by_a_third(draft, chosen):
    save(draft, "phone", 1, product="silver")
    save(draft, "desk", 1, product="gold")
    conflict = AnswerConflict.objects.get()
    row = saving.resolve_conflict(conflict=conflict, answer=chosen, by=draft.applicant)
    conflict.refresh_from_db()
    assert (row.answers, conflict.resolved_at is None) == ({"product": chosen}, False)
    assert (conflict.kept, conflict.other) == ("silver", "gold")
    again = saving.resolve_conflict(conflict=conflict, answer="tin", by=draft.applicant)
    assert again.answers == {"product": chosen}


def test_application_with_an_open_conflict_is_not_sent(draft):
    save(draft, "phone", 1, product="silver")
    save(draft, "desk", 1, product="gold")
    with pytest.raises(Incomplete) as caught:
        applying.submit(application=draft, consents=consents(draft.call), by=draft.applicant)
    assert list(caught.value.problems) == ["product"]


def test_old_revisions_are_swept_and_a_page_from_before_still_loses_nothing(draft, monkeypatch):
    monkeypatch.setattr(saving, "KEPT_REVISIONS", 3)
    monkeypatch.setattr(saving, "SWEPT_EVERY", 5)
    version = 1
    for number in range(12):
        version = save(draft, "phone", version, product=f"text {number}").application.version
    assert draft.revisions.count() <= 3 + 5
    saved = save(draft, "desk", 2, product="from long ago")
    assert (saved.application.answers, saved.conflicts) == ({"product": "text 11"}, ["product"])


def edit_url(draft):
    return f"/en/my/applications/{draft.pk}/edit/"


def test_page_shows_both_texts_at_the_field_and_a_button_settles_it(client, draft):
    client.force_login(draft.applicant)
    client.post(edit_url(draft), {"version": 1, "page": "phone", "q-product": "silver <b>"})
    second = {"version": 1, "page": "desk", "q-product": "gold <i>"}
    page = client.post(edit_url(draft), second, follow=True).content.decode()
    at_field = page.split('data-question-of="product"')[1].split('data-question-of="plan"')[0]
    assert 'value="silver &lt;b&gt;"' in at_field and "gold &lt;i&gt;" in at_field
    conflict = AnswerConflict.objects.get()
    choice = {"version": 2, "page": "x", "q-product": "silver <b>", "keep": f"{conflict.pk}:other"}
    assert client.post(edit_url(draft), choice).status_code == 302
    draft.refresh_from_db()
    assert draft.answers == {"product": "gold <i>"}
    assert "Two texts" not in client.get(edit_url(draft)).content.decode()


@pytest.mark.parametrize(
    ("which", "kept"), [("stored", "silver"), ("other", "gold"), ("field", "gold and silver")]
)
def test_button_on_the_page_that_came_second_keeps_the_text_it_names(client, draft, which, kept):
    client.force_login(draft.applicant)
    autosave = f"/en/my/applications/{draft.pk}/autosave/"
    client.post(autosave, {"version": 1, "page": "phone", "q-product": "silver"})
    client.post(autosave, {"version": 1, "page": "desk", "q-product": "gold"})
    keep = f"{AnswerConflict.objects.get().pk}:{which}"
    field = "gold and silver" if which == "field" else "gold"
    client.post(edit_url(draft), {"version": 1, "page": "desk", "q-product": field, "keep": keep})
    draft.refresh_from_db()
    assert (draft.answers, draft.answer_conflicts.filter(resolved_at=None).count()) == ({"product": kept}, 0)


def test_autosave_tells_of_conflicts_and_goes_on_from_the_new_version_only_in_step(client, draft):
    client.force_login(draft.applicant)
    url = f"/en/my/applications/{draft.pk}/autosave/"
    first = client.post(url, {"version": 1, "page": "phone", "q-product": "silver"}).json()
    assert (first["version"], first["foreign"], first["conflicts"]) == (2, [], {})
    second = client.post(url, {"version": 1, "page": "desk", "q-product": "gold", "q-plan": "Milan"}).json()
    assert (second["version"], list(second["conflicts"])) == (1, ["product"])
    assert "gold" in second["conflicts"]["product"]
    draft.refresh_from_db()
    assert draft.answers == {"product": "silver", "plan": "Milan"}


def test_conflict_of_another_application_cannot_be_settled_from_here(client, draft):
    save(draft, "phone", 1, product="silver")
    save(draft, "desk", 1, product="gold")
    conflict = AnswerConflict.objects.get()
    firm = a_firm()
    other = applying.start(call=draft.call, firm=firm, by=maker_of(firm))
    client.force_login(other.applicant)
    data = {"version": 1, "page": "x", "keep": f"{conflict.pk}:other"}
    assert client.post(edit_url(other), data).status_code == 404
