from django.db.models import QuerySet

from bridgehead.accounts import roles
from bridgehead.mailing.models import Mail
from bridgehead.organisations.queries import Visitor, hosts_where


def mails_visible_to(user: Visitor) -> QuerySet[Mail]:
    """The mails written in the name of the hosts whose programmes the person runs."""
    return Mail.objects.filter(host_slug__in=hosts_where(user, roles.EDIT).values("slug")).defer("attachment")
