"""Who sees which programme. Every room above asks here."""

from django.db.models import Q, QuerySet

from bridgehead.accounts import roles
from bridgehead.organisations.queries import Visitor, hosts_where
from bridgehead.programmes.models import Programme


def programmes_visible_to(user: Visitor, permission: str = roles.VIEW) -> QuerySet[Programme]:
    """Programmes of the hosts at which the person holds the permission, or which those hosts operate."""
    hosts = hosts_where(user, permission)
    return Programme.objects.filter(Q(host__in=hosts) | Q(operator__in=hosts)).select_related(
        "host", "operator", "edition"
    )


def public_programmes() -> QuerySet[Programme]:
    return Programme.objects.filter(is_public=True).select_related("host", "operator", "edition__fair")
