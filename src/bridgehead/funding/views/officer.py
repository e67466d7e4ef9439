"""A firm's support in a programme: promising, and each line's way to payment."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.audit.queries import entries_about
from bridgehead.funding import actions, queries, rules
from bridgehead.funding.checklist import checklist, missing_checks
from bridgehead.funding.forms import (
    ApproveForm,
    ClaimForm,
    OverrulingForm,
    PromiseForm,
    RefuseForm,
    ReverseForm,
    SelectionChecksForm,
    SendBackForm,
    SettleForm,
    forms_of,
)
from bridgehead.funding.models import CostItem, SupportLine
from bridgehead.funding.overlaps import unruled
from bridgehead.funding.papers import papers_of
from bridgehead.funding.views.access import programme_where
from bridgehead.kit.money import NoRate
from bridgehead.kit.states import WrongMove
from bridgehead.organisations.models import Organisation
from bridgehead.organisations.queries import permissions_at
from bridgehead.programmes.models import Programme

State = SupportLine.State


@login_required
def firm(request: HttpRequest, slug: str, firm: str) -> HttpResponse:
    programme = programme_where(request, slug, roles.MONEY_VIEW)
    organisation = get_object_or_404(queries.firms_of(programme), slug=firm)
    return _firm_page(request, programme, organisation, SelectionChecksForm())


def _firm_page(
    request: HttpRequest, programme: Programme, organisation: Organisation, form: SelectionChecksForm
) -> HttpResponse:
    allowed = permissions_at(request.user, programme.host, programme.operator)
    context = {
        "programme": programme,
        "page_code": "funding",
        "firm": organisation,
        "balance": queries.firm_balance(programme, organisation),
        "checklist": checklist(programme, organisation),
        "checks_form": form,
        "lines": queries.lines_of(programme, organisation),
        "may_edit": roles.MONEY_EDIT in allowed,
    }
    return render(request, "funding/firm.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def check_firm(request: HttpRequest, slug: str, firm: str) -> HttpResponse:
    """What was looked up about a firm when it was selected."""
    programme = programme_where(request, slug, roles.MONEY_EDIT)
    account = get_object_or_404(programme.firm_accounts.select_related("firm"), firm__slug=firm)
    form = SelectionChecksForm(request.POST)
    if form.is_valid():
        actions.record_checks(account=account, by=request.user, **form.cleaned_data)
        messages.success(request, _("The checks were recorded."))
        return redirect("funding:firm", programme.slug, firm)
    return _firm_page(request, programme, account.firm, form)


@login_required
def promise(request: HttpRequest, slug: str) -> HttpResponse:
    """Promise support to one firm (`?firm=`) or to several."""
    programme = programme_where(request, slug, roles.MONEY_EDIT)
    chosen = queries.firms_of(programme).filter(slug=request.GET.get("firm", ""))
    form = PromiseForm(request.POST or None, programme=programme, initial={"firms": chosen})
    if request.method == "POST" and form.is_valid():
        try:
            lines = actions.promise_to(by=request.user, **form.cleaned_data)
        except actions.Refused as error:
            form.add_error("amount", str(error))
        else:
            messages.success(request, _promised(len(lines)))
            if len(lines) == 1:
                return redirect("funding:firm", programme.slug, lines[0].firm.slug)
            return redirect("funding:programme", programme.slug)
    context = {"programme": programme, "page_code": "funding", "form": form}
    return render(request, "funding/promise.html", context, status=422 if form.errors else 200)


def _promised(lines: int) -> str:
    return ngettext(
        "Promised to %(n)s firm. It may now claim, with a receipt.",
        "Promised to %(n)s firms. They may now claim, each with a receipt.",
        lines,
    ) % {"n": lines}


def _line(request: HttpRequest, slug: str, pk: int, permission: str) -> SupportLine:
    lines = queries.lines_visible_to(request.user, permission).select_related("programme__operator")
    return get_object_or_404(lines, programme__slug=slug, pk=pk)


@login_required
def line(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _line_page(request, _line(request, slug, pk, roles.MONEY_VIEW))


def _line_page(
    request: HttpRequest, line: SupportLine, bound: dict[str, forms.Form] | None = None
) -> HttpResponse:
    """Everything about a line, with the forms of the moves that are open to this person."""
    line.refresh_from_db(fields=["state", "endorsed_by", "overlap_keys", "overlap_confirmed_by"])
    programme, waiting = line.programme, unruled(line)
    allowed = permissions_at(request.user, programme.host, programme.operator)
    moves = rules.MOVES[line.mode].get(line.state, frozenset())
    recorded_it = request.user.pk in {line.recorded_by_id, line.claimed_by_id, line.endorsed_by_id}
    may_edit, may_approve = roles.MONEY_EDIT in allowed, roles.MONEY_APPROVE in allowed
    context = {
        "programme": programme,
        "page_code": "funding",
        "line": line,
        "overlaps": waiting if line.state in rules.COMMITTED else [],
        "asked": bool(line.overlap_keys) and not line.overlap_confirmed_by_id,
        "may_confirm": may_approve and request.user.pk != line.overlap_asked_by_id,
        "may_explain": may_edit,
        "forms": forms_of(line, bound),
        "checks": line.checks.select_related("checked_by"),
        "unchecked": missing_checks(programme, line.firm) if line.state in rules.UNSETTLED else [],
        "papers": papers_of(line),
        "entries": line.entries.select_related("source", "by", "reverses").order_by("pk"),
        "history": entries_about(line),
        "may_claim": may_edit and State.CLAIMED in moves and line.mode != CostItem.Mode.VOUCHER,
        "may_approve": may_approve and State.APPROVED in moves and not recorded_it,
        "own_approval": may_approve and State.APPROVED in moves and recorded_it,
        "may_settle": may_approve and rules.settled(line.mode) in moves,
        "may_refuse": may_edit and State.REFUSED in moves,
        "may_send_back": may_edit and State.RETURNED in moves,
        "may_reverse": may_approve and State.REVERSED in moves,
        "waits_for_finance": not may_approve and State.APPROVED in moves,
    }
    return render(request, "funding/line.html", context, status=422 if bound else 200)


def _answer(
    request: HttpRequest,
    line: SupportLine,
    name: str,
    form: forms.Form,
    action: Callable[..., Any],
    said: str,
) -> HttpResponse:
    """One move of a line: the action, or its form again with what was typed and what is wrong."""
    if form.is_valid():
        try:
            action(line=line, by=request.user, **form.cleaned_data)
        except NoRate as error:
            form.add_error(
                "receipt_on",
                _("There is no exchange rate of %(currency)s for this day. Check date and currency.")
                % {"currency": error.source},
            )
        except (actions.Refused, WrongMove) as error:
            form.add_error(_place(error, form), str(error))
        else:
            messages.success(request, said)
            return redirect("funding:line", line.programme.slug, line.pk)
    fresh = queries.lines_visible_to(request.user).select_related("programme__operator").get(pk=line.pk)
    return _line_page(request, fresh, {name: form})


def _place(error: Exception, form: forms.Form) -> str | None:
    """The field at which a refusal is shown; None where it is about the whole form."""
    field = {
        actions.ReceiptUsed: "receipt_number",
        actions.OutsideTerms: "receipt_on",
        actions.ChecksMissing: "checks",
        actions.MoreThanClaimed: "amount",
        actions.CeilingExceeded: "amount",
        actions.BudgetExceeded: "amount",
        actions.CapExceeded: "amount",
        actions.ReasonMissing: "reason",
    }.get(type(error))
    return field if field in form.fields else None


@login_required
@require_POST
def claim(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    line = _line(request, slug, pk, roles.MONEY_EDIT)
    if line.mode == CostItem.Mode.VOUCHER:
        raise Http404
    form = ClaimForm(request.POST, request.FILES, line=line)
    return _answer(
        request, line, "claim", form, actions.claim, _("Claim recorded. Next: another person approves it.")
    )


@login_required
@require_POST
def approve(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    line = _line(request, slug, pk, roles.MONEY_APPROVE)
    form = ApproveForm(request.POST)
    return _answer(
        request, line, "approve", form, actions.approve, _("Approved. Next: pay it or hand it over.")
    )


@login_required
@require_POST
def settle(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    line = _line(request, slug, pk, roles.MONEY_APPROVE)
    form = SettleForm(request.POST, line=line)
    return _answer(request, line, "settle", form, actions.settle, _("Recorded. It counts as spent now."))


@login_required
@require_POST
def refuse(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    line = _line(request, slug, pk, roles.MONEY_EDIT)
    form = RefuseForm(request.POST)
    return _answer(request, line, "refuse", form, actions.refuse, _("Refused. The amount is free again."))


@login_required
@require_POST
def send_back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    line = _line(request, slug, pk, roles.MONEY_EDIT)
    form = SendBackForm(request.POST)

    def action(*, line: SupportLine, by: Any, note: str, fields_marked: list[str]) -> None:
        actions.send_back(line=line, by=by, note=note, fields=fields_marked)

    return _answer(
        request, line, "send_back", form, action, _("Sent back. The firm sees what is to be mended.")
    )


@login_required
@require_POST
def reverse(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    line = _line(request, slug, pk, roles.MONEY_APPROVE)
    form = ReverseForm(request.POST)
    said = _("Reversed. The amount is free again; both entries stay in the ledger.")
    return _answer(request, line, "reverse", form, actions.reverse, said)


@login_required
@require_POST
def overrule(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say why an overlap is no double support."""
    line = _line(request, slug, pk, roles.MONEY_EDIT)
    said = _("Written down. Another person has to confirm it.")
    return _answer(request, line, "overrule", OverrulingForm(request.POST), actions.ask_overruling, said)


@login_required
@require_POST
def confirm(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    line = _line(request, slug, pk, roles.MONEY_APPROVE)
    try:
        actions.confirm_overruling(line=line, by=request.user)
    except actions.Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Confirmed. The line may be approved and paid."))
    return redirect("funding:line", slug, pk)


@login_required
@require_POST
def approve_many(request: HttpRequest, slug: str) -> HttpResponse:
    """Approve the lines ticked on the money page; what needs a note or another person is left, and said."""
    programme = programme_where(request, slug, roles.MONEY_APPROVE)
    wanted = [int(pk) for pk in request.POST.getlist("line") if pk.isdecimal()]
    lines = queries.claims_waiting(request.user).filter(programme=programme, pk__in=wanted)
    done = 0
    for line in lines:
        try:
            actions.approve(line=line, by=request.user)
        except (actions.Refused, WrongMove) as error:
            messages.warning(request, f"{line}: {error}")
        else:
            done += 1
    said = ngettext("%(n)s support line approved.", "%(n)s support lines approved.", done) % {"n": done}
    messages.success(request, said)
    return redirect("funding:programme", programme.slug)
