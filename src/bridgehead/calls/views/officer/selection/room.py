"""The committee's page: the ranking with its reasons, and what would change with another line or other weights."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls.explaining import sentences
from bridgehead.calls.forms.selecting import PlanForm, ScenarioForm, SeedForm, WhatIfForm
from bridgehead.calls.models import Call
from bridgehead.calls.queries.objecting import waiting_objections
from bridgehead.calls.queries.ranking import chosen_scenario, ineligible, obstacles
from bridgehead.calls.queries.releasing import release_obstacles, untold
from bridgehead.calls.queries.rows import AS_IT_IS, conditions_of, what_if_of
from bridgehead.calls.queries.seats import Room
from bridgehead.calls.views.officer.access import frame, the_call

#: From so many applications on, the paper is written in the background.
LONG = 200


@login_required
def selection(request: SignedInRequest, slug: str) -> HttpResponse:
    """`?places=…` is a what-if: it is in the address, so it can be sent on, and nothing is stored."""
    call = the_call(request, slug, roles.APPLICATION_VIEW)
    conditions = conditions_of(call)
    chosen = chosen_scenario(call)
    start = what_if_of(chosen)
    tried = "places" in request.GET and not call.released_at
    form = WhatIfForm(request.GET if tried else None, conditions=conditions, start=start)
    trial = form.trial() if tried and form.is_valid() else start
    room = Room(conditions, trial, _number(request))
    context = {
        **frame(request, call, "selection", "selection"),
        **_list(room),
        "form": form,
        "chosen": chosen,
        "trial": trial,
        "trying": tried and trial != start,
        "scenario_form": ScenarioForm(),
        "hidden": _hidden(form) if tried and form.is_valid() else {},
    }
    if request.headers.get("HX-Request"):
        return render(request, "calls/officer/selection/_room.html", context)
    return render(request, "calls/officer/selection.html", {**context, **_around(call, room)})


def _number(request: SignedInRequest) -> int:
    given = request.GET.get("page", "")
    return int(given) if given.isdecimal() else 0


def _hidden(form: WhatIfForm) -> dict[str, Any]:
    """What the form to save a scenario sends along."""
    return {name: form.cleaned_data[name] for name in form.fields if form.cleaned_data[name] is not False}


def _list(room: Room) -> dict[str, Any]:
    seats = room.seats
    return {
        "rows": [{"seat": seat, "why": sentences(seat.reasons)} for seat in seats],
        "page": room.page,
        "decided": room.decided,
        "counts": room.counts,
        "line": 0 if room.decided else room.line,
        "ranked": room.page.paginator.count,
        "compares": not room.decided and room.trial != AS_IT_IS,
        "unreviewed": room.unreviewed,
        "several_stages": len(room.conditions.stages) > 1,
    }


def _around(call: Call, room: Room) -> dict[str, Any]:
    """What stands above and below the list and does not change with a what-if."""
    open_call = call.released_at is None
    return {
        "ineligible": ineligible(call),
        "obstacles": obstacles(call) if open_call and not room.decided else [],
        "release_obstacles": release_obstacles(call) if open_call and room.decided else [],
        "untold": untold(call),
        "objections": waiting_objections(call),
        "plan_form": PlanForm(initial={"release_at": call.release_at}),
        "seed_form": SeedForm(),
        "is_long": room.page.paginator.count > LONG,
    }
