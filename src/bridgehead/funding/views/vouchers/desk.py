"""The officer's vouchers: who holds what, issuing, extending, ending, and the rows behind each figure."""

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.audit.queries import entries_about
from bridgehead.documents import CONTENT_TYPES
from bridgehead.funding import voucher_queries, voucher_workbook
from bridgehead.funding.actions import vouchers as actions
from bridgehead.funding.forms.vouchers import (
    IssueForm,
    LastDayForm,
    ReasonForm,
    TermsOfVouchersForm,
)
from bridgehead.funding.models import Booking, Service, VoucherTerms
from bridgehead.funding.views.budget import programme_where
from bridgehead.funding.views.vouchers.acting import attempt, said_wrong
from bridgehead.funding.voucher_queries import STAGES, VOUCHER_STATES
from bridgehead.organisations.queries import permissions_at
from bridgehead.programmes.models import Programme

ROWS_A_PAGE = 50


def _frame(request: HttpRequest, programme: Programme) -> dict[str, Any]:
    allowed = permissions_at(request.user, programme.host, programme.operator)
    return {"programme": programme, "page_code": "vouchers", "may_edit": roles.MONEY_EDIT in allowed}


@login_required
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    programme = programme_where(request, slug, roles.MONEY_VIEW)
    found = voucher_queries.vouchers_visible_to(request.user).filter(programme=programme)
    state, words = request.GET.get("state", ""), request.GET.get("q", "").strip()
    if state in VOUCHER_STATES:
        found = found.filter(VOUCHER_STATES[state])
    if words:
        firm = Q(line__firm__name_ko__icontains=words) | Q(line__firm__name_en__icontains=words)
        found = found.filter(firm | Q(number__icontains=words))
    context = {
        **_frame(request, programme),
        "overview": voucher_queries.overview(programme),
        "terms": voucher_queries.terms_of(programme),
        "waiting": voucher_queries.firms_without_voucher(programme).count(),
        "page_obj": Paginator(found.order_by("number"), ROWS_A_PAGE).get_page(request.GET.get("page")),
        "state": state,
        "q": words,
        "states": [("", _("all states")), *((name, _STATES[name]()) for name in VOUCHER_STATES)],
    }
    return render(request, "funding/vouchers/overview.html", context)


_STATES = {
    "valid": lambda: pgettext("voucher", "valid"),
    "used": lambda: pgettext("voucher", "used up"),
    "expired": lambda: pgettext("voucher", "expired"),
    "cancelled": lambda: pgettext("voucher", "cancelled"),
}


@login_required
def terms(request: HttpRequest, slug: str) -> HttpResponse:
    programme = programme_where(request, slug, roles.MONEY_EDIT)
    held = voucher_queries.terms_of(programme) or VoucherTerms(programme=programme)
    form = TermsOfVouchersForm(request.POST or None, instance=held)
    if request.method == "POST" and form.is_valid():
        actions.save_voucher_terms(terms=form.save(commit=False), by=request.user)
        return redirect("funding:vouchers", slug)
    context = {**_frame(request, programme), "form": form}
    return render(request, "funding/vouchers/terms.html", context, status=422 if form.errors else 200)


@login_required
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """First the page that says how many and to whom; only its button issues."""
    programme = programme_where(request, slug, roles.MONEY_EDIT)
    terms, typed = voucher_queries.terms_of(programme), request.POST or None
    chosen = {"firms": voucher_queries.firms_without_voucher(programme)}
    form = IssueForm(typed, programme=programme, terms=terms, initial=chosen)
    confirming = request.method == "POST" and form.is_valid()
    if confirming and "confirm" in request.POST:
        count = len(form.cleaned_data["firms"])
        said = ngettext("%(n)s voucher issued.", "%(n)s vouchers issued.", count) % {"n": count}
        if attempt(request, form, actions.issue_to, said):
            return redirect("funding:vouchers", slug)
        confirming = False
    if confirming:
        firms = form.cleaned_data["firms"]
        total = form.cleaned_data["value"] * len(firms)
        context = {"firms": firms, "total": total, "left": form.cleaned_data["cost_item"].left}
        page = "funding/vouchers/issue_confirm.html"
        return render(request, page, {**_frame(request, programme), **context, "form": form})
    context = {**_frame(request, programme), "form": form, "terms": terms}
    return render(request, "funding/vouchers/issue.html", context, status=422 if form.errors else 200)


