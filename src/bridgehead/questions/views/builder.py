"""The form builder of the desk."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bridgehead.accounts.requests import SignedInRequest
from bridgehead.accounts.roles import CALL_EDIT
from bridgehead.organisations.models import Host
from bridgehead.organisations.queries import hosts_where
from bridgehead.questions import actions
from bridgehead.questions.forms.answers import answers_form
from bridgehead.questions.forms.builder import QuestionForm, SetForm
from bridgehead.questions.models import Question, QuestionSet
from bridgehead.questions.queries import question_sets_visible_to, with_counts


def _set(request: SignedInRequest, pk: int) -> QuestionSet:
    return get_object_or_404(question_sets_visible_to(request.user), pk=pk)


def _question(request: SignedInRequest, pk: int) -> Question:
    questions = Question.objects.filter(question_set__in=question_sets_visible_to(request.user))
    return get_object_or_404(questions.select_related("question_set"), pk=pk)


def _hosts(request: SignedInRequest) -> QuerySet[Host]:
    """The hosts at which the person may build forms; a stranger sees no such page."""
    hosts = hosts_where(request.user, CALL_EDIT)
    if not hosts:
        raise Http404
    return hosts


@login_required
@require_safe
def set_list(request: SignedInRequest) -> HttpResponse:
    sets = with_counts(question_sets_visible_to(request.user))
    may_add = hosts_where(request.user, CALL_EDIT).exists()
    return render(request, "questions/set_list.html", {"sets": sets, "may_add": may_add})


@login_required
def set_new(request: SignedInRequest) -> HttpResponse:
    hosts = _hosts(request)
    form = SetForm(request.POST or None, hosts=hosts)
    if request.method == "POST" and form.is_valid():
        made = actions.create_set(
            name=form.cleaned_data["name"], host=form.cleaned_data["host"], by=request.user
        )
        messages.success(request, _("The question set is there. Now add its questions."))
        return redirect("questions:set", made.pk)
    return render(request, "questions/set_new.html", {"form": form})


@login_required
@require_safe
def set_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    question_set = _set(request, pk)
    questions = list(question_set.questions.all())
    labels = {question.key: question.label for question in questions}
    lines = [(question, labels.get(question.condition.get("key", ""), "")) for question in questions]
    return render(request, "questions/set_detail.html", {"question_set": question_set, "lines": lines})


def _locked(request: SignedInRequest, question_set: QuestionSet) -> HttpResponse:
    """Instead of a form that could not be saved."""
    messages.warning(request, str(actions.SetLocked()))
    return redirect("questions:set", question_set.pk)


@login_required
def question_new(request: SignedInRequest, pk: int) -> HttpResponse:
    question_set = _set(request, pk)
    if question_set.locked_at:
        return _locked(request, question_set)
    form = QuestionForm(request.POST or None, question_set=question_set)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_question(question_set=question_set, by=request.user, **form.question_fields())
        except actions.SetLocked as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The question was added at the end."))
            return redirect("questions:set", pk)
    return render(
        request,
        "questions/question_edit.html",
        {"form": form, "question_set": question_set, "question": None},
    )


@login_required
def question_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    question = _question(request, pk)
    question_set = question.question_set
    if question_set.locked_at:
        return _locked(request, question_set)
    form = QuestionForm(request.POST or None, instance=question, question_set=question_set)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_question(question=question, by=request.user, **form.question_fields())
        except actions.SetLocked as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The question was changed."))
            return redirect("questions:set", question_set.pk)
    return render(
        request,
        "questions/question_edit.html",
        {"form": form, "question_set": question_set, "question": question},
    )


@login_required
@require_POST
def question_move(request: SignedInRequest, pk: int) -> HttpResponse:
    question = _question(request, pk)
    try:
        actions.move_question(question=question, up=request.POST.get("to") == "up", by=request.user)
    except actions.SetLocked as error:
        messages.error(request, str(error))
    return redirect("questions:set", question.question_set_id)


@login_required
@require_POST
def question_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    question = _question(request, pk)
    set_pk, label = question.question_set_id, question.label
    try:
        actions.delete_question(question=question, by=request.user)
    except actions.SetLocked as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("“%(label)s” was deleted.") % {"label": label})
    return redirect("questions:set", set_pk)


@login_required
@require_POST
def set_copy(request: SignedInRequest, pk: int) -> HttpResponse:
    copy = actions.copy_set(question_set=_set(request, pk), by=request.user)
    messages.success(
        request,
        _("Version %(version)d is a copy and can be changed. Choose it in the call that is to use it.")
        % {"version": copy.version},
    )
    return redirect("questions:set", copy.pk)


@login_required
@require_safe
def set_preview(request: SignedInRequest, pk: int, language: str) -> HttpResponse:
    """The form as applicants see it, in either language, with nothing to send."""
    question_set = _set(request, pk)
    with translation.override(language):
        form = answers_form(question_set, language=language)
        context = {"question_set": question_set, "form": form, "language": language}
        return render(request, "questions/set_preview.html", context)
