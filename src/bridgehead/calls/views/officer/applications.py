"""The applications to a call: the list, its workbook, one application, and the eligibility check."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.audit.queries import entries_about
from bridgehead.calls import workbook
from bridgehead.calls.actions import checking
from bridgehead.calls.explaining import sentences
from bridgehead.calls.forms.officer import ReasonForm
from bridgehead.calls.forms.returning import DueForm, ReturnForm
from bridgehead.calls.models import Application, Call, Decision
from bridgehead.calls.queries.applying import submissions_of
from bridgehead.calls.queries.eligibility import checked
from bridgehead.calls.queries.officer import (
    LISTED,
    SORTS,
    applications_visible_to,
    earlier_awards,
    searched,
    state_counts,
)
from bridgehead.calls.rules import MOVES
from bridgehead.calls.views.officer.access import frame, the_application, the_call
from bridgehead.documents import CONTENT_TYPES
from bridgehead.kit.states import WrongMove
from bridgehead.questions.queries import answered

PER_PAGE = 50
State = Application.State


@login_required
def applications(request: SignedInRequest, slug: str) -> HttpResponse:
    call = the_call(request, slug, roles.APPLICATION_VIEW)
    words, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    sort = request.GET.get("sort", "number")
    found = applications_visible_to(request.user).filter(call=call)
    if state in LISTED:
        found = found.filter(state=state)
    if words:
        found = searched(found, words)
    found = found.order_by(*SORTS.get(sort, SORTS["number"]))
    context = {
        **frame(request, call, "applications", "applications"),
        "tabs": _tabs(call, state),
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "q": words,
        "state": state,
        "sort": sort,
        "sorts": _sorts(),
        "drafts": call.applications.filter(state=State.DRAFT).count(),
    }
    return render(request, "calls/officer/applications.html", context)


def _sorts() -> list[tuple[str, str]]:
    return [
        ("number", _("Receipt number")),
        ("firm", _("Firm")),
        ("region", _("City or district")),
        ("submitted", _("Submitted")),
        ("state", _("State")),
    ]


def _tabs(call: Call, current: str) -> list[dict[str, Any]]:
    counts, url = state_counts(call), reverse("calls:desk_applications", args=[call.slug])
    everything = {"label": _("All"), "url": url, "current": not current, "count": sum(counts.values())}
    return [
        everything,
        *(
            {
                "label": State(state).label,
                "url": f"{url}?state={state}",
                "current": state == current,
                "count": counts[state],
            }
            for state in LISTED
            if counts.get(state) or state == current
        ),
    ]


@login_required
def export(request: SignedInRequest, slug: str) -> HttpResponse:
    call = the_call(request, slug, roles.APPLICATION_VIEW)
    rows = applications_visible_to(request.user).filter(call=call).order_by("number", "pk")
    data = workbook.applications_workbook(call, rows, request.LANGUAGE_CODE)  # type: ignore[attr-defined]
    response = HttpResponse(data, content_type=CONTENT_TYPES["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="{call.slug}-applications.xlsx"'
    return response


@login_required
def application(request: SignedInRequest, pk: int) -> HttpResponse:
    return page_of(request, the_application(request, pk, roles.APPLICATION_VIEW))


def page_of(request: SignedInRequest, found: Application, **forms: Form) -> HttpResponse:
    decision = Decision.objects.filter(application=found).first()
    allowed = MOVES.get(found.state, frozenset())
    undecided = found.state in {State.SUBMITTED, State.RETURNED, State.SHORTLISTED}
    around = frame(request, found.call, "applications", "applications")
    may_decide = around["may_decide"]
    shown = answered(found.question_set, found.answers)
    context = {
        **around,
        "application": found,
        "answers": shown,
        "history": entries_about(found),
        "eligibility": checked(found),
        "earlier_awards": earlier_awards(found),
        "decision": decision,
        "reasons": sentences(decision.reasons) if decision else [],
        "may_shortlist": may_decide and State.SHORTLISTED in allowed,
        "may_return": may_decide and State.RETURNED in allowed,
        "may_decline": may_decide and undecided,
        "return_form": ReturnForm(application=found),
        "due_form": DueForm(application=found),
        "may_extend": may_decide and found.state == State.RETURNED,
        "submissions": submissions_of(found),
        "returned_questions": [row.label for row in shown if row.question.key in found.returned_fields],
        "decline_form": ReasonForm(),
        **forms,
    }
    bound = any(form.is_bound for form in forms.values())
    return render(request, "calls/officer/application.html", context, status=422 if bound else 200)


def done(request: SignedInRequest, found: Application, text: str) -> HttpResponse:
    """On to the next one that waits, so that a pile is worked through without going back to the list."""
    messages.success(request, text)
    waiting = found.call.applications.filter(state=State.SUBMITTED).order_by("number", "pk").first()
    if waiting and "next" in request.POST:
        return redirect("calls:desk_application", waiting.pk)
    return redirect("calls:desk_application", found.pk)


@login_required
@require_POST
def shortlist(request: SignedInRequest, pk: int) -> HttpResponse:
    found = the_application(request, pk, roles.DECIDE)
    try:
        checking.shortlist(application=found, by=request.user)
    except (WrongMove, checking.RuleNotMet) as error:
        messages.error(request, str(error))
        return redirect("calls:desk_application", pk)
    return done(request, found, _("%(number)s is eligible and goes to review.") % {"number": found.number})


@login_required
@require_POST
def decline(request: SignedInRequest, pk: int) -> HttpResponse:
    found, form = the_application(request, pk, roles.DECIDE), ReasonForm(request.POST)
    if not form.is_valid():
        return page_of(request, found, decline_form=form)
    try:
        checking.decline_ineligible(application=found, by=request.user, **form.cleaned_data)
    except WrongMove as error:
        messages.error(request, str(error))
        return redirect("calls:desk_application", pk)
    return done(request, found, _("Not eligible. The firm learns it when the decisions are released."))
