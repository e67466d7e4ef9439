"""The money page of a programme: sources, cost items, ceilings, and what is spent, committed and left."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.funding import actions, queries
from bridgehead.funding.forms import CeilingForm, ItemForm, SourceForm
from bridgehead.funding.models import Ceiling, CostItem, FundingSource
from bridgehead.funding.planning import plan_and_actual
from bridgehead.funding.standing import sources_of
from bridgehead.funding.views.access import programme_where
from bridgehead.funding.views.pictures import balance_chart, plan_chart, sources_chart
from bridgehead.kit.clock import today
from bridgehead.organisations.queries import permissions_at

#: So many days ahead the page names the claims that are to be settled.
DUE_SOON = 3


@dataclass(frozen=True)
class Row:
    """One kind of row of the budget: how it is typed in, saved and removed."""

    model: type[models.Model]
    form: type[forms.ModelForm]
    save: Callable[..., Any]
    remove: Callable[..., Any]
    new: Promise
    edit: Promise


ROWS = {
    "source": Row(
        FundingSource,
        SourceForm,
        actions.save_source,
        actions.remove_source,
        _("New funding source"),
        _("Edit the funding source"),
    ),
    "item": Row(
        CostItem,
        ItemForm,
        actions.save_item,
        actions.remove_item,
        _("New cost item"),
        _("Edit the cost item"),
    ),
    "ceiling": Row(
        Ceiling,
        CeilingForm,
        actions.set_ceiling,
        actions.remove_ceiling,
        _("New ceiling"),
        _("Edit the ceiling"),
    ),
}


@login_required
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    programme = programme_where(request, slug, roles.MONEY_VIEW)
    balance = queries.programme_balance(programme)
    sources, items = list(programme.funding_sources.all()), list(queries.items_with_balances(programme))
    points = plan_and_actual(programme)
    allowed = permissions_at(request.user, programme.host, programme.operator)
    context = {
        "programme": programme,
        "page_code": "funding",
        "balance": balance,
        "sources": sources,
        "sources_chart": sources_chart(sources),
        "balance_chart": balance_chart(balance),
        "plan_chart": plan_chart(points, title=str(pgettext("plan", "Plan against actual"))),
        "standing": sources_of(sources, items),
        "items": items,
        "terms": queries.money_terms(programme),
        "transfers": queries.transfers_of(programme),
        "ceilings": programme.ceilings.order_by("-effective_from"),
        "ceiling": queries.ceiling_on(programme, today(programme.zone)),
        "firms": queries.firm_balances(programme),
        "due": queries.claims_due(programme, within=DUE_SOON),
        "today": today(programme.zone),
        "waiting": queries.claims_waiting(request.user).filter(programme=programme),
        "may_edit": roles.MONEY_EDIT in allowed,
        "may_approve": roles.MONEY_APPROVE in allowed,
    }
    return render(request, "funding/programme.html", context)


@login_required
def edit_row(request: HttpRequest, slug: str, kind: str, pk: int | None = None) -> HttpResponse:
    """The form of a source, cost item or ceiling; new without `pk`."""
    programme, row = programme_where(request, slug, roles.MONEY_EDIT), ROWS[kind]
    instance = (
        get_object_or_404(row.model, programme=programme, pk=pk) if pk else row.model(programme=programme)
    )
    form = row.form(request.POST or None, instance=instance)
    if request.method == "POST" and form.is_valid():
        try:
            row.save(**{kind: form.save(commit=False), "by": request.user})
        except ValidationError as error:
            form.add_error(None, error.messages)
        except actions.BelowBalance as error:
            form.add_error("amount", str(error))
        else:
            messages.success(request, _("Saved. Balances below are up to date."))
            return redirect("funding:programme", programme.slug)
    context = {
        "programme": programme,
        "page_code": "funding",
        "form": form,
        "title": row.edit if pk else row.new,
        "kind": kind,
        "pk": pk,
    }
    return render(request, "funding/budget_row.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def remove_row(request: HttpRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    programme, row = programme_where(request, slug, roles.MONEY_EDIT), ROWS[kind]
    try:
        row.remove(**{kind: get_object_or_404(row.model, programme=programme, pk=pk), "by": request.user})
    except (actions.StillUsed, actions.BelowBalance) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Removed."))
    return redirect("funding:programme", programme.slug)
