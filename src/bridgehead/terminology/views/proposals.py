"""One proposal beside what it would replace, and what may be done with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bridgehead.accounts import roles
from bridgehead.kit.states import WrongMove
from bridgehead.organisations.access import requires
from bridgehead.organisations.queries import hosts_where
from bridgehead.terminology.actions.editing import (
    CannotDecide,
    approve,
    review,
    section_now,
    send_back,
    undo,
)
from bridgehead.terminology.comparing import compare
from bridgehead.terminology.forms.desk import ReturnForm
from bridgehead.terminology.languages import language_name
from bridgehead.terminology.models import Proposal
from bridgehead.terminology.pictures import shown
from bridgehead.terminology.queries.concepts import whole
from bridgehead.terminology.queries.editing import name_of


@login_required
@requires(roles.TERMS_EDIT)
@require_safe
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Compared with what is public now while it waits, else with what it replaced; `?with=now` asks for now."""
    found = _proposal(pk)
    now = found.is_open or request.GET.get("with") == "now"
    before = section_now(found.concept, found.section) if now else found.before
    lines = compare(found.content, before) if now and not found.is_open else compare(before, found.content)
    context = {
        "proposal": found,
        "name": name_of(found.concept, (get_language() or "ko")[:2]),
        "label": language_name(found.section) if found.section else _("Concept"),
        "lines": lines,
        "pictures": shown(found.content.get("images", []), found.content.get("extra", {})),
        "with_now": now,
        "own": found.proposed_by_id == request.user.pk,
        "may_approve": hosts_where(request.user, roles.TERMS_APPROVE).exists(),
        "return_form": ReturnForm(),
    }
    return render(request, "terminology/desk/proposal.html", context)


@require_POST
@login_required
@requires(roles.TERMS_EDIT)
def review_it(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, review, _("Reviewed. It waits for approval now."))


@require_POST
@login_required
@requires(roles.TERMS_APPROVE)
def approve_it(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, approve, _("Approved: everybody can read it now."))


@require_POST
@login_required
@requires(roles.TERMS_APPROVE)
def undo_it(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, undo, _("Undone. The version before is public again."))


@require_POST
@login_required
@requires(roles.TERMS_EDIT)
def return_it(request: HttpRequest, pk: int) -> HttpResponse:
    form = ReturnForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Say what should be different."))
        return redirect("terminology:proposal", pk)
    return _decide(request, pk, send_back, _("Returned."), answer=form.cleaned_data["answer"])


def _decide(
    request: HttpRequest, pk: int, action: Callable[..., Proposal], done: str, **facts: Any
) -> HttpResponse:
    found = _proposal(pk)
    try:
        action(proposal=found, by=request.user, **facts)
    except (CannotDecide, WrongMove) as error:
        messages.error(request, str(error))
        return redirect("terminology:proposal", pk)
    messages.success(request, done)
    return redirect("terminology:desk_concept", found.concept_id)


def _proposal(pk: int) -> Proposal:
    found = get_object_or_404(
        Proposal.objects.select_related("concept", "proposed_by", "reviewed_by", "decided_by"), pk=pk
    )
    found.concept = whole(type(found.concept).objects.filter(pk=found.concept_id)).get()
    return found
