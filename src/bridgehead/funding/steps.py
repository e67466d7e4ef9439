"""Money as a stage of the programme, and who waits for finance or for a maker."""

from datetime import timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.accounts import roles
from bridgehead.accounts.models import User
from bridgehead.funding import queries, voucher_steps
from bridgehead.funding.models import CostItem, SupportLine
from bridgehead.funding.rules import SPENT, UNSETTLED, WON, State
from bridgehead.kit.clock import end_of, today
from bridgehead.kit.money import format_money
from bridgehead.kit.steps import Progress, Step, Task
from bridgehead.programmes.models import Programme
from bridgehead.programmes.queries import programmes_visible_to


def step(programme: Programme) -> Step:
    """Three queries: the balance (two), and the lines by state."""
    balance = queries.programme_balance(programme)
    lines = SupportLine.objects.filter(programme=programme).exclude(state__in=[State.REFUSED, State.RELEASED])
    counts = lines.aggregate(
        all=Count("pk"),
        claimed=Count("pk", filter=Q(state=State.CLAIMED)),
        overdue=Count("pk", filter=Q(state__in=UNSETTLED, due_on__lt=today(programme.zone))),
        settled=Count("pk", filter=Q(state__in=SPENT)),
        firms=Count("firm", distinct=True),
    )
    url = reverse("funding:programme", args=[programme.slug])
    facts = [
        _("%(firms)s firms supported") % {"firms": counts["firms"]},
        _("%(spent)s spent of %(total)s")
        % {"spent": format_money(balance.spent, WON), "total": format_money(balance.total, WON)},
        _("%(committed)s committed") % {"committed": format_money(balance.committed, WON)},
    ]
    next_action, late = _("Promise the first support"), []
    if counts["claimed"]:
        waiting = ngettext(
            "%(n)s claim waits for approval", "%(n)s claims wait for approval", counts["claimed"]
        )
        next_action, late = _("Approve claims"), [waiting % {"n": counts["claimed"]}]
    if counts["overdue"]:
        overdue = ngettext("%(n)s claim is overdue", "%(n)s claims are overdue", counts["overdue"])
        late.insert(0, overdue % {"n": counts["overdue"]})
    if not counts["claimed"] and counts["all"]:
        next_action = _("See the balance of each firm")
    return Step("funding", _("Money"), url, _progress(counts), facts, next_action, url, late)


def _progress(counts: dict[str, int]) -> Progress:
    if not counts["all"]:
        return Progress.TODO
    return Progress.DONE if counts["all"] == counts["settled"] else Progress.CURRENT


def tasks_of(user: User) -> list[Task]:
    """Finance: what waits for this person's approval or payment, with its due day; officers: programmes with overdue claims.
    Makers: promised costs they may claim, and claims sent back."""
    waiting = [
        Task(
            _("Approve the support of %(firm)s: %(item)s") % {"firm": line.firm, "item": line.cost_item},
            reverse("funding:line", args=[line.programme.slug, line.pk]),
            about=f"{line.programme} · {format_money(line.amount, WON)}",
            due=end_of(line.due_on, line.programme.zone) if line.due_on else None,
        )
        for line in queries.claims_waiting(user)
    ]
    promised = queries.lines_of_maker(user).filter(
        Q(state=State.PROMISED, mode=CostItem.Mode.CASH) | Q(state=State.RETURNED)
    )
    claims = [
        Task(
            (
                _("Mend your claim and send it again: %(item)s, up to %(amount)s")
                if line.state == State.RETURNED
                else _("Claim with your receipt: %(item)s, up to %(amount)s")
            )
            % {"item": line.cost_item, "amount": format_money(line.amount, WON)},
            reverse("funding:my_claim", args=[line.pk]),
            about=str(line.programme),
        )
        for line in promised
    ]
    return waiting + _to_pay(user) + _overdue(user) + claims + voucher_steps.tasks_of(user)


def _to_pay(user: User) -> list[Task]:
    """Approved claims this person may pay, when their day is near or past."""
    lines = queries.lines_visible_to(user, roles.MONEY_APPROVE).filter(
        state=State.APPROVED, due_on__lte=today() + timedelta(days=3)
    )
    return [
        Task(
            _("Settle the claim of %(firm)s: %(item)s") % {"firm": line.firm, "item": line.cost_item},
            reverse("funding:line", args=[line.programme.slug, line.pk]),
            about=f"{line.programme} · {format_money(line.amount, WON)}",
            due=end_of(line.due_on, line.programme.zone) if line.due_on else None,
        )
        for line in lines.order_by("due_on", "pk")
    ]


def _overdue(user: User) -> list[Task]:
    """For those who record: one task a programme, however many claims."""
    programmes = programmes_visible_to(user, roles.MONEY_EDIT)
    late = SupportLine.objects.filter(programme__in=programmes, state__in=UNSETTLED, due_on__lt=today())
    rows = late.values("programme").annotate(n=Count("pk"), first=Min("due_on")).order_by("first")
    counts = {row["programme"]: row for row in rows}
    return [
        Task(
            ngettext("%(n)s overdue claim", "%(n)s overdue claims", counts[programme.pk]["n"])
            % {"n": counts[programme.pk]["n"]},
            reverse("funding:programme", args=[programme.slug]) + "#due",
            about=str(programme),
            due=end_of(counts[programme.pk]["first"], programme.zone),
        )
        for programme in programmes.filter(pk__in=counts)
    ]
