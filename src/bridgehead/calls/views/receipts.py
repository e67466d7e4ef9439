"""Receipts to take away, and the check whether a receipt is what the office holds."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls import receipt
from bridgehead.calls.forms.maker import ReceiptForm
from bridgehead.calls.models import Application, Submission
from bridgehead.calls.queries.applying import submission_by_hash
from bridgehead.calls.views.maker import application_or_404
from bridgehead.calls.views.officer.access import the_application
from bridgehead.documents import CONTENT_TYPES


def _pdf(request: HttpRequest, application: Application, sequence: int) -> HttpResponse:
    submission = get_object_or_404(
        Submission.objects.select_related(
            "application__call__programme__host", "application__question_set", "application__firm"
        ),
        application=application,
        sequence=sequence,
    )
    data = receipt.pdf(submission, request.LANGUAGE_CODE)  # type: ignore[attr-defined]
    response = HttpResponse(data, content_type=CONTENT_TYPES["pdf"])
    name = f"{application.number}-{sequence}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_safe
def mine(request: SignedInRequest, pk: int, sequence: int) -> HttpResponse:
    return _pdf(request, application_or_404(request, pk), sequence)


@login_required
@require_safe
def office(request: SignedInRequest, pk: int, sequence: int) -> HttpResponse:
    return _pdf(request, the_application(request, pk, roles.APPLICATION_VIEW), sequence)


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Anybody who holds a hash may ask whether it is known. Only the moment is told; nothing about who or what."""
    form = ReceiptForm(request.GET if "sha256" in request.GET else None)
    found = submission_by_hash(form.cleaned_data["sha256"]) if form.is_valid() else None
    context = {"form": form, "asked": form.is_bound and form.is_valid(), "found": found}
    return render(request, "calls/maker/receipt_check.html", context)
