"""Writing a call in steps: basics, texts with files, questions, places and selection, preview."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls.actions import editing, filing
from bridgehead.calls.forms.officer.basics import BasicsForm
from bridgehead.calls.forms.officer.questions import NewerQuestionsForm, QuestionsForm
from bridgehead.calls.forms.officer.selection import Selection
from bridgehead.calls.forms.officer.texts import FileForm, TextsForm
from bridgehead.calls.models import Call
from bridgehead.calls.queries.eligibility import rules_in_words
from bridgehead.calls.queries.officer import missing_for_publication, quotas_in_words
from bridgehead.calls.views.officer.builder import builder_frame, closed, editable, next_step
from bridgehead.programmes.queries import programmes_visible_to
from bridgehead.questions.models import QuestionSet


@login_required
def new(request: SignedInRequest, slug: str) -> HttpResponse:
    programme = get_object_or_404(programmes_visible_to(request.user, roles.CALL_EDIT), slug=slug)
    with timezone.override(settings.TIME_ZONE):
        form = BasicsForm(request.POST or None, zone=settings.TIME_ZONE, initial={"kind": programme.kind})
        if form.is_bound and form.is_valid():
            made = editing.create_call(programme=programme, by=request.user, **form.cleaned_data)
            return next_step(request, made, "basics")
        context = {**builder_frame(programme, None, "basics"), "form": form}
        return render(
            request, "calls/officer/step_basics.html", context, status=422 if form.is_bound else 200
        )


@login_required
def basics(request: SignedInRequest, slug: str) -> HttpResponse:
    call = editable(request, slug)
    if call.published_at:
        return closed(request, call)
    with timezone.override(call.zone):
        form = BasicsForm(request.POST or None, instance=call, zone=call.zone)
        if form.is_bound and form.is_valid():
            editing.edit_basics(call=call, by=request.user, **form.cleaned_data)
            return next_step(request, call, "basics")
        context = {**builder_frame(call.programme, call, "basics"), "form": form}
        return render(
            request, "calls/officer/step_basics.html", context, status=422 if form.is_bound else 200
        )


@login_required
def texts(request: SignedInRequest, slug: str) -> HttpResponse:
    call = editable(request, slug)
    form = TextsForm(request.POST or None, instance=call)
    if form.is_bound and form.is_valid():
        editing.edit_texts(call=call, by=request.user, **form.cleaned_data)
        if call.published_at:
            messages.success(request, _("The announcement was changed; the audit trail keeps both versions."))
            return redirect("calls:desk_call", slug)
        return next_step(request, call, "texts")
    return _texts_page(request, call, form, FileForm())


def _texts_page(request: SignedInRequest, call: Call, form: TextsForm, file_form: FileForm) -> HttpResponse:
    context = {
        **builder_frame(call.programme, call, "texts"),
        "form": form,
        "file_form": file_form,
        "files": call.files.select_related("attachment"),
    }
    bound = form.is_bound or file_form.is_bound
    return render(request, "calls/officer/step_texts.html", context, status=422 if bound else 200)


@login_required
@require_POST
def add_file(request: SignedInRequest, slug: str) -> HttpResponse:
    call = editable(request, slug)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _texts_page(request, call, TextsForm(instance=call), form)
    filing.add_file(call=call, by=request.user, **form.cleaned_data)
    messages.success(request, _("The file is on the call's page."))
    return redirect("calls:desk_texts", slug)


@login_required
@require_POST
def remove_file(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    call = editable(request, slug)
    filing.remove_file(file=get_object_or_404(call.files, pk=pk), by=request.user)
    messages.success(request, _("The file is no longer on the call's page."))
    return redirect("calls:desk_texts", slug)


def _own_sets(call: Call) -> QuerySet[QuestionSet]:
    return QuestionSet.objects.filter(host__in=[call.programme.host_id, call.programme.operator_id])


@login_required
def questions(request: SignedInRequest, slug: str) -> HttpResponse:
    call = editable(request, slug)
    if call.published_at:
        return _newer_questions(request, call)
    form = QuestionsForm(
        request.POST or None, question_sets=_own_sets(call), initial={"question_set": call.question_set_id}
    )
    if form.is_bound and form.is_valid():
        editing.choose_questions(call=call, by=request.user, **form.cleaned_data)
        return next_step(request, call, "questions")
    return _questions_page(request, call, form)


def _newer_questions(request: SignedInRequest, call: Call) -> HttpResponse:
    """What may still change once people have begun to answer: a later version, for those who begin later."""
    own = call.question_set
    later = QuestionSet.objects.filter(host=own.host_id, name=own.name, version__gt=own.version)
    form = NewerQuestionsForm(request.POST or None, question_sets=later)
    if form.is_bound and form.is_valid():
        try:
            editing.use_newer_questions(call=call, by=request.user, **form.cleaned_data)
        except editing.Refused as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(
                request, _("Applications begun from now on get the new version; those begun keep theirs.")
            )
            return redirect("calls:desk_call", call.slug)
    return _questions_page(request, call, form)


def _questions_page(request: SignedInRequest, call: Call, form: QuestionsForm) -> HttpResponse:
    context = {
        **builder_frame(call.programme, call, "questions"),
        "form": form,
        "may_choose": form.fields["question_set"].queryset.exists(),  # type: ignore[attr-defined]
        "questions": call.question_set.questions.all(),
    }
    return render(request, "calls/officer/step_questions.html", context, status=422 if form.is_bound else 200)


@login_required
def scoring(request: SignedInRequest, slug: str) -> HttpResponse:
    call = editable(request, slug)
    if call.published_at:
        return closed(request, call)
    with timezone.override(call.zone):
        form = Selection(call, request.POST or None)
        if request.method == "POST" and form.is_valid():
            editing.set_selection(call=call, by=request.user, **form.cleaned())
            if "more" in request.POST:
                return redirect("calls:desk_scoring", slug)
            return next_step(request, call, "scoring")
        context = {**builder_frame(call.programme, call, "scoring"), "scoring": form}
        status = 422 if request.method == "POST" else 200
        return render(request, "calls/officer/step_scoring.html", context, status=status)


@login_required
def preview(request: SignedInRequest, slug: str) -> HttpResponse:
    call = editable(request, slug)
    context = {
        **builder_frame(call.programme, call, "preview"),
        "missing": missing_for_publication(call),
        "questions": call.question_set.questions.all(),
        "stages": call.stages.prefetch_related("criteria", "reviewers"),
        "rules": rules_in_words(call),
        "quotas": quotas_in_words(call),
        "bonuses": call.bonuses.all(),
        "files": call.files.select_related("attachment"),
    }
    return render(request, "calls/officer/step_preview.html", context)
