"""Plan against actual: the picture, the same figures as a table, and the plan of each cost item."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bridgehead.accounts import roles
from bridgehead.funding import actions, queries
from bridgehead.funding.forms import PlanForm, as_lines
from bridgehead.funding.planning import plan_and_actual
from bridgehead.funding.standing import pays, source_balance
from bridgehead.funding.views.access import programme_where
from bridgehead.funding.views.pictures import plan_chart
from bridgehead.organisations.queries import permissions_at


@login_required
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """`?item=` or `?source=` narrows it to one of them."""
    programme = programme_where(request, slug, roles.MONEY_VIEW)
    with_plans = queries.items_with_balances(programme).annotate(planned_sum=Sum("planned__amount"))
    items, sources = list(with_plans), list(programme.funding_sources.all())
    item = next((one for one in items if str(one.pk) == request.GET.get("item")), None)
    payers = [one for one in sources if pays(one)]
    source = next((one for one in payers if str(one.pk) == request.GET.get("source")), None)
    source = None if item else source
    points = plan_and_actual(programme, item=item, source=source)
    chosen = item or source
    name = pgettext("plan", "Plan against actual")
    context = {
        "programme": programme,
        "page_code": "funding",
        "items": items,
        "sources": payers,
        "item": item,
        "source": source,
        "chosen": chosen,
        "points": points,
        "chart": plan_chart(points, title=f"{name}: {chosen or programme.title}"),
        "may_edit": roles.MONEY_EDIT in permissions_at(request.user, programme.host, programme.operator),
    }
    return render(request, "funding/plan.html", context)


@login_required
def item_plan(request: HttpRequest, slug: str, item: int) -> HttpResponse:
    programme = programme_where(request, slug, roles.MONEY_EDIT)
    cost_item = get_object_or_404(queries.items_with_balances(programme), pk=item)
    now = {row.month: row.amount for row in cost_item.planned.all()}
    form = PlanForm(request.POST or None, initial={"months": as_lines(now)})
    if request.method == "POST" and form.is_valid():
        months = form.cleaned_data["months"]
        actions.plan_spending(item=cost_item, months=months, by=request.user)
        total = sum(months.values())
        if months and total != cost_item.budget:
            messages.warning(request, _("Saved. The plan does not add up to the budget of the cost item."))
        else:
            messages.success(request, _("The plan was saved."))
        return redirect("funding:plan", programme.slug)
    context = {"programme": programme, "page_code": "funding", "form": form, "item": cost_item}
    return render(request, "funding/item_plan.html", context, status=422 if form.errors else 200)


@login_required
def source(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What one source paid and will pay, by cost item: the rows of its figures."""
    programme = programme_where(request, slug, roles.MONEY_VIEW)
    payer = get_object_or_404(programme.funding_sources, pk=pk)
    balance = source_balance(programme, payer)
    rows = [
        (item, balance.committed_of.get(item, 0), balance.spent_of.get(item.pk, 0))
        for item in programme.cost_items.order_by("pk")
        if item in balance.committed_of or item.pk in balance.spent_of
    ]
    context = {
        "programme": programme,
        "page_code": "funding",
        "source": payer,
        "balance": balance,
        "rows": rows,
        "pays": pays(payer),
        "grants": payer.incoming_grants.order_by("-year"),
        "may_edit": roles.MONEY_EDIT in permissions_at(request.user, programme.host, programme.operator),
    }
    return render(request, "funding/source.html", context)
