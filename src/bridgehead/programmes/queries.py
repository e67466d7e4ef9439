"""Who sees which programme. Every room above asks here."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch, Q, QuerySet

from bridgehead.accounts import roles
from bridgehead.organisations.models import Host
from bridgehead.organisations.queries import Visitor, hosts_where
from bridgehead.programmes.models import FairEdition, Programme, Project, Statement, Strategy
from bridgehead.programmes.rules import subject_label


def programmes_visible_to(user: Visitor, permission: str = roles.VIEW) -> QuerySet[Programme]:
    """Programmes of the hosts at which the person holds the permission, or which those hosts operate."""
    hosts = hosts_where(user, permission)
    return Programme.objects.filter(Q(host__in=hosts) | Q(operator__in=hosts)).select_related(
        "host", "operator", "edition"
    )


def public_programmes() -> QuerySet[Programme]:
    return Programme.objects.filter(is_public=True).select_related("host", "operator", "edition__fair")


def programmes_of(host: Host | None) -> QuerySet[Programme]:
    """The programmes of one host, and those it operates for others."""
    if host is None:
        return Programme.objects.none()
    return Programme.objects.filter(Q(host=host) | Q(operator=host)).select_related(
        "host", "operator", "edition"
    )


def hosts_edited_by(user: Visitor) -> QuerySet[Host]:
    """The hosts for which a person may set up programmes."""
    return hosts_where(user, roles.EDIT)


def editions() -> QuerySet[FairEdition]:
    return FairEdition.objects.select_related("fair")


def projects_of(hosts: QuerySet[Host]) -> QuerySet[Project]:
    return Project.objects.filter(strategy__host__in=hosts).select_related("strategy__host")


def strategies_visible_to(user: Visitor, permission: str = roles.VIEW) -> QuerySet[Strategy]:
    """Strategies with their projects and the programmes of each that the person may see."""
    programmes = Prefetch("programmes", queryset=programmes_visible_to(user))
    return (
        Strategy.objects.filter(host__in=hosts_where(user, permission))
        .select_related("host")
        .prefetch_related(Prefetch("projects", queryset=Project.objects.prefetch_related(programmes)))
        .order_by("host__slug", "order", "pk")
    )


@dataclass(frozen=True)
class Stated:
    """Everything said about one subject; `differs` when the figures contradict each other."""

    subject: str
    label: str
    statements: list[Statement]

    @property
    def differs(self) -> bool:
        return len({(statement.value, statement.unit) for statement in self.statements}) > 1


def stated_about(programme: Programme) -> list[Stated]:
    statements = programme.statements.order_by("subject", "said_on", "pk")
    return [
        Stated(subject, subject_label(subject), list(group))
        for subject, group in groupby(statements, key=lambda statement: statement.subject)
    ]
