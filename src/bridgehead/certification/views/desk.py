"""The desk: cases by what has to be done, one case with its deeds, and the log of impartiality."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from bridgehead.accounts import roles
from bridgehead.certification import deeds, queries
from bridgehead.certification.actions.complaining import note_risk
from bridgehead.certification.forms import ImpartialityForm
from bridgehead.certification.models import Case
from bridgehead.certification.views.acting import do, named, offered
from bridgehead.certification.views.case import about
from bridgehead.organisations.queries import hosts_where


@login_required
def cases(request: HttpRequest) -> HttpResponse:
    if not hosts_where(request.user, roles.CERTIFICATION_VIEW).exists():
        raise Http404
    found = queries.desk_cases(request.user)
    state = request.GET.get("state", "")
    context = {
        "cases": found.filter(state=state) if state in Case.State.values else found,
        "states": Case.State.choices[1:],
        "state": state,
        "schemes": queries.schemes_visible_to(request.user),
        "complaints": queries.complaints_open(request.user),
    }
    return render(request, "certification/cases.html", context)


@login_required
def case(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.desk_cases(request.user), pk=pk)
    works = queries.cases_visible_to(request.user, roles.CERTIFICATION_WORK).filter(pk=pk).exists()
    mine = [one for one in found.involvements.all() if one.person_id == request.user.pk]
    parts = {one.part for one in mine}
    context = about(found) | {
        "deeds": offered(found, deeds.DESK, parts) if works else [],
        "own_part": ", ".join(one.get_part_display() for one in mine),
    }
    return render(request, "certification/case.html", context)


@login_required
def act(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    workable = queries.cases_visible_to(request.user, roles.CERTIFICATION_WORK).exclude(
        state=Case.State.DRAFT
    )
    found = get_object_or_404(workable, pk=pk)
    return do(request, found, named(deed, deeds.DESK), "certification:case", "base_desk.html")


@login_required
def impartiality(request: HttpRequest) -> HttpResponse:
    """Everybody who sees certification reads the log; those who work on it add to it."""
    if not hosts_where(request.user, roles.CERTIFICATION_VIEW).exists():
        raise Http404
    writes = hosts_where(request.user, roles.CERTIFICATION_WORK)
    form = ImpartialityForm(
        request.POST if request.method == "POST" else None, initial={"host": writes.first()}
    )
    form.fields["host"].queryset = writes  # type: ignore[attr-defined]
    if request.method == "POST":
        if not writes.exists():
            raise Http404
        if form.is_valid():
            note_risk(note=form.save(commit=False), by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("The risk was noted."))
            return redirect("certification:impartiality")
    context = {"form": form, "notes": queries.impartiality_log(request.user), "writes": writes.exists()}
    return render(request, "certification/impartiality.html", context, status=422 if form.errors else 200)
