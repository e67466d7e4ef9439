"""The dictionary for programs: search as people type, and one concept with everything it says. Open to every site."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from bridgehead.engines.termbase import to_dict
from bridgehead.terminology.queries.concepts import approved, as_engine, whole
from bridgehead.terminology.queries.searching import LONGEST_QUERY, MOST
from bridgehead.terminology.queries.searching import search as find
from bridgehead.terminology.queries.summaries import summaries

router = Router(tags=["terms"])


class Match(Schema):
    term: str
    lang: str
    status: str
    why: str


class Found(Schema):
    """One concept; `preferred` is the term to use in each language, `matches` the terms that answered."""

    id: str
    field: str
    preferred: dict[str, str]
    definition: str
    matches: list[Match]


class Results(Schema):
    query: str
    results: list[Found]


class Asked(Schema):
    q: str = ""
    lang: str = ""
    limit: int = 10


def _open(response: HttpResponse) -> None:
    """Anybody may read this from any site; a browser may keep it for a minute."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=60"


@router.get("/search", response=Results, summary="Concepts for what was typed, best first")
def search(request: HttpRequest, response: HttpResponse, asked: Query[Asked]) -> dict[str, Any]:
    """`lang` narrows to terms of one language and chooses that of the definition."""
    _open(response)
    limit = max(1, min(asked.limit, MOST))
    hits = find(asked.q, limit=limit, langs=[asked.lang] if asked.lang else ())
    return {"query": asked.q[:LONGEST_QUERY], "results": summaries(hits, asked.lang or "ko")}


@router.get("/{path:id}", summary="One concept with everything it says")
def concept(request: HttpRequest, response: HttpResponse, id: str) -> dict[str, Any]:
    found = whole(approved()).filter(code=id).first()
    if found is None:
        raise Http404
    _open(response)
    return to_dict(as_engine(found))
