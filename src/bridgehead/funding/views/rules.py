"""Dated terms of a cost item, and how a programme handles claims."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.funding import actions, queries
from bridgehead.funding.forms import RuleForm, TermsForm
from bridgehead.funding.models import SupportRule
from bridgehead.funding.views.access import programme_where


@login_required
def edit_rule(request: HttpRequest, slug: str, item: int, pk: int | None = None) -> HttpResponse:
    """Terms of a cost item from a day on; new without `pk`, beginning with what is in force."""
    programme = programme_where(request, slug, roles.MONEY_EDIT)
    cost_item = get_object_or_404(queries.items_with_balances(programme), pk=item)
    rule = get_object_or_404(cost_item.rules, pk=pk) if pk else SupportRule(cost_item=cost_item)
    form = RuleForm(request.POST or None, instance=rule, item=cost_item)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_rule(rule=form.save(commit=False), by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Saved. Receipts from this day on are computed by these terms."))
            return redirect("funding:programme", programme.slug)
    context = {"programme": programme, "page_code": "funding", "form": form, "item": cost_item, "pk": pk}
    return render(request, "funding/rule.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def remove_rule(request: HttpRequest, slug: str, item: int, pk: int) -> HttpResponse:
    programme = programme_where(request, slug, roles.MONEY_EDIT)
    rule = get_object_or_404(SupportRule, cost_item__programme=programme, cost_item=item, pk=pk)
    actions.remove_rule(rule=rule, by=request.user)
    messages.success(request, _("Removed."))
    return redirect("funding:programme", programme.slug)


@login_required
def terms(request: HttpRequest, slug: str) -> HttpResponse:
    programme = programme_where(request, slug, roles.MONEY_EDIT)
    form = TermsForm(request.POST or None, instance=queries.money_terms(programme))
    if request.method == "POST" and form.is_valid():
        actions.save_terms(terms=form.save(commit=False), by=request.user)
        messages.success(request, _("Saved. This counts for claims from now on."))
        return redirect("funding:programme", programme.slug)
    context = {"programme": programme, "page_code": "funding", "form": form}
    return render(request, "funding/terms.html", context, status=422 if form.errors else 200)
