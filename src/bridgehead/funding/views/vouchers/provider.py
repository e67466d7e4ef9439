"""The provider's own pages: requests to answer, bookings, what was paid. Nothing of anybody else."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.audit.queries import entries_about
from bridgehead.funding import voucher_queries
from bridgehead.funding.actions import vouchers as actions
from bridgehead.funding.forms.vouchers import (
    DeliveryForm,
    InvoiceForm,
    NothingForm,
    ProviderForm,
    QuoteForm,
    ReasonForm,
)
from bridgehead.funding.models import Booking, Quote
from bridgehead.funding.views.vouchers.acting import attempt, said_wrong
from bridgehead.funding.views.vouchers.providers import price_rows, typed_prices

#: Which form and which action belong to each act of a booking.
_ACTS: dict[str, tuple[Any, Any]] = {
    "confirm": (NothingForm, actions.confirm_booking),
    "decline": (ReasonForm, actions.decline_booking),
    "deliver": (DeliveryForm, actions.report_delivery),
    "invoice": (InvoiceForm, actions.file_claim),
}


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Own requests and bookings; somebody who acts for no provider is told so."""
    bookings = voucher_queries.bookings_of_provider(request.user)
    quotes = voucher_queries.quotes_of_provider(request.user)
    context = {
        "providers": voucher_queries.providers_of(request.user).prefetch_related("approvals__host", "prices"),
        "asked": quotes.filter(state=Quote.State.ASKED).order_by("request__needed_on", "pk"),
        "quoted": quotes.filter(state=Quote.State.QUOTED).order_by("-answered_at"),
        "open": bookings.exclude(line__committed=0).exclude(line__state="approved"),
        "done": bookings.filter(line__state__in=["approved", "paid", "reversed", "refused", "released"])[:50],
        "paid": bookings.aggregate(sum=Sum("line__paid"))["sum"] or 0,
    }
    return render(request, "funding/vouchers/provider_home.html", context)


@login_required
def quote(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with a price; change it until it is booked."""
    found = get_object_or_404(voucher_queries.quotes_of_provider(request.user), pk=pk)
    initial = {"amount": found.amount, "valid_until": found.valid_until, "note": found.note}
    form = QuoteForm(request.POST or None, initial=initial)
    action = partial(actions.give_quote, quote=found)
    if request.method == "POST" and attempt(request, form, action, _("Sent. The firm sees your price.")):
        return redirect("funding:provider_quote", pk)
    return _quote_page(request, found, form, ReasonForm())


@login_required
@require_POST
def quote_decline(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(voucher_queries.quotes_of_provider(request.user), pk=pk)
    form = ReasonForm(request.POST)
    if attempt(request, form, partial(actions.decline_quote, quote=found), _("Declined. The firm is told.")):
        return redirect("funding:provider_home")
    return _quote_page(request, found, QuoteForm(), form)


def _quote_page(request: HttpRequest, found: Quote, form: QuoteForm, reason: ReasonForm) -> HttpResponse:
    fresh = voucher_queries.quotes_of_provider(request.user).get(pk=found.pk)
    context = {
        "quote": fresh,
        "form": form,
        "reason": reason,
        "open": fresh.request.closed_at is None and fresh.state != Quote.State.BOOKED,
    }
    wrong = form.errors or reason.errors
    return render(request, "funding/vouchers/provider_quote.html", context, status=422 if wrong else 200)


@login_required
def booking(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(voucher_queries.bookings_of_provider(request.user), pk=pk)
    return _booking_page(request, found, {})


def _booking_page(request: HttpRequest, found: Booking, bound: dict[str, Any]) -> HttpResponse:
    forms = {
        "decline": ReasonForm(),
        "deliver": DeliveryForm(),
        "invoice": InvoiceForm(line=found.line),
        **bound,
    }
    context = {
        "booking": found,
        "forms": forms,
        "proofs": voucher_queries.proofs_of(found),
        "history": entries_about(found),
        "may_claim": found.state == "accepted" and found.line.state in {"promised", "returned"},
    }
    page = "funding/vouchers/provider_booking.html"
    return render(request, page, context, status=422 if bound else 200)


@login_required
@require_POST
def booking_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """confirm, decline, deliver or invoice."""
    found = get_object_or_404(voucher_queries.bookings_of_provider(request.user), pk=pk)
    if act not in _ACTS:
        raise Http404
    form_class, action = _ACTS[act]
    more = {"line": found.line} if act == "invoice" else {}
    form = form_class(request.POST, request.FILES, **more)
    said = {
        "confirm": _("Confirmed. The firm is told."),
        "decline": _("Declined. The firm is told."),
        "deliver": _("Sent. The firm is asked to confirm the delivery."),
        "invoice": _("Sent. The office checks the invoice and pays it."),
    }[act]
    if attempt(request, form, partial(action, booking=found), said):
        return redirect("funding:provider_booking", pk)
    if act == "confirm":
        said_wrong(request, form)
        return redirect("funding:provider_booking", pk)
    fresh = voucher_queries.bookings_of_provider(request.user).get(pk=pk)
    return _booking_page(request, fresh, {act: form})


@login_required
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    """What firms read about the provider, and its price list."""
    found = get_object_or_404(voucher_queries.providers_of(request.user), pk=pk)
    form, rows = ProviderForm(request.POST or None, instance=found), price_rows(request, found)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        actions.save_provider(provider=form.save(commit=False), by=request.user)
        actions.save_prices(provider=found, prices=typed_prices(rows), by=request.user)
        messages.success(request, _("Saved. Firms see it at once."))
        return redirect("funding:provider_profile", pk)
    wrong = request.method == "POST"
    context = {"provider": found, "form": form, "rows": rows}
    return render(request, "funding/vouchers/provider_profile.html", context, status=422 if wrong else 200)
