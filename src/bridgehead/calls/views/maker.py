"""The applicant's pages: start, write, check, send, and what became of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls import day, rules
from bridgehead.calls.actions import applying, awarding
from bridgehead.calls.actions.completeness import problems_of
from bridgehead.calls.consents import Asked, asked_for
from bridgehead.calls.explaining import sentences
from bridgehead.calls.forms.maker import ConsentForm, ReasonForm, StartForm
from bridgehead.calls.models import Application, Award
from bridgehead.calls.queries.appearing import appearance_of
from bridgehead.calls.queries.applying import applications_of, consents_given, submissions_of
from bridgehead.calls.queries.eligibility import checked
from bridgehead.calls.queries.public import public_calls
from bridgehead.calls.queries.reviewing import reviewers_told
from bridgehead.kit.states import WrongMove
from bridgehead.organisations.queries import firms_of
from bridgehead.questions.queries import answered

State = Application.State


def application_or_404(request: SignedInRequest, pk: int) -> Application:
    return get_object_or_404(applications_of(request.user), pk=pk)


@login_required
@require_safe
def my_applications(request: SignedInRequest) -> HttpResponse:
    lines = [(one, shown_label(one)) for one in applications_of(request.user)]
    return render(request, "calls/maker/list.html", {"lines": lines})


def clock_of(application: Application) -> dict[str, Any]:
    """What the countdown needs. The seconds are the server's: the clock of the phone plays no part."""
    call, now = application.call, timezone.now()
    if application.state == State.RETURNED:
        ends = application.return_due_at
    else:
        ends = call.closes_at if now < call.closes_at else rules.last_moment(call)
    if ends is None or not rules.may_submit(application):
        return {"ends_at": None, "is_open": rules.is_open(call), "in_grace": False}
    return {
        "ends_at": ends,
        "seconds_left": max(0, int((ends - now).total_seconds())),
        "is_open": rules.is_open(call),
        "in_grace": application.state == State.DRAFT and rules.in_grace(application, now),
    }


def shown_label(application: Application) -> str:
    return str(State(rules.state_shown(application)).label)


