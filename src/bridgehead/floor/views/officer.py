"""Consultations at the desk: the list with its ladder, one consultation with its history, corrections."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.audit.queries import entries_about
from bridgehead.floor.actions.consultations import (
    IdTaken,
    NotTakingPart,
    Stale,
    Withdrawn,
    edit_consultation,
    log_consultation,
    restore_consultation,
    withdraw_consultation,
)
from bridgehead.floor.actions.stages import reach_stage, withdraw_stage
from bridgehead.floor.forms import EditForm, FilterForm, LogForm, ReasonForm, StageForm
from bridgehead.floor.models import Consultation
from bridgehead.floor.queries import (
    awarded_firms,
    countries_of,
    days_of,
    desk_list,
    having_reached,
    matching,
    rungs_of,
)
from bridgehead.floor.rules import fair_day
from bridgehead.floor.views.common import consultation_for, explain, may_edit, page_of, programme_for
from bridgehead.programmes.models import Programme

PER_PAGE = 50


@login_required
def consultations(request: HttpRequest, slug: str) -> HttpResponse:
    programme = programme_for(request, slug)
    form = filter_form(request, programme)
    found = filtered(programme, form)
    context = {
        "programme": programme,
        "page_code": "floor",
        "form": form,
        "rungs": rungs_of(found),
        "page": page_of(found, request, PER_PAGE),
        "may_edit": may_edit(request, programme),
        "query": request.GET.urlencode(),
    }
    return render(request, "floor/desk/consultations.html", context)


def filter_form(request: HttpRequest, programme: Programme) -> FilterForm:
    return FilterForm(
        request.GET,
        firms=awarded_firms(programme),
        countries=countries_of(programme),
        days=days_of(programme),
    )


def filtered(programme: Programme, form: FilterForm) -> QuerySet[Consultation]:
    chosen = form.chosen()
    found = desk_list(programme).filter(withdrawn_at__isnull=not chosen.get("withdrawn"))
    if chosen.get("firm"):
        found = found.filter(firm__slug=chosen["firm"])
    if chosen.get("country"):
        found = found.filter(buyer_country=chosen["country"])
    if chosen.get("day"):
        found = found.filter(held_on=chosen["day"])
    if chosen.get("stage"):
        found = having_reached(found, chosen["stage"])
    if chosen.get("q"):
        found = matching(found, chosen["q"])
    return found


@login_required
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Entered at the desk, for a firm that told it or wrote it on paper."""
    programme = programme_for(request, slug, roles.RESULTS_EDIT)
    form = LogForm(
        request.POST if request.method == "POST" else None,
        initial={"held_on": min(programme.ends_on, fair_day(programme, timezone.now())), "id": uuid4()},
        currency=programme.result_currency,
        countries=countries_of(programme),
        firms=awarded_firms(programme),
    )
    if request.method == "POST" and form.is_valid():
        try:
            logged = log_consultation(
                id=form.cleaned_data["id"],
                programme=programme,
                firm=form.cleaned_data["firm"],
                by=request.user,
                source=Consultation.Source.DESK,
                **form.content(),
            )
        except ValidationError as error:
            explain(form, error)
        except (IdTaken, Withdrawn, NotTakingPart) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The consultation is entered."))
            return redirect("floor:consultation", slug, logged.consultation.pk)
    context = {"programme": programme, "page_code": "floor", "form": form}
    return render(request, "floor/desk/new.html", context, status=422 if form.errors else 200)


@login_required
def consultation(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    return _page(request, consultation_for(request, slug, pk))


def _page(
    request: HttpRequest, talk: Consultation, *, form: Any = None, stage_form: Any = None, status: int = 200
) -> HttpResponse:
    context = {
        "programme": talk.programme,
        "page_code": "floor",
        "talk": talk,
        "may_edit": may_edit(request, talk.programme),
        "form": form or EditForm.of(talk, countries=countries_of(talk.programme)),
        "stage_form": stage_form or StageForm(talk=talk),
        "reason_form": ReasonForm(),
        "history": entries_about(talk),
    }
    return render(request, "floor/desk/consultation.html", context, status=status)


@login_required
@require_POST
def edit(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    talk = consultation_for(request, slug, pk, roles.RESULTS_EDIT)
    form = EditForm.of(talk, request.POST, countries=countries_of(talk.programme))
    if form.is_valid():
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
            return redirect("floor:consultation", slug, pk)
    return _page(request, talk, form=form, status=422)


@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    talk = consultation_for(request, slug, pk, roles.RESULTS_EDIT)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why the consultation is withdrawn; the audit trail keeps it."))
        return redirect("floor:consultation", slug, pk)
    withdraw_consultation(consultation=talk, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("The consultation no longer counts. It can be restored on this page."))
    return redirect("floor:consultation", slug, pk)


@login_required
@require_POST
def restore(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    restore_consultation(
        consultation=consultation_for(request, slug, pk, roles.RESULTS_EDIT), by=request.user
    )
    messages.success(request, _("The consultation counts again."))
    return redirect("floor:consultation", slug, pk)


@login_required
@require_POST
def stage(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    talk = consultation_for(request, slug, pk, roles.RESULTS_EDIT)
    form = StageForm(request.POST, talk=talk)
    if form.is_valid():
        try:
            reach_stage(consultation=talk, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            explain(form, error)
        else:
            messages.success(request, _("The stage is recorded."))
            return redirect("floor:consultation", slug, pk)
    return _page(request, talk, stage_form=form, status=422)


@login_required
@require_POST
def stage_withdraw(request: HttpRequest, slug: str, pk: UUID, record: int) -> HttpResponse:
    talk = consultation_for(request, slug, pk, roles.RESULTS_EDIT)
    rung = get_object_or_404(talk.stages, pk=record)
    try:
        withdraw_stage(record=rung, reason=request.POST.get("reason", ""), by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The stage is taken back; the history below keeps it."))
    return redirect("floor:consultation", slug, pk)
