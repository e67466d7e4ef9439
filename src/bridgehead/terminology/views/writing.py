"""Help for whoever writes a text of ours: words to avoid, and what terms are called in the other language."""

from collections import defaultdict
from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.organisations.queries import hosts_where, organisations_of
from bridgehead.terminology.queries.recognising import (
    LONGEST_TEXT,
    Locked,
    Recognised,
    forbidden_in,
    locked_translations,
)

LANGUAGES = ("ko", "en")
MOST_SHOWN = 30


@require_POST
@login_required
def writing(request: SignedInRequest) -> HttpResponse:
    """Fields whose names end in _ko or _en are read, and nothing is kept. Korean is what English has to agree with.

    For those who work for a host, and for makers, who write about their goods.
    """
    if not (hosts_where(request.user, roles.VIEW).exists() or organisations_of(request.user).exists()):
        raise Http404
    texts = _texts(request)
    avoid = list(_avoid(texts))
    locked: list[Locked] = []
    if texts.get("ko") and texts.get("en"):
        locked = locked_translations(texts["ko"], "ko", texts["en"], "en")
    context = {
        "is_empty": not any(text.strip() for text in texts.values()),
        "avoid": avoid[:MOST_SHOWN],
        "missing": [each for each in locked if not each.kept][:MOST_SHOWN],
        "kept": sum(each.kept for each in locked),
    }
    return render(request, "terminology/desk/_writing.html", context)


def _texts(request: HttpRequest) -> dict[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, values in request.POST.lists():
        lang = name.rpartition("_")[2]
        if lang in LANGUAGES:
            found[lang] += values
    return {lang: "\n".join(values)[:LONGEST_TEXT] for lang, values in found.items()}


def _avoid(texts: dict[str, str]) -> Iterator[Recognised]:
    """Each word once, however often it is written."""
    seen: set[str] = set()
    for lang, text in texts.items():
        for found in forbidden_in(text, lang):
            if found.surface not in seen:
                seen.add(found.surface)
                yield found
