"""Wins at the desk, at the firm, and behind the firm's link."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.floor.actions.wins import (
    NoAddress,
    SamePerson,
    add_evidence,
    check_win,
    confirm_win,
    send_win_link,
)
from bridgehead.floor.forms import CheckForm, EvidenceForm, WinForm
from bridgehead.floor.models import StageRecord, Standing, WinLink
from bridgehead.floor.queries import consultations_of_maker, programmes_of_maker, win_link_for, wins_of
from bridgehead.floor.views.common import first_words, may_edit, page_of, programme_for

PER_PAGE = 50


@login_required
def wins(request: HttpRequest, slug: str) -> HttpResponse:
    """Every win with how sure it is, and what is missing to be surer."""
    programme = programme_for(request, slug)
    page = page_of(wins_of(programme), request, PER_PAGE)
    context = {
        "programme": programme,
        "page_code": "wins",
        "page": page,
        "standings": Standing.choices,
        "may_edit": may_edit(request, programme),
    }
    return render(request, "floor/desk/wins.html", context)


def _record(request: HttpRequest, slug: str, pk: int) -> StageRecord:
    programme = programme_for(request, slug, roles.RESULTS_EDIT)
    return get_object_or_404(wins_of(programme), pk=pk)


@login_required
@require_POST
def ask(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    try:
        link = send_win_link(record=_record(request, slug, pk), by=request.user)
    except (NoAddress, ValidationError) as error:
        messages.error(request, str(error) if isinstance(error, NoAddress) else first_words(error))
    else:
        messages.success(
            request, _("%(email)s was asked to confirm, within seven days.") % {"email": link.email}
        )
    return redirect("floor:wins", slug)


@login_required
@require_POST
def evidence(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    _take_files(request, _record(request, slug, pk))
    return redirect("floor:wins", slug)


@login_required
@require_POST
def check(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    record = _record(request, slug, pk)
    form = CheckForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose whether the win is accepted or returned."))
        return redirect("floor:wins", slug)
    try:
        check_win(
            record=record,
            accept=form.cleaned_data["accept"] == "yes",
            note=form.cleaned_data["note"],
            by=request.user,
        )
    except ValidationError as error:
        messages.error(request, first_words(error))
    except SamePerson as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The check is recorded."))
    return redirect("floor:wins", slug)


def _take_files(request: HttpRequest, record: StageRecord) -> None:
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        add_evidence(record=record, files=form.cleaned_data["files"], by=request.user)
        messages.success(request, _("The evidence is stored."))
    else:
        messages.error(request, " ".join(str(error) for error in form.errors.get("files", [])))


@login_required
@require_POST
def my_evidence(request: HttpRequest, slug: str, pk: UUID, record: int) -> HttpResponse:
    programme = get_object_or_404(programmes_of_maker(request.user), slug=slug)
    talk = get_object_or_404(consultations_of_maker(request.user, programme), pk=pk)
    _take_files(request, get_object_or_404(talk.stages, pk=record))
    return redirect("floor:my_consultation", slug, pk)


@never_cache
def win(request: HttpRequest, token: str) -> HttpResponse:
    """Without signing in: one win, its evidence, and the firm's own words about it."""
    link = win_link_for(token)
    if link is None:
        return render(request, "floor/answer/unknown.html", status=404)
    if link.expires_at < timezone.now() or link.record.consultation.is_withdrawn:
        return _page(request, link, None, status=410)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = WinForm(*data, record=link.record)
    if request.method != "POST":
        return _page(request, link, form)
    if form.is_valid():
        try:
            confirm_win(record=link.record, **form.said())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            files, who = form.cleaned_data["files"], form.cleaned_data["confirmed_by"]
            add_evidence(record=link.record, files=files, by=None, who=who)
            messages.success(request, _("Thank you: your confirmation is recorded."))
            return redirect("floor:win", token)
    return _page(request, link, form, status=422)


def _page(request: HttpRequest, link: WinLink, form: Any, status: int = 200) -> HttpResponse:
    talk = link.record.consultation
    context = {
        "link": link,
        "token": request.resolver_match.kwargs["token"] if request.resolver_match else "",
        "record": link.record,
        "talk": talk,
        "programme": talk.programme,
        "form": form,
    }
    return render(request, "floor/answer/win.html", context, status=status)


@require_POST
def win_fresh(request: HttpRequest, token: str) -> HttpResponse:
    """An old link brings a fresh one, to the address it was sent to and no other."""
    link = win_link_for(token)
    if link is None:
        return render(request, "floor/answer/unknown.html", status=404)
    if link.expires_at < timezone.now():
        send_win_link(record=link.record, by=None, to=(link.email, link.language))
    messages.success(request, _("A fresh link is on its way to the address the first one was sent to."))
    return redirect("floor:win", token)
