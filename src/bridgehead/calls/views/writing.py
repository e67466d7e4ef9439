"""The application form itself: saved by a button, and by itself while it is typed."""

import secrets
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls import rules
from bridgehead.calls.actions import errors, saving
from bridgehead.calls.models import Application
from bridgehead.calls.queries.applying import conflicts_of, conflicts_shown
from bridgehead.calls.queries.eligibility import checked
from bridgehead.calls.views.maker import application_or_404, clock_of
from bridgehead.kit.states import WrongMove
from bridgehead.questions import uploading
from bridgehead.questions.forms.answers import AnswersForm, answers_form, without_removals
from bridgehead.questions.queries import answered, arrived_files

State = Application.State
Refused = (errors.NotOpen, errors.Incomplete, WrongMove)


def _language() -> str:
    return (get_language() or "ko")[:2]


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _form(request: SignedInRequest, application: Application, **more: Any) -> AnswersForm:
    return answers_form(
        application.question_set,
        initial=application.answers,
        only=rules.open_keys(application),
        arrived=arrived_files(application, request.user),
        language=_language(),
        **more,
    )


def _page(
    request: SignedInRequest,
    application: Application,
    form: AnswersForm,
    *,
    page: str = "",
    error: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    opened = rules.open_keys(application)
    rows = answered(application.question_set, application.answers) if opened else []
    context = {
        "application": application,
        "call": application.call,
        "form": form,
        "page": page or secrets.token_urlsafe(12),
        "is_sent": application.state == State.SUBMITTED,
        "may_submit": rules.may_submit(application),
        "error": error,
        "conflicts": conflicts_shown(application, _language()),
        "results": checked(application),
        "firm": application.firm,
        "rows": [row for row in rows if row.question.key not in (opened or ())],
        "version": _version(request) if form.is_bound else application.version,
        **clock_of(application),
    }
    return render(request, "calls/maker/edit.html", context, status=status)


@login_required
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    application = application_or_404(request, pk)
    if request.method == "POST":
        return _save(request, application)
    if not rules.may_edit(application):
        return redirect("calls:my_application", pk)
    return _page(request, application, _form(request, application))


def _save(request: SignedInRequest, application: Application) -> HttpResponse:
    """Whatever happens, the page that comes back holds everything typed."""
    page = request.POST.get("page", "")[:40]
    final = application.state == State.SUBMITTED
    form = _form(request, application, data=request.POST, files=request.FILES, final=final)
    if not form.is_valid() and form.final:
        return _page(request, application, form, page=page)
    try:
        saved = saving.save_page(
            application=application,
            answers=form.answers,
            files=form.uploads,
            version=_version(request),
            page=page,
            by=request.user,
        )
        if "keep" in request.POST:
            _choose(request, saved.application, form)
    except Refused as error:
        return _page(request, application, form, page=page, error=str(error), status=HTTPStatus.CONFLICT)
    if form.errors:
        return _page(request, saved.application, form, page=page, error=_("Everything else was saved."))
    return _after(request, saved)


def _choose(request: SignedInRequest, application: Application, form: AnswersForm) -> None:
    """`keep` is "<conflict>:stored", "<conflict>:other", or "<conflict>:field" for what the field of this page holds."""
    pk, _colon, which = request.POST["keep"].partition(":")
    conflict = get_object_or_404(conflicts_of(application), pk=pk if pk.isdecimal() else 0)
    texts = {
        "stored": application.answers.get(conflict.key),
        "other": conflict.other,
        "field": form.answers.get(conflict.key),
    }
    if which not in texts:
        raise Http404
    saving.resolve_conflict(conflict=conflict, answer=texts[which], by=request.user)


def _after(request: SignedInRequest, saved: saving.Saved) -> HttpResponse:
    application = saved.application
    is_open = conflicts_of(application).exists()
    if saved.conflicts:
        messages.warning(request, _("Saved. Some answers were changed in two places: choose below."))
    elif saved.foreign:
        messages.success(request, _("Saved, together with what was changed elsewhere meanwhile."))
    else:
        messages.success(request, _("Saved."))
    if "check" in request.POST and not is_open:
        return redirect("calls:my_application_submit", application.pk)
    if application.state == State.SUBMITTED and not is_open:
        return redirect("calls:my_application", application.pk)
    return redirect("calls:my_application_edit", application.pk)


@require_POST
def autosave(request: SignedInRequest, pk: int) -> JsonResponse:
    """For the script. `version` goes on only when the page shows exactly what is stored; until then each save is
    merged from the version the page began with. 401 when signed out, 409 when nothing may be saved any more."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("Sign in again.")}, status=HTTPStatus.UNAUTHORIZED)
    application = application_or_404(request, pk)
    if application.state == State.SUBMITTED:
        return JsonResponse({"error": _("This application has been sent.")}, status=HTTPStatus.CONFLICT)
    form = _form(request, application, data=without_removals(request.POST))
    form.is_valid()
    version = _version(request)
    try:
        saved = saving.save_page(
            application=application,
            answers=form.answers,
            version=version,
            page=request.POST.get("page", "")[:40],
            by=request.user,
        )
    except Refused as error:
        return JsonResponse({"error": str(error)}, status=HTTPStatus.CONFLICT)
    return JsonResponse(_report(request, saved, version))


def _report(request: SignedInRequest, saved: saving.Saved, version: int) -> dict[str, Any]:
    application = saved.application
    shown = conflicts_shown(application, _language())
    return {
        "saved_at": application.saved_at.isoformat(),
        "now": timezone.now().isoformat(),
        "version": application.version if saved.in_step else version,
        "foreign": saved.foreign,
        "conflicts": {
            key: render_to_string("calls/maker/_conflicts.html", {"texts": texts}, request)
            for key, texts in shown.items()
        },
    }


@require_POST
def upload(request: SignedInRequest, pk: int) -> JsonResponse:
    """Begin a file that arrives in parts; what would be refused at the end is refused now, before a byte is sent."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("Sign in again.")}, status=HTTPStatus.UNAUTHORIZED)
    application = application_or_404(request, pk)
    opened = rules.open_keys(application)
    key, size = request.POST.get("question", ""), request.POST.get("size", "")
    questions = application.question_set.questions.filter(kind="file")
    question = get_object_or_404(questions, key=key)
    if not rules.may_edit(application) or (opened is not None and key not in opened):
        text = _("This application can no longer be changed.")
        return JsonResponse({"error": text}, status=HTTPStatus.CONFLICT)
    try:
        begun = uploading.begin(
            question=question,
            owner=application,
            name=request.POST.get("name", ""),
            size=int(size) if size.isdecimal() and len(size) < 16 else 0,
            by=request.user,
        )
    except ValidationError as error:
        return JsonResponse({"error": error.messages[0]}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse({"url": reverse("questions:upload", args=[begun.pk]), "received": 0})