@login_required
def apply(request: SignedInRequest, slug: str) -> HttpResponse:
    """Before the form: for which firm, until when, and what will be asked."""
    call = get_object_or_404(public_calls().select_related("question_set"), slug=slug)
    if not firms_of(request.user).exists():
        messages.info(request, _("Register your workshop first; then the application form opens."))
        return redirect(f"{reverse('organisations:firm_new')}?{urlencode({'next': request.path})}")
    form = StartForm(request.POST or None, firms=firms_of(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            application = applying.start(call=call, firm=form.cleaned_data["firm"], by=request.user)
        except applying.NotOpen as error:
            form.add_error(None, str(error))
        else:
            return redirect(_next_page(application), application.pk)
    context = {
        "call": call,
        "form": form,
        "is_open": rules.is_open(call),
        "started": applications_of(request.user).filter(call=call).exclude(state=State.WITHDRAWN),
        "questions": [question for question in call.question_set.questions.all() if question.required],
    }
    return render(request, "calls/maker/apply.html", context)


def _next_page(application: Application) -> str:
    editable = {State.DRAFT, State.RETURNED}
    return "calls:my_application_edit" if application.state in editable else "calls:my_application"


@login_required
@require_safe
def my_application(request: SignedInRequest, pk: int) -> HttpResponse:
    application = application_or_404(request, pk)
    call, shown = application.call, rules.state_shown(application)
    decision = getattr(application, "decision", None) if call.released_at else None
    context = {
        "application": application,
        "call": call,
        "shown": shown,
        "shown_label": shown_label(application),
        "may_edit": rules.may_edit(application) and shown == application.state,
        "may_submit": rules.may_submit(application),
        "may_withdraw": rules.may_withdraw(application),
        "decision": decision,
        "reasons": sentences(decision.reasons) if decision else [],
        "reviewers": reviewers_told(application),
        "appearance": appearance_of(application),
        "award": getattr(application, "award", None),
        "rows": answered(application.question_set, application.answers),
        "results": checked(application),
        "submissions": submissions_of(application),
        "team": list(application.team.all()) if call.team_max else [],
        **clock_of(application),
        "consents": consents_given(application),
    }
    return render(request, "calls/maker/detail.html", context)


@login_required
@require_safe
def day_calendar(request: SignedInRequest, pk: int) -> HttpResponse:
    """The firm's own time of an interview."""
    appearance = appearance_of(application_or_404(request, pk))
    if appearance is None:
        raise Http404
    response = HttpResponse(day.calendar_of(appearance), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{appearance.application.number}.ics"'
    return response


def _asked(application: Application) -> list[Asked]:
    """The consents not given yet."""
    given = {consent.purpose for consent in consents_given(application)}
    return [asked for asked in asked_for(application.call) if asked.purpose not in given]


@login_required
def submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Check the answers, agree, send."""
    application = application_or_404(request, pk)
    if application.state not in {State.DRAFT, State.RETURNED}:
        return redirect("calls:my_application", pk)
    asked = _asked(application)
    form = ConsentForm(request.POST or None, asked=asked)
    # Nothing left to agree to leaves a form that posts no field of its own.
    if request.method == "POST" and (form.is_valid() or not asked):
        before = {one.purpose: one.wording for one in consents_given(application)}
        given = form.given() if asked else {}
        try:
            applying.submit(application=application, consents={**before, **given}, by=request.user)
        except (applying.NotOpen, applying.ConsentMissing, applying.Incomplete, WrongMove) as error:
            messages.error(request, str(error))
            return redirect("calls:my_application_submit", pk)
        messages.success(request, _("Your application has been received. A receipt is on its way by mail."))
        return redirect("calls:my_application", pk)
    return _check_page(request, application, form)


def _check_page(request: SignedInRequest, application: Application, form: ConsentForm) -> HttpResponse:
    questions = list(application.question_set.questions.all())
    found = problems_of(application, application.answers)
    labels = {question.key: question.label for question in questions}
    context = {
        "application": application,
        "call": application.call,
        "form": form,
        "results": checked(application),
        "firm": application.firm,
        "problems": [(key, labels.get(key, ""), text) for key, text in found.items()],
        "may_submit": rules.may_submit(application),
        "rows": answered(application.question_set, application.answers, language=get_language()),
        "consents": consents_given(application),
        **clock_of(application),
    }
    return render(request, "calls/maker/submit.html", context)


@login_required
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    application = application_or_404(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            applying.withdraw(application=application, by=request.user, reason=form.cleaned_data["reason"])
        except WrongMove as error:
            messages.error(request, str(error))
        else:
            was_draft = application.state == State.DRAFT
            messages.success(request, _discarded() if was_draft else _withdrawn())
        return redirect("calls:my_application", pk)
    context = {"application": application, "call": application.call, "form": form}
    return render(request, "calls/maker/withdraw.html", context)


def _discarded() -> str:
    return _("The draft is discarded. While the call is open you may open it again.")


def _withdrawn() -> str:
    return _("The application is withdrawn. While the call is open you may apply again.")


def _award(request: SignedInRequest, pk: int) -> Award:
    awards = Award.objects.filter(firm__in=firms_of(request.user)).select_related("programme__host", "firm")
    return get_object_or_404(awards.exclude(application=None), pk=pk)


@login_required
@require_POST
def award_accept(request: SignedInRequest, pk: int) -> HttpResponse:
    award = _award(request, pk)
    try:
        awarding.accept_award(award=award, by=request.user)
    except awarding.AwardOver as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("You have accepted the place. The office will write to you about the next steps.")
        )
    return redirect("calls:my_application", award.application_id)


@login_required
def award_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    award = _award(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            awarding.withdraw_award(award=award, by=request.user, reason=form.cleaned_data["reason"])
        except awarding.AwardOver as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("You have given up the place. Thank you for telling us."))
        return redirect("calls:my_application", award.application_id)
    return render(request, "calls/maker/award_withdraw.html", {"award": award, "form": form})
