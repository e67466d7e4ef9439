"""Writing a call in steps: basics, texts, questions, scoring, preview."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls.actions import editing
from bridgehead.calls.forms.officer import BasicsForm, QuestionsForm, Scoring, TextsForm
from bridgehead.calls.models import Call
from bridgehead.calls.queries.officer import missing_for_publication
from bridgehead.calls.views.officer.access import the_call
from bridgehead.programmes.models import Programme
from bridgehead.programmes.queries import programmes_visible_to
from bridgehead.questions.models import QuestionSet

STEPS = ["basics", "texts", "questions", "scoring", "preview"]


def _titles() -> dict[str, str]:
    return {
        "basics": _("Title and dates"),
        "texts": _("Announcement"),
        "questions": _("Question set"),
        "scoring": _("Scoring and places"),
        "preview": _("Preview and publish"),
    }


def _frame(programme: Programme, call: Call | None, current: str) -> dict[str, Any]:
    """The step indicator: a step is done when nothing that belongs to it is missing."""
    open_steps = {missing.step for missing in missing_for_publication(call)} if call else set(STEPS)
    steps = [
        {
            "label": title,
            "url": reverse(f"calls:desk_{code}", args=[call.slug]) if call else "",
            "state": "current"
            if code == current
            else "todo"
            if code in open_steps or code == "preview"
            else "done",
        }
        for code, title in _titles().items()
    ]
    title = _titles()[current]
    return {"programme": programme, "page_code": "calls", "call": call, "steps": steps, "step_title": title}


def _next(request: SignedInRequest, call: Call, step: str) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(f"calls:desk_{STEPS[STEPS.index(step) + 1]}", call.slug)


def _editable(request: SignedInRequest, slug: str) -> Call:
    return the_call(request, slug, roles.CALL_EDIT)


def _closed(request: SignedInRequest, call: Call) -> HttpResponse:
    messages.warning(request, str(editing.CallPublished()))
    return redirect("calls:desk_call", call.slug)


@login_required
def new(request: SignedInRequest, slug: str) -> HttpResponse:
    programme = get_object_or_404(programmes_visible_to(request.user, roles.CALL_EDIT), slug=slug)
    with timezone.override(settings.TIME_ZONE):
        form = BasicsForm(request.POST or None, zone=settings.TIME_ZONE)
        if form.is_bound and form.is_valid():
            made = editing.create_call(programme=programme, by=request.user, **form.cleaned_data)
            return _next(request, made, "basics")
        context = {**_frame(programme, None, "basics"), "form": form}
        return render(request, "calls/officer/step_form.html", context, status=422 if form.is_bound else 200)


@login_required
def basics(request: SignedInRequest, slug: str) -> HttpResponse:
    call = _editable(request, slug)
    if call.published_at:
        return _closed(request, call)
    with timezone.override(call.zone):
        form = BasicsForm(request.POST or None, instance=call, zone=call.zone)
        if form.is_bound and form.is_valid():
            editing.edit_basics(call=call, by=request.user, **form.cleaned_data)
            return _next(request, call, "basics")
        context = {**_frame(call.programme, call, "basics"), "form": form}
        return render(request, "calls/officer/step_form.html", context, status=422 if form.is_bound else 200)


@login_required
def texts(request: SignedInRequest, slug: str) -> HttpResponse:
    call = _editable(request, slug)
    form = TextsForm(request.POST or None, instance=call)
    if form.is_bound and form.is_valid():
        editing.edit_texts(call=call, by=request.user, **form.cleaned_data)
        if call.published_at:
            messages.success(request, _("The announcement was changed; the audit trail keeps both versions."))
            return redirect("calls:desk_call", slug)
        return _next(request, call, "texts")
    context = {**_frame(call.programme, call, "texts"), "form": form}
    return render(request, "calls/officer/step_texts.html", context, status=422 if form.is_bound else 200)


@login_required
def questions(request: SignedInRequest, slug: str) -> HttpResponse:
    call = _editable(request, slug)
    if call.published_at:
        return _closed(request, call)
    own = QuestionSet.objects.filter(host__in=[call.programme.host_id, call.programme.operator_id])
    form = QuestionsForm(
        request.POST or None, question_sets=own, initial={"question_set": call.question_set_id}
    )
    if form.is_bound and form.is_valid():
        editing.choose_questions(call=call, by=request.user, **form.cleaned_data)
        return _next(request, call, "questions")
    context = {
        **_frame(call.programme, call, "questions"),
        "form": form,
        "questions": call.question_set.questions.all(),
    }
    return render(request, "calls/officer/step_questions.html", context, status=422 if form.is_bound else 200)


@login_required
def scoring(request: SignedInRequest, slug: str) -> HttpResponse:
    call = _editable(request, slug)
    if call.published_at:
        return _closed(request, call)
    with timezone.override(call.zone):
        form = Scoring(call, request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                editing.set_scoring(call=call, by=request.user, **form.cleaned())
            except (editing.WeightsNot100, editing.QuotasBeyondPlaces) as error:
                form.form.add_error(None, str(error))
            else:
                again = "more" in request.POST
                return redirect("calls:desk_scoring", slug) if again else _next(request, call, "scoring")
        context = {**_frame(call.programme, call, "scoring"), "scoring": form}
        status = 422 if request.method == "POST" else 200
        return render(request, "calls/officer/step_scoring.html", context, status=status)


@login_required
def preview(request: SignedInRequest, slug: str) -> HttpResponse:
    call = _editable(request, slug)
    context = {
        **_frame(call.programme, call, "preview"),
        "missing": missing_for_publication(call),
        "questions": call.question_set.questions.all(),
        "criteria": call.criteria.all(),
        "quotas": call.quotas.all(),
        "bonuses": call.bonuses.all(),
    }
    return render(request, "calls/officer/step_preview.html", context)
