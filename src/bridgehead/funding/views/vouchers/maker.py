"""The firm's vouchers, on a phone: what is left, who could do it, quotes side by side, bookings."""

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.audit.queries import entries_about
from bridgehead.funding import queries, voucher_queries
from bridgehead.funding.actions import vouchers as actions
from bridgehead.funding.actions.vouchers.asking import most_asked, still_valid
from bridgehead.funding.forms.vouchers import LANGUAGES, AskForm, BookForm, NothingForm, ReasonForm
from bridgehead.funding.models import Quote, Service
from bridgehead.funding.views.vouchers.acting import attempt, said_wrong
from bridgehead.funding.voucher_rules import MAKER_MAY_CANCEL, shared
from bridgehead.kit.clock import today


@login_required
def vouchers(request: HttpRequest) -> HttpResponse:
    context = {"vouchers": voucher_queries.vouchers_of_maker(request.user)}
    return render(request, "funding/vouchers/my_vouchers.html", context)


@login_required
def voucher(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(voucher_queries.vouchers_of_maker(request.user), pk=pk)
    bookings = voucher_queries.bookings_of_maker(request.user).filter(voucher=found)
    context = {
        "voucher": found,
        "rate": queries.terms_on(found.line.cost_item, today()).rate,
        "services": voucher_queries.offered_services(found.line.programme.host),
        "requests": voucher_queries.requests_of_maker(request.user).filter(voucher=found, closed_at=None),
        "bookings": sorted(bookings, key=lambda one: one.stage in {"declined", "cancelled"}),
    }
    return render(request, "funding/vouchers/my_voucher.html", context)


@login_required
def providers(request: HttpRequest, pk: int) -> HttpResponse:
    """Find by service and language, tick, say what is to be done, ask."""
    found = get_object_or_404(voucher_queries.vouchers_of_maker(request.user), pk=pk)
    service, language = request.GET.get("service", ""), request.GET.get("language", "")
    if service not in Service.values:
        return redirect("funding:my_voucher", pk)
    offered = voucher_queries.find_providers(found.line.programme.host, service=service, language=language)
    form = AskForm(request.POST or None, providers=offered)
    action = partial(actions.ask, voucher=found, service=service)
    said = _("Asked. You will be told when a quote comes.")
    if request.method == "POST" and (made := attempt(request, form, action, said)):
        return redirect("funding:my_request", made.pk)
    context = {
        "voucher": found,
        "service": service,
        "service_name": Service(service).label,
        "services": Service.choices,
        "language": language,
        "languages": LANGUAGES,
        "providers": offered,
        "ticked": request.POST.getlist("providers"),
        "most": most_asked(found),
        "form": form,
    }
    page = "funding/vouchers/my_providers.html"
    return render(request, page, context, status=422 if form.errors else 200)


@login_required
def quotes(request: HttpRequest, pk: int) -> HttpResponse:
    """The quotes of a request side by side, the cheapest first, each with who pays which part."""
    found = get_object_or_404(voucher_queries.requests_of_maker(request.user), pk=pk)
    voucher = found.voucher
    rate = queries.terms_on(voucher.line.cost_item, today()).rate
    rows = []
    for quote in found.quotes.all():
        quote.request = found
        parts = shared(quote.amount, percent=rate, left=voucher.remaining) if quote.amount else None
        bookable = quote.state == Quote.State.QUOTED and still_valid(quote) and voucher.usable
        rows.append({"quote": quote, "parts": parts, "bookable": bookable, "valid": still_valid(quote)})
    context = {"one": found, "voucher": voucher, "rows": rows, "rate": rate}
    return render(request, "funding/vouchers/my_request.html", context)


@login_required
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(voucher_queries.requests_of_maker(request.user), pk=pk)
    attempt(request, NothingForm({}), partial(actions.close_request, request=found), _("Closed."))
    return redirect("funding:my_voucher", found.voucher_id)


@login_required
@require_POST
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """Book one quote (`pk`) at the share that was shown."""
    own = voucher_queries.requests_of_maker(request.user)
    quote = get_object_or_404(
        Quote.objects.select_related("provider__organisation", "request"), pk=pk, request__in=own
    )
    quote.request = own.get(pk=quote.request_id)
    form = BookForm(request.POST)
    said = _("Booked. The provider is asked to confirm.")
    if made := attempt(request, form, partial(actions.book_quote, quote=quote), said):
        return redirect("funding:my_booking", made.pk)
    said_wrong(request, form)
    return redirect("funding:my_request", quote.request_id)


@login_required
def booking(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(voucher_queries.bookings_of_maker(request.user), pk=pk)
    context = {
        "booking": found,
        "proofs": voucher_queries.proofs_of(found),
        "history": entries_about(found),
        "may_cancel": found.state in MAKER_MAY_CANCEL,
        "may_accept": found.state == "delivered",
        "reason": ReasonForm(),
    }
    return render(request, "funding/vouchers/my_booking.html", context)


@login_required
@require_POST
def booking_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """accept, dispute or cancel."""
    found = get_object_or_404(voucher_queries.bookings_of_maker(request.user), pk=pk)
    acts: dict[str, tuple[Any, Any, str]] = {
        "accept": (
            NothingForm,
            actions.accept_delivery,
            _("Thank you. The provider may send its invoice now."),
        ),
        "dispute": (ReasonForm, actions.dispute_delivery, _("The provider is told what is missing.")),
        "cancel": (ReasonForm, actions.cancel_booking, _("Cancelled. Your voucher has the amount again.")),
    }
    if act not in acts or (act == "cancel" and found.state not in MAKER_MAY_CANCEL):
        raise Http404
    form_class, action, said = acts[act]
    form = form_class(request.POST)
    if not attempt(request, form, partial(action, booking=found), said):
        said_wrong(request, form)
    return redirect("funding:my_booking", pk)
