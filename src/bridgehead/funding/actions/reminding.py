"""Claims are settled within so many days, of which weekends and holidays count. Before a claim is due, and once it is overdue, those
who handle it get one mail each; what it says is gathered by programme.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import translation

from bridgehead.accounts.models import User
from bridgehead.accounts.roles import MONEY_APPROVE, MONEY_EDIT, roles_with
from bridgehead.audit import actions as audit
from bridgehead.funding.models import SupportLine
from bridgehead.funding.rules import UNSETTLED
from bridgehead.kit.clock import today
from bridgehead.mailing import actions as mailing
from bridgehead.organisations.models import HostMembership
from bridgehead.programmes.models import Programme

KIND = "funding.due"
#: So long before a claim is due its first mail goes out; the second is of the day after.
BEFORE_DUE = timedelta(days=3)


def remind_of_due_claims() -> int:
    """For the clock of the machine: `bridgehead daily`. Returns the claims people were reminded of; each once a stage."""
    programmes = Programme.objects.filter(support_lines__in=_unsettled()).distinct().select_related("host")
    return sum(_remind(programme) for programme in programmes.order_by("pk"))


def _unsettled() -> QuerySet[SupportLine]:
    return SupportLine.objects.filter(state__in=UNSETTLED, due_on__isnull=False)


@transaction.atomic
def _remind(programme: Programme) -> int:
    now = today(programme.zone)
    lines = _unsettled().filter(programme=programme).select_related("firm", "cost_item")
    lines = lines.select_for_update(of=("self",)).order_by("due_on", "pk")
    coming = list(lines.filter(due_on__gte=now, due_on__lte=now + BEFORE_DUE, reminded_on=None))
    late = list(lines.filter(_not_told_since_due(), due_on__lt=now))
    told = [*late, *coming]
    if not told:
        return 0
    for person in _people(programme):
        _write(person, programme, coming, late)
    _mark(told, now)
    data = {"coming": len(coming), "overdue": len(late)}
    audit.record(by=None, verb="support.remind", target=programme, chain=programme.host.slug, data=data)
    return len(told)


def _not_told_since_due() -> Q:
    return Q(reminded_on=None) | Q(reminded_on__lte=F("due_on"))


def _mark(lines: Iterable[SupportLine], day: date) -> None:
    SupportLine.objects.filter(pk__in=[line.pk for line in lines]).update(reminded_on=day)


def _people(programme: Programme) -> list[User]:
    """Who records and who approves, at the host and its operator; each once."""
    hosts = [pk for pk in (programme.host_id, programme.operator_id) if pk]
    roles = set(roles_with(MONEY_EDIT)) | set(roles_with(MONEY_APPROVE))
    members = HostMembership.objects.filter(host__in=hosts, role__in=roles, user__is_active=True)
    return list(User.objects.filter(pk__in=members.values("user")).order_by("pk"))


def _write(person: User, programme: Programme, coming: list[SupportLine], late: list[SupportLine]) -> None:
    with translation.override(person.language):
        url = f"{settings.SITE_URL}{reverse('funding:programme', args=[programme.slug])}#due"
    mailing.write(
        kind=KIND,
        to=person.email,
        language=person.language,
        template="funding/mail/due.txt",
        context={"programme": programme, "coming": coming, "late": late, "url": url, "host": programme.host},
        about=programme,
        host_slug=programme.host.slug,
    )
