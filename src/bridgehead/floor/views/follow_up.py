"""The rounds of follow-up at the desk, and the firm's answer page behind its link."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
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
    open_follow_up,
    plan_waves,
    remind,
    send_wave,
)
from bridgehead.floor.forms import AnswerForm, SignatureForm
from bridgehead.floor.models import FollowUp, FollowUpLink, Wave
from bridgehead.floor.queries import (
    consultations_to_answer,
    follow_ups_of,
    link_for,
    participants,
    waves_of,
)
from bridgehead.floor.rules import ANSWER_WITHIN, today_at
from bridgehead.floor.views.common import may_edit, programme_for


@login_required
def waves(request: HttpRequest, slug: str) -> HttpResponse:
    programme = programme_for(request, slug)
    now = timezone.now()
    follow_ups = list(follow_ups_of(programme))
    for follow_up in follow_ups:
        follow_up.is_late = follow_up.answered_at is None and follow_up.sent_at + ANSWER_WITHIN < now  # type: ignore[attr-defined]
    context = {
        "programme": programme,
        "page_code": "follow_up",
        "waves": waves_of(programme),
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
    plan_waves(programme=programme, by=request.user)
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
    forms = [AnswerForm(data, talk=talk) for talk in consultations_to_answer(follow_up)]
    signature = SignatureForm(data, initial={"comment": follow_up.comment})
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


def _answer_of(form: AnswerForm) -> Answer:
    return Answer(consultation=form.talk, **form.cleaned_data)


def _answer_page(
    request: HttpRequest, link: FollowUpLink, forms: list[AnswerForm], signature: Any, status: int = 200
) -> HttpResponse:
    context = {
        "follow_up": link.follow_up,
        "programme": link.follow_up.wave.programme,
        "link": link,
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
