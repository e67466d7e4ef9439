"""Back to the firm to be completed, and more time for that."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls.actions import returning
from bridgehead.calls.forms.returning import DueForm, ReturnForm
from bridgehead.calls.views.officer.access import the_application
from bridgehead.calls.views.officer.applications import done, page_of
from bridgehead.kit.states import WrongMove


@login_required
@require_POST
def return_for_completion(request: SignedInRequest, pk: int) -> HttpResponse:
    found = the_application(request, pk, roles.DECIDE)
    form = ReturnForm(request.POST, application=found)
    if not form.is_valid():
        return page_of(request, found, return_form=form)
    given = form.cleaned_data
    try:
        returning.return_for_completion(
            application=found,
            note=given["note"],
            fields=given["fields_open"],
            due_at=given["due_at"],
            by=request.user,
        )
    except WrongMove as error:
        messages.error(request, str(error))
        return redirect("calls:desk_application", pk)
    return done(request, found, _("Returned for completion; the firm has been told by mail."))


@login_required
@require_POST
def extend(request: SignedInRequest, pk: int) -> HttpResponse:
    found = the_application(request, pk, roles.DECIDE)
    form = DueForm(request.POST, application=found)
    if not form.is_valid():
        return page_of(request, found, due_form=form)
    try:
        returning.extend(application=found, due_at=form.cleaned_data["due_at"], by=request.user)
    except WrongMove as error:
        messages.error(request, str(error))
        return redirect("calls:desk_application", pk)
    return done(request, found, _("The firm has more time and has been told by mail."))
