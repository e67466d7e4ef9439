"""Found concepts in a few words, for lists that other programs show: values only, as it is asked with every key pressed."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from bridgehead.engines.termbase import Hit
from bridgehead.terminology.models import Concept, Definition, Term


def summaries(hits: Sequence[Hit], lang: str) -> list[dict[str, Any]]:
    """In the order of the hits; the definition is in `lang`, else in English, Korean or any other language."""
    codes = [hit.concept for hit in hits]
    if not codes:
        return []
    subjects = dict(Concept.objects.filter(code__in=codes).values_list("code", "subject").order_by())
    preferred = _by_language(Term.objects.filter(status=Term.Status.PREFERRED), codes)
    definitions = _by_language(Definition.objects.all(), codes)
    return [
        {
            "id": hit.concept,
            "field": subjects.get(hit.concept, ""),
            "preferred": preferred[hit.concept],
            "definition": _chosen(definitions[hit.concept], lang),
            "matches": hit.to_dict()["matches"],
        }
        for hit in hits
    ]


def _by_language(rows: Any, codes: Sequence[str]) -> dict[str, dict[str, str]]:
    """Code → language → the first text of that language."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    chosen = rows.filter(concept__code__in=codes).order_by("lang", "position")
    for code, lang, text in chosen.values_list("concept__code", "lang", "text"):
        found[code].setdefault(lang, text)
    return found


def _chosen(texts: dict[str, str], lang: str) -> str:
    for wanted in (lang, "en", "ko"):
        for tag, text in texts.items():
            if tag.split("-")[0] == wanted:
                return text
    return next(iter(texts.values()), "")
