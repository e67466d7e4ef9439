"""The directory of providers, kept by officers; each host approves for its own firms."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.audit.queries import entries_about
from bridgehead.funding import voucher_queries
from bridgehead.funding.actions import vouchers as actions
from bridgehead.funding.forms.vouchers import NewProviderForm, PriceFormSet, SuspendForm
from bridgehead.funding.models import ProviderPrice, ServiceProvider
from bridgehead.funding.views.vouchers.acting import attempt, said_wrong
from bridgehead.organisations.queries import hosts_where


def _one(request: HttpRequest, pk: int) -> ServiceProvider:
    return get_object_or_404(voucher_queries.directory(request.user), pk=pk)


def price_rows(request: HttpRequest, provider: ServiceProvider | None = None) -> Any:
    """The price list as a set of forms."""
    rows = ProviderPrice.objects.filter(provider=provider) if provider else ProviderPrice.objects.none()
    return PriceFormSet(request.POST or None, queryset=rows, prefix="prices")


def typed_prices(rows: Any) -> list[ProviderPrice]:
    """What a valid price list says, without the rows ticked as deleted and the empty ones."""
    kept = [row for row in rows.forms if row not in rows.deleted_forms and row.cleaned_data.get("service")]
    return [
        ProviderPrice(**{name: row.cleaned_data[name] for name in ("service", "what", "unit", "price")})
        for row in kept
    ]


@login_required
def directory(request: HttpRequest) -> HttpResponse:
    if not hosts_where(request.user, roles.MONEY_VIEW).exists():
        raise Http404
    may_edit = hosts_where(request.user, roles.MONEY_EDIT).exists()
    context = {"providers": voucher_queries.directory(request.user), "may_edit": may_edit}
    return render(request, "funding/vouchers/directory.html", context)


@login_required
def new(request: HttpRequest) -> HttpResponse:
    hosts = hosts_where(request.user, roles.MONEY_EDIT)
    if not hosts.exists():
        raise Http404
    form, rows = NewProviderForm(request.POST or None, hosts=hosts), price_rows(request)
    if request.method == "POST" and form.is_valid() and rows.is_valid():

        def add(**facts: Any) -> ServiceProvider:
            provider = actions.add_provider(**facts)
            actions.save_prices(provider=provider, prices=typed_prices(rows), by=facts["by"])
            return provider

        said = _("Added and approved. The provider signs in with a code sent to its address.")
        if made := attempt(request, form, add, said):
            return redirect("funding:provider", made.pk)
    wrong = bool(form.errors) or (request.method == "POST" and not rows.is_valid())
    context = {"form": form, "rows": rows}
    return render(request, "funding/vouchers/provider_new.html", context, status=422 if wrong else 200)


@login_required
def provider(request: HttpRequest, pk: int) -> HttpResponse:
    found = _one(request, pk)
    own = hosts_where(request.user, roles.MONEY_EDIT)
    context = {
        "provider": found,
        "approvals": found.approvals.all(),
        "form": SuspendForm(hosts=own),
        "may_edit": own.exists(),
        "history": entries_about(found),
    }
    return render(request, "funding/vouchers/provider.html", context)


@login_required
@require_POST
def decide(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """approve or suspend, for one of the person's own hosts."""
    found, hosts = _one(request, pk), hosts_where(request.user, roles.MONEY_EDIT)
    if not hosts.exists():
        raise Http404
    form = SuspendForm(request.POST, hosts=hosts)

    def approve(*, host: Any, by: Any, reason: str) -> Any:
        return actions.approve_provider(provider=found, host=host, by=by)

    def suspend(**facts: Any) -> Any:
        return actions.suspend_provider(provider=found, **facts)

    acts = {
        "approve": (approve, _("Approved. Its services are offered to the firms.")),
        "suspend": (suspend, _("Suspended. What is booked goes on.")),
    }
    if act not in acts:
        raise Http404
    action, said = acts[act]
    if not attempt(request, form, action, said):
        said_wrong(request, form)
    return redirect("funding:provider", pk)
