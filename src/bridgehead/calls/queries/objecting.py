"""Objections: what an applicant filed, and what waits for the office's answer."""

from django.db.models import QuerySet

from bridgehead.accounts import roles
from bridgehead.calls.models import Application, Call, Objection
from bridgehead.calls.queries.officer import calls_visible_to
from bridgehead.organisations.queries import Visitor


def objections_of(call: Call) -> QuerySet[Objection]:
    """Those without an answer first, the oldest on top."""
    return (
        Objection.objects.filter(application__call=call)
        .select_related("application__firm", "application__decision", "filed_by", "answered_by")
        .order_by("answered_at", "filed_at", "pk")
    )


def objections_visible_to(user: Visitor, permission: str = roles.DECIDE) -> QuerySet[Objection]:
    return Objection.objects.filter(application__call__in=calls_visible_to(user, permission)).select_related(
        "application__firm", "application__call__programme__host", "application__decision"
    )


def objections_to(application: Application) -> list[Objection]:
    return list(application.objections.order_by("pk"))


def waiting_objections(call: Call) -> int:
    return Objection.objects.filter(application__call=call, answered_at=None).count()
