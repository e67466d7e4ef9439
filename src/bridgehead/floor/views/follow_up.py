"""The rounds of follow-up at the desk, and the firm's answer page behind its link."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.floor.actions.waves import (
    AlreadyAnswered,
    Answer,
    Expired,
    Sent,
    answer_follow_up,
    keep_draft,
    open_follow_up,
    plan_waves,
    record_call,
    remind,
    send_wave,
)
from bridgehead.floor.forms import AnswerForm, CallForm, PlanForm, SignatureForm
from bridgehead.floor.models import FollowUp, FollowUpLink, Wave
from bridgehead.floor.queries import (
    consultations_to_answer,
    follow_ups_of,
    lanes_of,
    link_for,
    participants,
    to_be_called,
    waves_of,
)
from bridgehead.floor.rules import ANSWER_WITHIN, FOLLOW_UP_MONTHS, today_at
from bridgehead.floor.views.common import may_edit, page_of, programme_for

USUAL = ", ".join(map(str, FOLLOW_UP_MONTHS))


@login_required
def waves(request: HttpRequest, slug: str) -> HttpResponse:
    programme = programme_for(request, slug)
    now = timezone.now()
    follow_ups = list(follow_ups_of(programme))
    for follow_up in follow_ups:
        follow_up.is_late = follow_up.answered_at is None and follow_up.sent_at + ANSWER_WITHIN < now  # type: ignore[attr-defined]
    planned = list(waves_of(programme))
    context = {
        "programme": programme,
        "page_code": "follow_up",
        "waves": planned,
        "months": ", ".join(str(wave.months) for wave in planned) or USUAL,
        "follow_ups": follow_ups,
        "firms": participants(programme).count(),
        "today": today_at(programme, now),
        "may_edit": may_edit(request, programme),
    }
    return render(request, "floor/desk/follow_up.html", context)


@login_required
@require_POST
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    programme = programme_for(request, slug, roles.RESULTS_EDIT)
    form = PlanForm(request.POST if "months" in request.POST else {"months": USUAL})
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors["months"]))
        return redirect("floor:follow_up", slug)
    plan_waves(programme=programme, by=request.user, months=form.cleaned_data["months"])
    messages.success(request, _("The rounds are planned. Send each one when its day has come."))
    return redirect("floor:follow_up", slug)


@login_required
@require_POST
def send(request: HttpRequest, slug: str, wave: int) -> HttpResponse:
    programme = programme_for(request, slug, roles.RESULTS_EDIT)
    sent = send_wave(wave=get_object_or_404(Wave, pk=wave, programme=programme), by=request.user)
    _tell(request, sent)
    return redirect("floor:follow_up", slug)


def _tell(request: HttpRequest, sent: Sent) -> None:
    count = len(sent.asked)
    if count:
        said = ngettext("%(n)d firm was asked by mail.", "%(n)d firms were asked by mail.", count)
        messages.success(request, said % {"n": count})
    elif not sent.unreachable:
        messages.info(request, _("Every firm has been asked in this round already. Nothing was sent."))
    if sent.unreachable:
        names = ", ".join(str(firm) for firm in sent.unreachable)
        messages.warning(
            request,
            _("No email address is known for: %(names)s. Add a contact, then send again.") % {"names": names},
        )


@login_required
@require_POST
def remind_firm(request: HttpRequest, slug: str, follow_up: int) -> HttpResponse:
    programme = programme_for(request, slug, roles.RESULTS_EDIT)
    asked = get_object_or_404(FollowUp, pk=follow_up, wave__programme=programme)
    try:
        remind(follow_up=asked, by=request.user)
    except AlreadyAnswered as error:
        messages.info(request, str(error))
    else:
        messages.success(request, _("%(firm)s was reminded.") % {"firm": asked.firm})
    return redirect("floor:follow_up", slug)


@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Without signing in: the firm's own consultations, and what became of each."""
    link = link_for(token)
    if link is None:
        return render(request, "floor/answer/unknown.html", status=404)
    if link.expires_at < timezone.now():
        return _expired(request, link)
    follow_up = link.follow_up
    data = request.POST if request.method == "POST" else None
    draft = follow_up.draft
    forms = [AnswerForm(data, talk=talk, draft=draft) for talk in consultations_to_answer(follow_up)]
    signature = SignatureForm(data, initial={"comment": follow_up.comment, **draft})
    if data is None:
        open_follow_up(follow_up=follow_up)
        return _answer_page(request, link, forms, signature)
    if all([signature.is_valid(), *(form.is_valid() for form in forms)]):
        try:
            answer_follow_up(
                link=link, answers=[_answer_of(form) for form in forms], **signature.cleaned_data
            )
        except Expired:
            return _expired(request, link)
        except ValidationError as error:
            signature.add_error(None, error.messages)
        else:
            return redirect("floor:answer_done", token)
    return _answer_page(request, link, forms, signature, status=422)


