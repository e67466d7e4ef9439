"""The rows behind every figure, and budget that moves between cost items."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.funding import actions, queries
from bridgehead.funding.forms import DecideTransferForm, TransferForm
from bridgehead.funding.models import LedgerEntry
from bridgehead.funding.views.access import programme_where
from bridgehead.kit.states import WrongMove
from bridgehead.programmes.models import Programme

ROWS_A_PAGE = 50
COLUMNS = ("budget", "committed", "spent")
#: What was committed or spent: the figure that ceilings and budgets are held against.
BOUND = "bound"


@login_required
def ledger(request: HttpRequest, slug: str) -> HttpResponse:
    """`?item=`, `?firm=` and `?source=` choose whose entries, `?of=` which figure: their sum is the figure that led here."""
    programme = programme_where(request, slug, roles.MONEY_VIEW)
    entries, chosen = _chosen(request, programme)
    of = request.GET.get("of", "")
    if of in COLUMNS:
        entries = entries.exclude(**{of: 0})
    elif of == BOUND:
        entries = entries.filter(line__isnull=False)
    page = Paginator(entries, ROWS_A_PAGE).get_page(request.GET.get("page"))
    sums = queries.ledger_sums(entries)
    context = {
        "programme": programme,
        "page_code": "funding",
        "page_obj": page,
        "sums": sums,
        "bound": sums["committed"] + sums["spent"],
        "left": sums["budget"] - sums["committed"] - sums["spent"],
        "chosen": chosen,
        "of": of if of in {*COLUMNS, BOUND} else "",
        "of_budget": not {"firm", "source"} & request.GET.keys(),
    }
    return render(request, "funding/ledger.html", context)


def _chosen(request: HttpRequest, programme: Programme) -> tuple[QuerySet[LedgerEntry], list[str]]:
    """The entries asked for, and the names of what they were narrowed to."""
    chosen: list[str] = []
    entries = queries.ledger_of(programme)
    if (item := request.GET.get("item", "")).isdecimal():
        found = get_object_or_404(programme.cost_items, pk=item)
        entries, chosen = entries.filter(cost_item=found), [*chosen, str(found)]
    if firm := request.GET.get("firm", ""):
        organisation = get_object_or_404(queries.firms_of(programme), slug=firm)
        entries, chosen = entries.filter(account__firm=organisation), [*chosen, str(organisation)]
    if (source := request.GET.get("source", "")).isdecimal():
        payer = get_object_or_404(programme.funding_sources, pk=source)
        entries, chosen = entries.filter(source=payer), [*chosen, str(payer)]
    if (until := _day(request.GET.get("until", ""))) is not None:
        entries = entries.filter(on__lte=until)
        chosen = [*chosen, _("until %(day)s") % {"day": date_format(until, "DATE_FORMAT")}]
    return entries, chosen


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@login_required
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    programme = programme_where(request, slug, roles.MONEY_EDIT)
    form = TransferForm(request.POST or None, programme=programme)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_transfer(by=request.user, **form.cleaned_data)
        except actions.Refused as error:
            form.add_error("amount", str(error))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Asked. The budget moves when another person approves."))
            return redirect("funding:programme", programme.slug)
    context = {"programme": programme, "page_code": "funding", "form": form}
    return render(request, "funding/transfer.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    programme = programme_where(request, slug, roles.MONEY_APPROVE)
    transfer = get_object_or_404(queries.transfers_of(programme), pk=pk)
    form = DecideTransferForm(request.POST)
    if form.is_valid():
        approve = form.cleaned_data["decision"] == "approve"
        try:
            actions.decide_transfer(
                transfer=transfer, approve=approve, by=request.user, reason=form.cleaned_data["reason"]
            )
        except (actions.Refused, WrongMove) as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request,
                _("Approved. The budget has moved.") if approve else _("Declined. Nothing has moved."),
            )
    return redirect("funding:programme", programme.slug)
