"""Whom the release will write to."""

from django.db.models import QuerySet

from bridgehead.calls.models import Call, Decision


def letters_to_be(call: Call) -> QuerySet[Decision]:
    return (
        Decision.objects.filter(application__call=call)
        .select_related("application__firm", "application__applicant", "application__call__programme__host")
        .order_by("rank", "pk")
    )


def example_for(call: Call, outcome: str) -> Decision | None:
    """A real application to read a letter with: the first of this outcome, else the first decided."""
    return letters_to_be(call).filter(outcome=outcome).first() or letters_to_be(call).first()
