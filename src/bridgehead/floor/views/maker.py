"""The log in the maker's hand: one entry in twenty seconds, and what became of the earlier ones."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.floor.actions.consultations import (
    IdTaken,
    Stale,
    Withdrawn,
    edit_consultation,
    log_consultation,
    restore_consultation,
    withdraw_consultation,
)
from bridgehead.floor.actions.stages import reach_stage
from bridgehead.floor.actions.wins import add_evidence, confirm_win
from bridgehead.floor.forms import EditForm, EvidenceForm, LogForm, StageForm, WinForm
from bridgehead.floor.models import Consultation
from bridgehead.floor.queries import (
    buyers_to_suggest,
    consultations_of_maker,
    countries_of,
    my_firms,
    programmes_of_maker,
    undecided_conflicts,
)
from bridgehead.floor.rules import fair_day
from bridgehead.floor.views.common import explain, page_of
from bridgehead.programmes.models import Programme

PER_PAGE = 30


@login_required
def programmes(request: HttpRequest) -> HttpResponse:
    """Straight to the log where there is only one."""
    mine = list(programmes_of_maker(request.user))
    if len(mine) == 1:
        return redirect("floor:my_log", mine[0].slug)
    return render(request, "floor/maker/programmes.html", {"programmes": mine})


@login_required
def log(request: HttpRequest, slug: str) -> HttpResponse:
    """The form and the own list; POST also answers in JSON to the queue of `log.js`."""
    programme = _programme(request, slug)
    firms = list(my_firms(request.user, programme))
    form = _form(request, programme, firms)
    if request.method != "POST":
        return _log_page(request, programme, firms, form)
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    logged = None
    if form.is_valid():
        try:
            logged = log_consultation(
                id=form.cleaned_data["id"],
                programme=programme,
                firm=form.cleaned_data["firm"],
                by=request.user,
                **form.content(),
            )
        except ValidationError as error:
            explain(form, error)
        except (IdTaken, Withdrawn) as error:
            form.add_error(None, str(error))
    if logged:
        messages.success(request, _saved(logged.consultation))
    if wants_json:
        return _as_json(form, logged)
    if logged is None:
        return _log_page(request, programme, firms, form, status=422)
    return redirect("floor:my_log", slug)


def _programme(request: HttpRequest, slug: str) -> Programme:
    return get_object_or_404(programmes_of_maker(request.user), slug=slug)


def _saved(talk: Consultation) -> str:
    return _("Logged: %(buyer)s. You can log the next one.") % {"buyer": talk.buyer_name}


def _form(request: HttpRequest, programme: Programme, firms: list[Any]) -> LogForm:
    return LogForm(
        request.POST if request.method == "POST" else None,
        initial={"held_on": fair_day(programme, timezone.now())},
        currency=programme.result_currency,
        countries=_countries(programme),
        firms=my_firms(request.user, programme),
    )


def _countries(programme: Programme) -> list[str]:
    fair = [programme.edition.country] if programme.edition else []
    return [*countries_of(programme)[:6], *fair]


def _as_json(form: LogForm, logged: Any) -> JsonResponse:
    if logged is None:
        return JsonResponse({"errors": form.errors.get_json_data()}, status=422)
    return JsonResponse(
        {"id": str(logged.consultation.pk), "message": _saved(logged.consultation)},
        status=201 if logged.created else 200,
    )


def _log_page(
    request: HttpRequest, programme: Programme, firms: list[Any], form: LogForm, status: int = 200
) -> HttpResponse:
    today = fair_day(programme, timezone.now())
    entries = consultations_of_maker(request.user, programme).order_by("-logged_at", "pk")
    context = {
        "programme": programme,
        "firms": firms,
        "form": form,
        "buyers": buyers_to_suggest(programme, firms, today),
        "page": page_of(entries, request, PER_PAGE),
        "today_count": entries.filter(held_on=today, withdrawn_at__isnull=True).count(),
        "to_decide": undecided_conflicts(entries).count(),
        "total_count": entries.filter(withdrawn_at__isnull=True).count(),
    }
    return render(request, "floor/maker/log.html", context, status=status)


@login_required
def consultation(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """One own entry: change it, and say how far the deal got."""
    talk = _mine(request, slug, pk)
    countries = _countries(talk.programme)
    form = EditForm.of(talk, request.POST if request.method == "POST" else None, countries=countries)
    if request.method == "POST" and form.is_valid():
        try:
            edit_consultation(
                consultation=talk, version=form.cleaned_data["version"], by=request.user, **form.content()
            )
        except ValidationError as error:
            explain(form, error)
        except (Stale, Withdrawn) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("floor:my_log", slug)
    return _entry_page(request, talk, form=form, status=422 if form.errors else 200)


def _mine(request: HttpRequest, slug: str, pk: UUID) -> Consultation:
    return get_object_or_404(consultations_of_maker(request.user, _programme(request, slug)), pk=pk)


def _entry_page(
    request: HttpRequest,
    talk: Consultation,
    *,
    form: Any = None,
    stage_form: Any = None,
    confirm_form: Any = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "programme": talk.programme,
        "talk": talk,
        "form": form or EditForm.of(talk, countries=_countries(talk.programme)),
        "stage_form": stage_form or StageForm(talk=talk),
        "rungs": _rungs_to_confirm(request, talk, confirm_form),
        "evidence_form": EvidenceForm(),
    }
    return render(request, "floor/maker/consultation.html", context, status=status)


def _rungs_to_confirm(request: HttpRequest, talk: Consultation, sent: Any) -> list[Any]:
    """Each rung, with the form for the firm's words where they are missing or came back with errors."""
    me = {"confirmed_by": request.user.get_full_name()}  # type: ignore[union-attr]
    rungs = talk.rungs
    for rung in rungs:
        own = sent is not None and sent.prefix == str(rung.pk)
        asked = rung.awaits_confirmation and not rung.implied
        fresh = WinForm(record=rung, prefix=str(rung.pk), initial=dict(me)) if asked else None
        rung.confirm_form = sent if own else fresh  # type: ignore[attr-defined]
    return rungs


@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    withdraw_consultation(
        consultation=_mine(request, slug, pk), by=request.user, reason=_("Taken back by the firm")
    )
    messages.success(request, _("Taken back. “Undo” in the list brings the entry back."))
    return redirect("floor:my_log", slug)


@login_required
@require_POST
def restore(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    restore_consultation(consultation=_mine(request, slug, pk), by=request.user)
    messages.success(request, _("The entry counts again."))
    return redirect("floor:my_log", slug)


@login_required
@require_POST
def stage(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    talk = _mine(request, slug, pk)
    form = StageForm(request.POST, talk=talk)
    if form.is_valid():
        try:
            reach_stage(consultation=talk, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            explain(form, error)
        else:
            messages.success(request, _("The stage is recorded. Please confirm it below if it is a win."))
            return redirect("floor:my_consultation", slug, pk)
    return _entry_page(request, talk, stage_form=form, status=422)


@login_required
@require_POST
def confirm(request: HttpRequest, slug: str, pk: UUID, record: int) -> HttpResponse:
    talk = _mine(request, slug, pk)
    rung = get_object_or_404(talk.stages, pk=record)
    form = WinForm(request.POST, request.FILES, record=rung, prefix=str(rung.pk))
    if not form.is_valid():
        return _entry_page(request, talk, confirm_form=form, status=422)
    try:
        confirm_win(record=rung, by=request.user, **form.said())
        add_evidence(record=rung, files=form.cleaned_data["files"], by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Thank you: your confirmation is recorded."))
    return redirect("floor:my_consultation", slug, pk)