@never_cache
@require_POST
def answer_save(request: HttpRequest, token: str) -> JsonResponse:
    """Part of an answer, kept as it is typed."""
    link = link_for(token)
    if link is None:
        return JsonResponse({}, status=404)
    values = {name: str(value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    try:
        saved = keep_draft(link=link, values=values)
    except Expired:
        return JsonResponse({}, status=409)
    return JsonResponse({"saved_at": saved.isoformat()})


@login_required
def calls(request: HttpRequest, slug: str) -> HttpResponse:
    """Whom to telephone, because the mails brought no answer."""
    programme = programme_for(request, slug)
    context = {
        "programme": programme,
        "page_code": "follow_up",
        "page": page_of(to_be_called(programme), request, 50),
        "may_edit": may_edit(request, programme),
    }
    return render(request, "floor/desk/calls.html", context)


@login_required
@require_POST
def call(request: HttpRequest, slug: str, follow_up: int) -> HttpResponse:
    programme = programme_for(request, slug, roles.RESULTS_EDIT)
    asked = get_object_or_404(to_be_called(programme), pk=follow_up)
    form = CallForm(request.POST)
    if form.is_valid():
        record_call(follow_up=asked, note=form.cleaned_data["note"], by=request.user)
        messages.success(request, _("The call with %(firm)s is noted.") % {"firm": asked.firm})
    else:
        messages.error(request, _("Write what was said, such as “will answer on Friday”."))
    return redirect("floor:calls", slug)


@login_required
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """The pipeline: every deal under the highest stage it has reached."""
    programme = programme_for(request, slug)
    context = {
        "programme": programme,
        "page_code": "floor",
        "lanes": lanes_of(programme),
        "may_edit": may_edit(request, programme),
    }
    return render(request, "floor/desk/board.html", context)


def _answer_of(form: AnswerForm) -> Answer:
    return Answer(consultation=form.talk, **form.cleaned_data)


def _answer_page(
    request: HttpRequest, link: FollowUpLink, forms: list[AnswerForm], signature: Any, status: int = 200
) -> HttpResponse:
    context = {
        "follow_up": link.follow_up,
        "programme": link.follow_up.wave.programme,
        "link": link,
        "token": request.resolver_match.kwargs["token"] if request.resolver_match else "",
        "forms": forms,
        "signature": signature,
        "wrong": sum(bool(form.errors) for form in forms),
    }
    return render(request, "floor/answer/answer.html", context, status=status)


def _expired(request: HttpRequest, link: FollowUpLink) -> HttpResponse:
    context = {"programme": link.follow_up.wave.programme, "link": link}
    return render(request, "floor/answer/expired.html", context, status=410)


@never_cache
def answer_done(request: HttpRequest, token: str) -> HttpResponse:
    link = link_for(token)
    if link is None:
        return render(request, "floor/answer/unknown.html", status=404)
    context = {"follow_up": link.follow_up, "programme": link.follow_up.wave.programme, "token": token}
    return render(request, "floor/answer/done.html", context)
