"""The dictionary as readers meet it: search, index, a concept's page, suggestions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bridgehead.engines import termbase
from bridgehead.terminology.actions.suggesting import MOST_AN_HOUR
from bridgehead.terminology.models import Suggestion
from tests.factories.terminology import a_concept, said, taken

pytestmark = pytest.mark.django_db


def page(client, path, **get):
    return client.get(f"/en/dictionary/{path}", get)


def test_search_shows_the_concept_and_why(client):
    a_concept("gem")
    text = page(client, "", q="ㅂㅅ").content.decode()
    assert '<a href="/en/dictionary/concepts/gem/">' in text
    assert "by its initial consonants" in text
    assert "mineral that is beautiful and lasts" in text


def test_search_by_htmx_gives_the_results_alone(client):
    a_concept("gem")
    response = client.get("/en/dictionary/", {"q": "gem"}, headers={"HX-Request": "true"})
    assert b"<html" not in response.content
    assert response.content.count(b"bh-answer__others") == 1


def test_search_in_vain_offers_to_suggest_the_term(client):
    assert "/en/dictionary/suggest/?term=%EB%A3%A8%EB%B9%84" in page(client, "", q="루비").content.decode()


def test_search_shows_a_word_to_avoid_as_such(client):
    taken(said("prong", ko=["난발", ("쓰메", "deprecated")], en="prong"))
    assert "better avoided" in page(client, "", q="쓰메").content.decode()


def test_empty_dictionary_says_what_to_do(client):
    assert "The dictionary is empty" in page(client, "").content.decode()


def test_concept_page_names_the_standard_word_of_slang(client):
    slang = termbase.Term(
        "ko", "쓰메", "deprecated", register="slang", origin="Japanese 爪 (tsume)", where="stone setting"
    )
    taken(said("prong", ko="난발", terms=[slang], en="prong"))
    text = page(client, "concepts/prong/").content.decode()
    assert "Say instead:" in text
    assert "Japanese 爪 (tsume)" in text


def test_concept_page_shows_right_to_left(client):
    taken(said("gem", en="gemstone", ar="حجر كريم"))
    assert (
        '<bdi class="bh-term-text" lang="ar" dir="rtl">حجر كريم</bdi>'
        in page(client, "concepts/gem/").content.decode()
    )


def test_concept_page_shows_references_in_both_directions(client):
    taken(said("stone", en="stone"), said("gem", en="gemstone", broader=("stone", "not-there-yet")))
    assert "Broader" in page(client, "concepts/gem/").content.decode()
    above = page(client, "concepts/stone/").content.decode()
    assert ("Narrower" in above, "gemstone" in above) == (True, True)


def test_concept_with_a_slash_in_its_code_has_a_page(client):
    taken(said("iso/4217#x y", en="code"))
    link = page(client, "", q="code").content.decode().split('<h2><a href="')[1].split('"')[0]
    assert client.get(link).status_code == 200


def test_concept_only_proposed_is_not_public(client):
    taken(said("gem", en="gemstone"), approve=False)
    assert page(client, "concepts/gem/").status_code == 404
    assert page(client, "", q="gemstone").context["answers"] == []


@pytest.mark.parametrize(("initial", "shown"), [("ㄱ", ["금"]), ("ㄲ", []), ("G", ["gold"]), ("B", [])])
def test_index_by_initial(client, initial, shown):
    taken(said("gold", ko="금", en="gold"), said("chain", ko="끈", en="string"))
    found = [term.text for term in page(client, "index/", initial=initial).context["page"]]
    assert found == (["금", "끈"] if initial == "ㄱ" else shown)


def test_index_by_field_lists_the_readers_terms(client):
    taken(said("gold", ko="금", en="gold", subject="manufacturing.metals"), said("gem", ko="보석", en="gem"))
    found = page(client, "index/", field="manufacturing.metals").context["page"]
    assert [term.text for term in found] == ["gold"]


@pytest.mark.parametrize("path", ["?q=gold", "index/?initial=G"])
def test_lists_ask_the_database_as_often_for_three_as_for_one(client, path):
    taken(said("gold-1", en="gold 1", en_definition="metal"))
    with CaptureQueriesContext(connection) as one:
        client.get(f"/en/dictionary/{path}")
    taken(*(said(f"gold-{n}", en=f"gold {n}", en_definition="metal") for n in (2, 3)))
    with CaptureQueriesContext(connection) as three:
        client.get(f"/en/dictionary/{path}")
    assert len(one) == len(three)


def suggest(client, **fields):
    return client.post("/en/dictionary/suggest/?concept=gem", {"kind": "use", "text": "난집", **fields})


def test_suggestion_about_a_concept(client):
    concept = a_concept("gem")
    assert suggest(client, name="김").url == "/en/dictionary/concepts/gem/"
    kept = Suggestion.objects.get()
    assert (kept.concept, kept.text, kept.name, kept.state) == (concept, "난집", "김", "open")
    assert "127.0.0.1" not in kept.sender


def test_suggestion_without_text_keeps_what_was_typed(client):
    response = suggest(client, text="", name="김")
    assert response.status_code == 422
    assert 'value="김"' in response.content.decode()


def test_too_many_suggestions_have_to_wait(client):
    for _ in range(MOST_AN_HOUR):
        suggest(client)
    response = suggest(client, text="one more")
    assert (response.status_code, Suggestion.objects.count()) == (422, MOST_AN_HOUR)
    assert "one more" in response.content.decode()
