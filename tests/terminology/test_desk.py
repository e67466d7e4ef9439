"""The editors' pages: writing a proposal, deciding, suggestions, files."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bridgehead.terminology.actions.editing import propose, section_now
from bridgehead.terminology.actions.suggesting import suggest
from bridgehead.terminology.models import Comment, Concept, Proposal, Suggestion, Term
from tests.factories.organisations import a_host, staff
from tests.factories.terminology import a_concept, said, taken

pytestmark = pytest.mark.django_db
DESK = "/en/desk/terms/"


@pytest.fixture
def editor(client):
    user = staff(a_host(), "editor")
    client.force_login(user)
    return user


@pytest.fixture
def officer(client):
    user = staff(a_host(), "officer")
    client.force_login(user)
    return user


def rows(*terms, **fields):
    sent = {"terms-TOTAL_FORMS": len(terms), "terms-INITIAL_FORMS": 0, **fields}
    for number, term in enumerate(terms):
        values = {"status": "preferred", "register": "standard", **term}
        sent |= {f"terms-{number}-{name}": value for name, value in values.items()}
    return sent


def test_new_concept_leads_to_its_terms(client, editor):
    response = client.post(f"{DESK}new/", {"code": "ruby", "field": "gemology.species"})
    concept = Concept.objects.get(code="ruby")
    assert response.url == f"{DESK}{concept.pk}/edit/en/"
    assert concept.proposals.get().content == {"field": "gemology.species"}


def test_new_concept_with_a_known_identifier_keeps_what_was_typed(client, editor):
    a_concept("gem")
    response = client.post(f"{DESK}new/", {"code": "gem"})
    assert (response.status_code, b'value="gem"' in response.content) == (422, True)


def test_language_is_proposed_as_filled_in(client, editor):
    concept = a_concept("gem")
    slang = {"text": "호세키", "status": "deprecated", "register": "slang", "origin": "Japanese 宝石"}
    sent = rows(
        {"text": "보석", "hanja": "寶石"}, slang, {"text": ""}, definition="광물", note="비고", reason="정리"
    )
    assert client.post(f"{DESK}{concept.pk}/edit/ko/", sent).status_code == 302
    proposal = concept.proposals.get(state="proposed")
    assert (proposal.section, proposal.reason) == ("ko", "정리")
    assert proposal.content == {
        "terms": [
            {"term": "보석", "status": "preferred", "hanja": "寶石"},
            {"term": "호세키", "status": "deprecated", "register": "slang", "origin": "Japanese 宝石"},
        ],
        "definitions": [{"text": "광물"}],
        "note": "비고",
    }


def test_form_starts_from_what_is_public(client, editor):
    concept = a_concept("gem")
    before = section_now(concept, "ko")
    forms = client.get(f"{DESK}{concept.pk}/edit/ko/").context
    assert [row["text"].value() for row in forms["formset"]] == ["보석", None, None]
    sent = rows({"text": "보석"}, definition=forms["form"]["definition"].value())
    client.post(f"{DESK}{concept.pk}/edit/ko/", sent)
    assert concept.proposals.get(state="proposed").content == before


def test_frame_with_an_unknown_reference_is_refused(client, editor):
    concept = a_concept("gem")
    images = {"images-TOTAL_FORMS": 1, "images-INITIAL_FORMS": 0, "images-0-address": "javascript:x"}
    response = client.post(f"{DESK}{concept.pk}/edit/", {"broader": "nothing", **images})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"broader"}
    assert "address" in response.context["images"].errors[0]


def test_editor_reviews_but_does_not_approve(client, editor):
    proposal = propose(concept=a_concept("gem"), section="ko", content={}, by=staff(a_host()))
    assert client.post(f"{DESK}proposals/{proposal.pk}/approve/").status_code == 404
    client.post(f"{DESK}proposals/{proposal.pk}/review/")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reviewed_by) == ("reviewed", editor)


def test_officer_approves_and_undoes(client, officer):
    proposal = propose(concept=a_concept("gem"), section="ko", content={}, by=staff(a_host()))
    client.post(f"{DESK}proposals/{proposal.pk}/approve/")
    assert not Term.objects.filter(lang="ko").exists()
    client.post(f"{DESK}proposals/{proposal.pk}/undo/")
    assert Term.objects.get(lang="ko").text == "보석"


def test_own_proposal_cannot_be_approved(client, officer):
    proposal = propose(concept=a_concept("gem"), section="ko", content={}, by=officer)
    response = client.post(f"{DESK}proposals/{proposal.pk}/approve/", follow=True)
    assert "This is your own proposal" in response.content.decode()
    assert Term.objects.filter(lang="ko").exists()


def test_return_without_a_reason_is_asked_for_one(client, editor):
    proposal = propose(concept=a_concept("gem"), section="ko", content={}, by=staff(a_host()))
    client.post(f"{DESK}proposals/{proposal.pk}/return/", {"answer": ""})
    assert Proposal.objects.get(pk=proposal.pk).state == "proposed"
    client.post(f"{DESK}proposals/{proposal.pk}/return/", {"answer": "source missing"})
    assert Proposal.objects.get(pk=proposal.pk).answer == "source missing"


def test_discussion_of_a_concept(client, editor):
    concept = a_concept("gem")
    client.post(f"{DESK}{concept.pk}/discuss/", {"text": "광물만인가?"})
    assert Comment.objects.get().author == editor
    assert "광물만인가?" in client.get(f"{DESK}{concept.pk}/").content.decode()


def test_suggestion_is_answered_and_its_sender_forgotten(client, editor):
    suggestion = suggest(kind="use", text="난집", address="192.0.2.1")
    client.post(f"{DESK}suggestions/{suggestion.pk}/", {"state": "taken", "answer": "Thanks"})
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.answer, suggestion.handled_by, suggestion.sender) == (
        "taken",
        "Thanks",
        editor,
        "",
    )


@pytest.mark.parametrize("path", ["", "suggestions/", "checks/"])
def test_lists_ask_the_database_as_often_for_three_as_for_one(client, editor, path):
    other = staff(a_host())

    def more(number):
        concept = a_concept(f"gem-{number}")
        propose(concept=concept, section="en", content={}, by=other)
        suggest(kind="use", text="x", address="192.0.2.1", concept=concept)

    more(1)
    client.get(f"{DESK}{path}")
    with CaptureQueriesContext(connection) as one:
        client.get(f"{DESK}{path}")
    more(2)
    more(3)
    with CaptureQueriesContext(connection) as three:
        client.get(f"{DESK}{path}")
    assert len(one) == len(three)


def test_meeting_list_is_hwpx_with_what_waits(client, editor):
    propose(
        concept=a_concept("gem"),
        section="it",
        content={"terms": [{"term": "gemma", "status": "preferred"}]},
        by=editor,
    )
    response = client.get(f"{DESK}meeting.hwpx")
    with zipfile.ZipFile(io.BytesIO(response.content)) as package:
        assert "gemma" in package.read("Contents/section0.xml").decode()


def test_words_to_avoid_in_a_text(client, editor):
    taken(said("prong", ko=["난발", ("쓰메", "deprecated")]))
    response = client.post(f"{DESK}avoid/", {"text": "쓰메를 세운다"}, headers={"HX-Request": "true"})
    text = response.content.decode()
    assert ("<html" in text, "쓰메" in text, "난발" in text) == (False, True, True)


def upload(client, concepts):
    file = SimpleUploadedFile("trade.json", json.dumps(concepts).encode())
    return client.post(f"{DESK}import/", {"file": file})


def test_import_is_previewed_then_proposed(client, editor):
    response = upload(client, [{"id": "gem", "pref": {"ko": ["보석"]}}])
    assert (response.context["report"].new, Concept.objects.count()) == (["gem"], 0)
    sent = {"key": response.context["key"], "format": "json", "name": "trade.json"}
    client.post(f"{DESK}import/take/", sent)
    assert set(Proposal.objects.values_list("state", "reason")) == {("proposed", "trade.json")}


def test_import_skips_review_only_for_who_may_approve(client, editor):
    response = upload(client, [{"id": "gem", "pref": {"ko": ["보석"]}}])
    sent = {"key": response.context["key"], "format": "json", "approve": "1"}
    client.post(f"{DESK}import/take/", sent)
    assert Term.objects.count() == 0
    client.force_login(staff(a_host(), "officer"))
    response = upload(client, [{"id": "gem", "pref": {"ko": ["보석"]}}])
    client.post(f"{DESK}import/take/", sent | {"key": response.context["key"]})
    assert Term.objects.count() == 1


def test_import_of_a_broken_file_lists_its_lines(client, editor):
    response = upload(client, [{"id": "", "pref": {"ko": ["보석"]}}])
    assert response.status_code == 422
    assert [str(problem) for problem in response.context["problems"]] == ["line 1: a concept has no id"]
    assert "Line 1:</span> a concept has no id" in response.text


@pytest.mark.parametrize("format", ["json", "tbx-basic", "tbx-linguist", "skos", "xlsx", "csv"])
def test_export_in_every_format(client, editor, format):
    a_concept("gem")
    assert len(client.get(f"{DESK}export/{format}/").content) > 100
    assert client.get(f"{DESK}export/", {"format": format}).context["losses"] is not None


def test_export_in_no_format_is_not_there(client, editor):
    assert client.get(f"{DESK}export/exe/").status_code == 404


def test_open_suggestions_are_counted(client, editor):
    suggest(kind="use", text="x", address="192.0.2.1")
    assert "Suggestions (1)" in client.get(DESK).content.decode()
    assert Suggestion.objects.count() == 1
