"""The dictionary for programs on any site."""

import pytest

from tests.factories.terminology import a_concept

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def gem(db):
    return a_concept("gem")


def test_search_tells_concepts_with_reasons(client):
    assert client.get("/api/terms/search", {"q": "ㅂㅅ", "lang": "ko"}).json() == {
        "query": "ㅂㅅ",
        "results": [
            {
                "id": "gem",
                "field": "gemology.species",
                "preferred": {"en": "gemstone", "ko": "보석"},
                "definition": "아름답고 오래가는 광물",
                "matches": [{"term": "보석", "lang": "ko", "status": "preferred", "why": "initials"}],
            }
        ],
    }


@pytest.mark.parametrize("asked", [{}, {"q": ""}, {"q": "zzzzzzzz"}, {"q": "x" * 10_000}, {"q": "\x00"}])
def test_search_for_nothing_is_no_error(client, asked):
    response = client.get("/api/terms/search", asked)
    assert (response.status_code, response.json()["results"]) == (200, [])


@pytest.mark.parametrize(("limit", "status"), [("0", 200), ("-3", 200), ("99999", 200), ("many", 422)])
def test_search_limit_is_bounded(client, limit, status):
    assert client.get("/api/terms/search", {"q": "gem", "limit": limit}).status_code == status


def test_concept_says_everything(client):
    told = client.get("/api/terms/gem").json()
    assert [term["term"] for term in told["terms"]] == ["gemstone", "보석"]
    assert client.get("/api/terms/none").status_code == 404


@pytest.mark.parametrize("path", ["/api/terms/search?q=gem", "/api/terms/gem"])
def test_other_sites_may_read(client, path):
    response = client.get(path)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.cookies == {}
