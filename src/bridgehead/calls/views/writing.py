"""The application form itself: saved by a button, and by itself while it is typed."""

import secrets
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls import rules
from bridgehead.calls.actions import applying
from bridgehead.calls.models import Application
from bridgehead.calls.views.maker import application_or_404
from bridgehead.kit.states import WrongMove
from bridgehead.questions.forms.answers import AnswersForm, answers_form, without_removals
from bridgehead.questions.queries import Answer, answered

State = Application.State


def _language() -> str:
    return (get_language() or "ko")[:2]


def _version(request: SignedInRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _page(
    request: SignedInRequest,
    application: Application,
    form: AnswersForm,
    *,
    page: str = "",
    error: str = "",
    theirs: list[Answer] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "application": application,
        "call": application.call,
        "form": form,
        "page": page or secrets.token_urlsafe(12),
        "is_open": rules.is_open(application.call),
        "is_sent": application.state == State.SUBMITTED,
        "error": error,
        "theirs": theirs,
    }
    return render(request, "calls/maker/edit.html", context, status=status)


@login_required
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    application = application_or_404(request, pk)
    if request.method == "POST":
        return _save(request, application)
    if not rules.may_edit(application):
        return redirect("calls:my_application", pk)
    form = answers_form(application.call.question_set, initial=application.answers, language=_language())
    return _page(request, application, form)


def _save(request: SignedInRequest, application: Application) -> HttpResponse:
    """Whatever happens, the page that comes back holds everything typed."""
    page = request.POST.get("page", "")[:40]
    form = answers_form(
        application.call.question_set,
        data=request.POST,
        files=request.FILES,
        initial=application.answers,
        language=_language(),
        final=application.state == State.SUBMITTED,
    )
    if not form.is_valid() and form.final:
        return _page(request, application, form, page=page)
    try:
        saved = applying.save_answers(
            application=application,
            answers=form.answers,
            files=form.uploads,
            version=_version(request),
            page=page,
            by=request.user,
        )
    except applying.StaleSave as error:
        current = error.current
        rows = answered(current.call.question_set, current.answers)
        return _page(
            request, current, form, page=page, error=str(error), theirs=rows, status=HTTPStatus.CONFLICT
        )
    except (applying.NotOpen, applying.Incomplete, WrongMove) as error:
        return _page(request, application, form, page=page, error=str(error), status=HTTPStatus.CONFLICT)
    if form.errors:
        return _page(request, saved, form, page=page, error=_("Everything else was saved."))
    messages.success(request, _("Saved."))
    if "check" in request.POST:
        return redirect("calls:my_application_submit", application.pk)
    target = "calls:my_application" if saved.state == State.SUBMITTED else "calls:my_application_edit"
    return redirect(target, application.pk)


@require_POST
def autosave(request: SignedInRequest, pk: int) -> JsonResponse:
    """For the script: 401 when signed out, 409 when this page may not save any more; nothing is overwritten then."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("Sign in again.")}, status=HTTPStatus.UNAUTHORIZED)
    application = application_or_404(request, pk)
    if application.state == State.SUBMITTED:
        return JsonResponse({"error": _("This application has been sent.")}, status=HTTPStatus.CONFLICT)
    form = answers_form(
        application.call.question_set,
        data=without_removals(request.POST),
        initial=application.answers,
        language=_language(),
    )
    form.is_valid()
    try:
        saved = applying.save_answers(
            application=application,
            answers=form.answers,
            version=_version(request),
            page=request.POST.get("page", "")[:40],
            by=request.user,
        )
    except (applying.StaleSave, applying.NotOpen, WrongMove) as error:
        return JsonResponse({"error": str(error)}, status=HTTPStatus.CONFLICT)
    return JsonResponse({"saved_at": saved.saved_at.isoformat(), "version": saved.version})
