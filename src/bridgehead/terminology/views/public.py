"""The dictionary everybody reads."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bridgehead.accounts import roles
from bridgehead.organisations.queries import hosts_where
from bridgehead.terminology.actions.suggesting import TooMany, suggest
from bridgehead.terminology.forms.public import SuggestionForm
from bridgehead.terminology.models import Concept
from bridgehead.terminology.queries.concepts import approved, whole
from bridgehead.terminology.queries.reading import (
    HANGUL,
    LATIN,
    counts,
    languages_in_use,
    page_of,
    subjects,
    terms_of_subject,
    terms_under,
)
from bridgehead.terminology.queries.searching import answers
from bridgehead.terminology.subjects import subject_name
from bridgehead.terminology.words import RELATIONS

SHOWN = 20
PER_PAGE = 60


def language() -> str:
    return (get_language() or "ko")[:2]


@require_safe
def dictionary(request: HttpRequest) -> HttpResponse:
    """The search box; htmx asks for the results alone while somebody types."""
    typed, lang = request.GET.get("q", ""), request.GET.get("lang", "")
    context: dict[str, Any] = {
        "q": typed,
        "lang": lang,
        "reader": language(),
        "hangul": HANGUL,
        "latin": LATIN,
    }
    if typed.strip():
        context["answers"] = answers(typed, limit=SHOWN, langs=[lang] if lang else ())
    else:
        context["subjects"] = subjects()
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "terminology/_results.html", context)
    context |= {"languages": languages_in_use(), "counts": counts()}
    return render(request, "terminology/dictionary.html", context)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All terms of one letter, or of one subject field."""
    field, initial = request.GET.get("field", ""), request.GET.get("initial", HANGUL[0])[:1].upper()
    terms = terms_of_subject(field, language()) if field else terms_under(initial)
    context = {
        "page": Paginator(terms, PER_PAGE).get_page(request.GET.get("page")),
        "title": subject_name(field) if field else initial,
        "initial": "" if field else initial,
        "field": field,
        "reader": language(),
        "hangul": HANGUL,
        "latin": LATIN,
        "subjects": subjects(),
    }
    return render(request, "terminology/index.html", context)


@require_safe
def concept(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(whole(approved()), code=code)
    context = {
        "page": page_of(found, language()),
        "reader": language(),
        "relation_names": RELATIONS,
        "may_edit": hosts_where(request.user, roles.TERMS_EDIT).exists(),
    }
    return render(request, "terminology/concept.html", context)


@require_safe
def card(request: HttpRequest, code: str) -> HttpResponse:
    """A few words about a concept, for the card beside a term in a running text."""
    found = get_object_or_404(whole(approved()), code=code)
    response = render(request, "terminology/_card.html", {"concept": found, "reader": language()})
    response["Cache-Control"] = "public, max-age=300"
    return response


def suggestion(request: HttpRequest) -> HttpResponse:
    """Open to everybody; what was typed stays when it cannot be taken."""
    about = Concept.objects.filter(is_approved=True, code=request.GET.get("concept", "")).first()
    initial = {"kind": "correction" if about else "new_term", "text": request.GET.get("term", "")[:200]}
    form = SuggestionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            suggest(concept=about, address=request.META.get("REMOTE_ADDR", ""), **form.cleaned_data)
        except TooMany as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Thank you. The editors of the dictionary will look at it."))
            return (
                redirect("terminology:concept", about.code) if about else redirect("terminology:dictionary")
            )
    status = 422 if form.errors else 200
    return render(request, "terminology/suggest.html", {"form": form, "about": about}, status=status)


@require_safe
def embed(request: HttpRequest) -> HttpResponse:
    """How the search box is put on another site."""
    return render(request, "terminology/embed.html", {"origin": f"{request.scheme}://{request.get_host()}"})
