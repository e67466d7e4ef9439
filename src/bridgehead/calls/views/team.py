"""The team of an application: its page for the firm, and the page of a member, opened by a mailed link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls import rules
from bridgehead.calls.actions import teaming
from bridgehead.calls.forms.maker import MemberForm
from bridgehead.calls.models import Application, TeamMember
from bridgehead.calls.queries.team import member_by_token, team_problem
from bridgehead.calls.views.maker import application_or_404
from bridgehead.kit.states import WrongMove

BEING_WRITTEN = {Application.State.DRAFT, Application.State.RETURNED}


@login_required
def team(request: SignedInRequest, pk: int) -> HttpResponse:
    application = application_or_404(request, pk)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            member = teaming.add_member(application=application, by=request.user, **form.cleaned_data)
        except (teaming.TeamProblem, WrongMove) as error:
            form.add_error(None, str(error))
        else:
            text = _("%(name)s is named.") if member.confirmed_at else _("%(name)s has been asked by mail.")
            messages.success(request, text % {"name": member.name})
            return redirect("calls:my_team", pk)
    context = {
        "application": application,
        "call": application.call,
        "form": form,
        "team": list(application.team.all()),
        "problem": team_problem(application),
        "may_change": application.state in BEING_WRITTEN and rules.may_edit(application),
    }
    return render(request, "calls/maker/team.html", context)


def _member(request: SignedInRequest, pk: int, member: int) -> TeamMember:
    return get_object_or_404(TeamMember, application=application_or_404(request, pk), pk=member)


@login_required
@require_POST
def remind(request: SignedInRequest, pk: int, member: int) -> HttpResponse:
    found = _member(request, pk, member)
    try:
        teaming.remind_member(member=found, by=request.user)
    except WrongMove as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s has been asked by mail.") % {"name": found.name})
    return redirect("calls:my_team", pk)


@login_required
@require_POST
def remove(request: SignedInRequest, pk: int, member: int) -> HttpResponse:
    found = _member(request, pk, member)
    try:
        teaming.remove_member(member=found, by=request.user)
    except WrongMove as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s is off the list.") % {"name": found.name})
    return redirect("calls:my_team", pk)


@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What the member sees is who named them, for what, and their own part: nothing of the application itself."""
    member = member_by_token(token)
    if member is None:
        return render(request, "calls/maker/team_link_gone.html", status=404)
    is_open = member.application.state in BEING_WRITTEN
    if request.method == "POST" and is_open:
        try:
            teaming.answer(member=member, agrees="agree" in request.POST)
        except WrongMove as error:
            messages.error(request, str(error))
        return redirect("calls:team_answer", token)
    context = {
        "member": member,
        "call": member.application.call,
        "firm": member.application.firm,
        "is_open": is_open,
    }
    response = render(request, "calls/maker/team_answer.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
