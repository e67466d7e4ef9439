"""Suggestions of the public, and words to avoid in a text."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bridgehead.accounts import roles
from bridgehead.organisations.access import requires
from bridgehead.terminology.actions.suggesting import answer_suggestion
from bridgehead.terminology.forms.desk import AnswerForm, TextForm
from bridgehead.terminology.models import Suggestion
from bridgehead.terminology.queries.editing import suggestions
from bridgehead.terminology.queries.recognising import forbidden_in

PER_PAGE = 20


@login_required
@requires(roles.TERMS_EDIT)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "open")
    state = state if state in Suggestion.State.values else "open"
    tabs = [
        {"label": label, "url": f"?state={value}", "current": value == state}
        for value, label in Suggestion.State.choices
    ]
    page = Paginator(suggestions(state), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "tabs": tabs, "reader": (get_language() or "ko")[:2]}
    return render(request, "terminology/desk/inbox.html", context)


@require_POST
@login_required
@requires(roles.TERMS_EDIT)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Suggestion, pk=pk, state=Suggestion.State.OPEN)
    form = AnswerForm(request.POST)
    if form.is_valid():
        answer_suggestion(suggestion=found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Answered."))
    return redirect("terminology:inbox")


@login_required
@requires(roles.TERMS_EDIT)
def words_to_avoid(request: HttpRequest) -> HttpResponse:
    """Nothing is kept: the text is looked through while it is written, and forgotten."""
    form = TextForm(request.POST or None)
    text = form.cleaned_data["text"] if form.is_bound and form.is_valid() else ""
    context = {"form": form, "found": forbidden_in(text) if text else None}
    template = "_avoid.html" if request.htmx else "avoid.html"  # type: ignore[attr-defined]
    return render(request, f"terminology/desk/{template}", context)
