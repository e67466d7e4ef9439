"""What-ifs under a name: saved, compared with each other, one of them chosen."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls.actions import deciding
from bridgehead.calls.actions import scenarios as acts
from bridgehead.calls.forms.officer import ReasonForm
from bridgehead.calls.forms.selecting import ScenarioForm, WhatIfForm
from bridgehead.calls.models import Call, Scenario
from bridgehead.calls.queries.ranking import chosen_scenario
from bridgehead.calls.queries.rows import conditions_of, what_if_of
from bridgehead.calls.queries.scenarios import comparison
from bridgehead.calls.views.officer.access import frame, the_call

REFUSED = (deciding.AlreadyReleased, acts.DecidedAlready, acts.StillChosen)


@login_required
def scenarios(request: SignedInRequest, slug: str) -> HttpResponse:
    """Side by side: the call's own conditions and every scenario, with who is in under each."""
    call = the_call(request, slug, roles.APPLICATION_VIEW)
    context = {
        **frame(request, call, "selection", "selection"),
        "comparison": comparison(call),
        "chosen": chosen_scenario(call),
    }
    return render(request, "calls/officer/selection/scenarios.html", context)


@login_required
@require_POST
def save(request: SignedInRequest, slug: str) -> HttpResponse:
    call = the_call(request, slug, roles.DECIDE)
    form = ScenarioForm(request.POST)
    start = what_if_of(chosen_scenario(call))
    tried = WhatIfForm(request.POST, conditions=conditions_of(call), start=start)
    if not form.is_valid() or not tried.is_valid():
        messages.error(request, _("Give the scenario a name; nothing was saved."))
        return redirect("calls:desk_selection", slug)
    try:
        acts.save_scenario(call=call, name=form.cleaned_data["name"], trial=tried.trial(), by=request.user)
    except (acts.NameTaken, deciding.AlreadyReleased) as error:
        messages.error(request, str(error))
        return redirect("calls:desk_selection", slug)
    messages.success(request, _("Saved. Compare the scenarios here, and choose the one to decide by."))
    return redirect("calls:desk_scenarios", slug)


def _scenario(call: Call, pk: int) -> Scenario:
    return get_object_or_404(call.scenarios.select_related("call__programme__host"), pk=pk)


@login_required
def choose(request: SignedInRequest, slug: str, pk: int = 0) -> HttpResponse:
    """With the reason, which stands in the trail and in the paper. 0: back to the call's own conditions."""
    call = the_call(request, slug, roles.DECIDE)
    scenario = _scenario(call, pk) if pk else None
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            if scenario:
                acts.choose_scenario(scenario=scenario, reason=reason, by=request.user)
            else:
                acts.choose_none(call=call, reason=reason, by=request.user)
        except REFUSED as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Chosen. Decisions are written from these conditions."))
            return redirect("calls:desk_selection", slug)
    context = {**frame(request, call, "selection", "selection"), "scenario": scenario, "form": form}
    return render(
        request, "calls/officer/selection/choose.html", context, status=422 if form.is_bound else 200
    )


@login_required
@require_POST
def delete(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    call = the_call(request, slug, roles.DECIDE)
    try:
        acts.delete_scenario(scenario=_scenario(call, pk), by=request.user)
    except REFUSED as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The scenario is deleted; the trail keeps what it was."))
    return redirect("calls:desk_scenarios", slug)
