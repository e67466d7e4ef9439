"""The maker's support, on a phone: what was promised, what is left, and the claim with a photo of the receipt."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from bridgehead.funding import actions, queries
from bridgehead.funding.forms import ClaimForm
from bridgehead.funding.models import CostItem, FirmAccount, SupportLine
from bridgehead.funding.papers import papers_of
from bridgehead.kit.clock import today
from bridgehead.kit.money import NoRate
from bridgehead.kit.states import WrongMove


@dataclass(frozen=True)
class Support:
    """One firm in one programme, as its page shows it."""

    account: FirmAccount
    ceiling: Decimal | None
    lines: list[SupportLine]
    open_items: list[CostItem]

    @property
    def left(self) -> Decimal | None:
        return None if self.ceiling is None else max(self.ceiling - self.account.used, Decimal(0))


@login_required
def support(request: HttpRequest) -> HttpResponse:
    accounts = list(queries.accounts_of_maker(request.user))
    ceilings = queries.ceilings_of({account.programme for account in accounts})
    open_items = queries.items_open_to_claims(account.programme_id for account in accounts)
    lines: dict[tuple[int, int], list[SupportLine]] = {}
    for line in queries.lines_of_maker(request.user).exclude(mode=CostItem.Mode.VOUCHER):
        lines.setdefault((line.programme_id, line.firm_id), []).append(line)
    found = [
        Support(
            account,
            ceilings.get(account.programme_id),
            lines.get((account.programme_id, account.firm_id), []),
            open_items.get(account.programme_id, []),
        )
        for account in accounts
    ]
    return render(request, "funding/my_support.html", {"support": found})


@login_required
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Claim a promised cash line. Nothing else of the line is the maker's to change."""
    line = get_object_or_404(queries.lines_of_maker(request.user), pk=pk, mode=CostItem.Mode.CASH)
    if line.state not in {SupportLine.State.PROMISED, SupportLine.State.RETURNED}:
        messages.info(request, _("This support has already been claimed."))
        return redirect("funding:my_support")
    return _claim(request, line, partial(actions.claim, line=line))


@login_required
def claim_new(request: HttpRequest, account: int, item: int) -> HttpResponse:
    """Claim a cost that nobody promised, where the programme takes such claims."""
    own = get_object_or_404(
        queries.accounts_of_maker(request.user),
        pk=account,
        programme__money_terms__claims_without_promise=True,
    )
    items = queries.items_with_balances(own.programme).filter(mode=CostItem.Mode.CASH)
    cost_item = get_object_or_404(items, pk=item)
    line = SupportLine(programme=own.programme, firm=own.firm, cost_item=cost_item)
    action = partial(actions.claim_without_promise, cost_item=cost_item, firm=own.firm)
    return _claim(request, line, action)


def _claim(request: HttpRequest, line: SupportLine, action: Callable[..., Any]) -> HttpResponse:
    form = ClaimForm(request.POST or None, request.FILES or None, line=line)
    if request.method == "POST" and form.is_valid():
        try:
            action(by=request.user, **form.cleaned_data)
        except NoRate:
            form.add_error(
                "receipt_on", _("There is no exchange rate for this day. Check date and currency.")
            )
        except actions.ReceiptUsed as error:
            form.add_error("receipt_number", str(error))
        except actions.OutsideTerms as error:
            form.add_error("receipt_on", str(error))
        except (actions.Refused, WrongMove) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your claim was sent. You will find its state here."))
            return redirect("funding:my_support")
    terms = queries.terms_on(line.cost_item, today())
    context = {"form": form, "line": line, "terms": terms, "papers": papers_of(line)}
    return render(request, "funding/my_claim.html", context, status=422 if form.errors else 200)
