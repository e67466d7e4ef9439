"""Decisions of the committee: shown with count and names, written down, changed one or many, taken back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls import tasks
from bridgehead.calls.actions import deciding
from bridgehead.calls.explaining import sentences
from bridgehead.calls.forms.officer import ChangeForm
from bridgehead.calls.forms.selecting import ManyForm, SeedForm
from bridgehead.calls.models import Decision
from bridgehead.calls.queries.ranking import chosen_scenario, obstacles, ranking_of
from bridgehead.calls.queries.rows import what_if_of
from bridgehead.calls.queries.seats import decisions_of, names_by_outcome
from bridgehead.calls.views.officer.access import frame, the_call

REFUSED = (deciding.NoPlaceLeft, deciding.NotRanked, deciding.AlreadyReleased)


@login_required
def decide(request: SignedInRequest, slug: str) -> HttpResponse:
    """First who would get what, by name; then, sent back with its fingerprint, exactly that is written down."""
    call = the_call(request, slug, roles.DECIDE)
    if request.method == "POST":
        try:
            deciding.decide(call=call, by=request.user, seen=request.POST.get("seen", ""))
        except (deciding.NotReady, deciding.AlreadyReleased, deciding.OutOfDate) as error:
            messages.error(request, str(error))
            return redirect("calls:desk_selection", slug)
        tasks.wake_for(call=call, language=get_language() or "ko")
        text = _(
            "The decisions are written down and still hidden. Change what the committee changes, then release them."
        )
        messages.success(request, text)
        return redirect("calls:desk_selection", slug)
    scenario = chosen_scenario(call)
    lines = ranking_of(call, what_if_of(scenario)).lines
    context = {
        **frame(request, call, "selection", "selection"),
        "scenario": scenario,
        "groups": names_by_outcome(lines),
        "seen": deciding.fingerprint(lines),
        "obstacles": obstacles(call),
        "again": decisions_of(call).exists(),
    }
    return render(request, "calls/officer/selection/decide.html", context)


@login_required
@require_POST
def undo(request: SignedInRequest, slug: str) -> HttpResponse:
    call = the_call(request, slug, roles.DECIDE)
    try:
        count = deciding.undo(call=call, by=request.user)
    except (deciding.NothingDecided, deciding.AlreadyReleased) as error:
        messages.error(request, str(error))
    else:
        text = ngettext(
            "%(count)s decision was taken back. Nobody has been told anything.",
            "%(count)s decisions were taken back. Nobody has been told anything.",
            count,
        )
        messages.success(request, text % {"count": count})
    return redirect("calls:desk_selection", slug)


@login_required
def change(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    call = the_call(request, slug, roles.DECIDE)
    decisions = Decision.objects.select_related("application__call__programme__host", "application__firm")
    decision = get_object_or_404(decisions, pk=pk, application__call=call)
    form = ChangeForm(request.POST or None, initial={"outcome": decision.outcome})
    if form.is_bound and form.is_valid():
        try:
            deciding.change_decision(decision=decision, by=request.user, **form.cleaned_data)
        except REFUSED as error:
            form.add_error("outcome", str(error))
        else:
            messages.success(request, _("Changed; the reason is kept with the decision."))
            return redirect("calls:desk_selection", slug)
    context: dict[str, Any] = {
        **frame(request, call, "selection", "selection"),
        "decision": decision,
        "form": form,
        "why": sentences(decision.reasons),
    }
    return render(request, "calls/officer/change.html", context, status=422 if form.is_bound else 200)


@login_required
def change_many(request: SignedInRequest, slug: str) -> HttpResponse:
    """Count and names first, then one outcome and one reason for all of them."""
    call = the_call(request, slug, roles.DECIDE)
    decisions = decisions_of(call)
    form = ManyForm(
        request.POST or None, decisions=decisions, initial={"chosen": request.GET.getlist("chosen")}
    )
    given = [key for key in (request.POST or request.GET).getlist("chosen") if key.isdecimal()]
    chosen = list(decisions.filter(pk__in=given))
    if not chosen:
        messages.info(request, _("Tick the applications first whose decision the committee changes."))
        return redirect("calls:desk_selection", slug)
    if form.is_bound and form.is_valid():
        outcome, reason = form.cleaned_data["outcome"], form.cleaned_data["reason"]
        keys = [decision.pk for decision in chosen]
        try:
            count = deciding.change_decisions(
                call=call, decisions=keys, outcome=outcome, reason=reason, by=request.user
            )
        except REFUSED as error:
            form.add_error("outcome", str(error))
        else:
            text = ngettext("%(count)s decision was changed.", "%(count)s decisions were changed.", count)
            messages.success(request, text % {"count": count})
            return redirect("calls:desk_selection", slug)
    context = {**frame(request, call, "selection", "selection"), "chosen": chosen, "form": form}
    return render(
        request, "calls/officer/selection/change_many.html", context, status=422 if form.is_bound else 200
    )


@login_required
@require_POST
def seed(request: SignedInRequest, slug: str) -> HttpResponse:
    call = the_call(request, slug, roles.DECIDE)
    form = SeedForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Type the seed first."))
        return redirect("calls:desk_selection", slug)
    try:
        deciding.publish_seed(call=call, seed=form.cleaned_data["seed"], by=request.user)
    except (deciding.SeedTooLate, deciding.AlreadyReleased) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The seed is published. It can no longer be changed."))
    return redirect("calls:desk_selection", slug)
