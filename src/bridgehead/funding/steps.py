"""Money as a stage of the programme, and who waits for finance or for a maker."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.accounts.models import User
from bridgehead.funding import queries
from bridgehead.funding.models import CostItem, SupportLine
from bridgehead.funding.rules import SPENT, WON, State
from bridgehead.kit.money import format_money
from bridgehead.kit.steps import Progress, Step, Task
from bridgehead.programmes.models import Programme


def step(programme: Programme) -> Step:
    """Three queries: the balance (two), and the lines by state."""
    balance = queries.programme_balance(programme)
    lines = SupportLine.objects.filter(programme=programme).exclude(state=State.REFUSED)
    counts = lines.aggregate(
        all=Count("pk"),
        claimed=Count("pk", filter=Q(state=State.CLAIMED)),
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
    elif counts["all"]:
        next_action = _("See the balance of each firm")
    return Step("funding", _("Money"), url, _progress(counts), facts, next_action, url, late)


def _progress(counts: dict[str, int]) -> Progress:
    if not counts["all"]:
        return Progress.TODO
    return Progress.DONE if counts["all"] == counts["settled"] else Progress.CURRENT


def tasks_of(user: User) -> list[Task]:
    """Finance: what waits for this person's approval. Makers: promised costs they may claim."""
    waiting = [
        Task(
            _("Approve the support of %(firm)s: %(item)s") % {"firm": line.firm, "item": line.cost_item},
            reverse("funding:line", args=[line.programme.slug, line.pk]),
            about=f"{line.programme} · {format_money(line.amount, WON)}",
        )
        for line in queries.claims_waiting(user)
    ]
    promised = queries.lines_of_maker(user).filter(state=State.PROMISED, mode=CostItem.Mode.CASH)
    claims = [
        Task(
            _("Claim with your receipt: %(item)s, up to %(amount)s")
            % {"item": line.cost_item, "amount": format_money(line.amount, WON)},
            reverse("funding:my_claim", args=[line.pk]),
            about=str(line.programme),
        )
        for line in promised
    ]
    return waiting + claims
