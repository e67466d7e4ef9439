"""Objections of a call and the office's answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls.actions import awarding, objecting
from bridgehead.calls.actions.deciding import NoPlaceLeft
from bridgehead.calls.explaining import sentences
from bridgehead.calls.forms.selecting import AnswerForm
from bridgehead.calls.queries.objecting import objections_of, objections_visible_to
from bridgehead.calls.rules import objections_until
from bridgehead.calls.views.officer.access import frame, the_call

PAGE = 50


@login_required
def objections(request: SignedInRequest, slug: str) -> HttpResponse:
    call = the_call(request, slug, roles.APPLICATION_VIEW)
    context = {
        **frame(request, call, "selection", "selection"),
        "page": Paginator(objections_of(call), PAGE).get_page(request.GET.get("page")),
        "until": objections_until(call) if call.released_at else None,
    }
    return render(request, "calls/officer/selection/objections.html", context)


@login_required
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    objection = get_object_or_404(objections_visible_to(request.user), pk=pk)
    call = objection.application.call
    form = AnswerForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            objecting.answer_objection(objection=objection, by=request.user, **form.cleaned_data)
        except objecting.Answered as error:
            form.add_error(None, str(error))
        except (NoPlaceLeft, objecting.NotBetter, awarding.AwardExists) as error:
            form.add_error("outcome", str(error))
        else:
            messages.success(request, _("Answered; the firm has been written to."))
            return redirect("calls:desk_objections", call.slug)
    decision = getattr(objection.application, "decision", None)
    context = {
        **frame(request, call, "selection", "selection"),
        "objection": objection,
        "decision": decision,
        "why": sentences(decision.reasons) if decision else [],
        "form": form,
    }
    return render(
        request, "calls/officer/selection/objection.html", context, status=422 if form.is_bound else 200
    )