@login_required
def voucher(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = get_object_or_404(voucher_queries.vouchers_visible_to(request.user), programme__slug=slug, pk=pk)
    bookings = voucher_queries.bookings_visible_to(request.user).filter(voucher=found)
    context = {
        **_frame(request, found.line.programme),
        "voucher": found,
        "bookings": bookings,
        "entries": found.line.entries.select_related("by").order_by("pk"),
        "history": entries_about(found),
        "last_day": LastDayForm(initial={"expires_on": found.expires_on}),
        "reason": ReasonForm(),
    }
    return render(request, "funding/vouchers/voucher.html", context)


@login_required
@require_POST
def voucher_act(request: HttpRequest, slug: str, pk: int, act: str) -> HttpResponse:
    """extend, cancel or reopen."""
    found = get_object_or_404(
        voucher_queries.vouchers_visible_to(request.user, roles.MONEY_EDIT), programme__slug=slug, pk=pk
    )
    acts: dict[str, tuple[Any, Any, str]] = {
        "extend": (LastDayForm, actions.extend_voucher, _("Extended. The firm is told.")),
        "cancel": (ReasonForm, actions.cancel_voucher, _("Cancelled. What was not booked is free again.")),
        "reopen": (LastDayForm, actions.reopen_voucher, _("Valid again. The firm is told.")),
    }
    if act not in acts:
        raise Http404
    form_class, action, said = acts[act]
    form = form_class(request.POST)
    if not attempt(request, form, partial(action, voucher=found), said):
        said_wrong(request, form)
    return redirect("funding:voucher", slug, pk)


@login_required
def bookings(request: HttpRequest, slug: str) -> HttpResponse:
    """The rows of a figure: `?service=`, `?provider=`, `?stage=`, `?open=1`."""
    programme = programme_where(request, slug, roles.MONEY_VIEW)
    found = voucher_queries.bookings_visible_to(request.user).filter(line__programme=programme)
    asked = {name: request.GET.get(name, "") for name in ("service", "provider", "stage", "open")}
    if asked["service"]:
        found = found.filter(service=asked["service"])
    if asked["provider"]:
        found = found.filter(provider__organisation__slug=asked["provider"])
    if asked["stage"]:
        found = found.filter(voucher_queries.at_stage(asked["stage"]))
    if asked["open"]:
        found = found.exclude(line__committed=0)
    context = {
        **_frame(request, programme),
        "page_obj": Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "services": [("", _("all services")), *Service.choices],
        "stages": [("", _("all states")), *STAGES],
    }
    return render(request, "funding/vouchers/bookings.html", context)


def _booking(request: HttpRequest, slug: str, pk: int, permission: str) -> Booking:
    found = voucher_queries.bookings_visible_to(request.user, permission)
    return get_object_or_404(found, line__programme__slug=slug, pk=pk)


@login_required
def booking(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = _booking(request, slug, pk, roles.MONEY_VIEW)
    context = {
        **_frame(request, found.line.programme),
        "booking": found,
        "proofs": voucher_queries.proofs_of(found),
        "quotes": found.quote.request.quotes.select_related("provider__organisation"),
        "history": entries_about(found),
        "reason": ReasonForm(),
        "may_cancel": found.state in {"booked", "confirmed", "delivered"},
    }
    return render(request, "funding/vouchers/booking.html", context)


@login_required
@require_POST
def booking_cancel(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = _booking(request, slug, pk, roles.MONEY_EDIT)
    form = ReasonForm(request.POST)
    said = _("Cancelled. Firm and provider are told, and the voucher has the amount again.")
    if not attempt(request, form, partial(actions.cancel_booking, booking=found), said):
        said_wrong(request, form)
    return redirect("funding:voucher_booking", slug, pk)


@login_required
def workbook(request: HttpRequest, slug: str) -> HttpResponse:
    """Vouchers and bookings as XLSX."""
    programme = programme_where(request, slug, roles.MONEY_VIEW)
    content = voucher_workbook.build(programme, "en" if get_language() == "en" else "ko")
    response = HttpResponse(content, content_type=CONTENT_TYPES["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="{programme.slug}-vouchers.xlsx"'
    return response
