"""An applicant questions the outcome: until when, the text, and the office's answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls.actions import objecting
from bridgehead.calls.explaining import sentences
from bridgehead.calls.forms.selecting import ObjectionForm
from bridgehead.calls.models import Application
from bridgehead.calls.queries.applying import applications_of
from bridgehead.calls.queries.objecting import objections_to
from bridgehead.calls.rules import may_object, objections_until


def _application(request: SignedInRequest, pk: int) -> Application:
    return get_object_or_404(applications_of(request.user), pk=pk, call__released_at__isnull=False)


@login_required
def objection(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was typed stays on the page whatever is wrong with it."""
    application = _application(request, pk)
    form = ObjectionForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            objecting.file_objection(application=application, text=form.cleaned_data["text"], by=request.user)
        except (objecting.TooLate, objecting.OneAtATime) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your objection has been received. The office answers in writing."))
            return redirect("calls:my_objection", pk)
    filed = objections_to(application)
    decision = getattr(application, "decision", None)
    context = {
        "application": application,
        "call": application.call,
        "form": form,
        "objections": filed,
        "is_waiting": any(one.answered_at is None for one in filed),
        "may_object": may_object(application),
        "until": objections_until(application.call),
        "decision": decision,
        "reasons": sentences(decision.reasons) if decision else [],
    }
    return render(request, "calls/maker/objection.html", context, status=422 if form.is_bound else 200)
