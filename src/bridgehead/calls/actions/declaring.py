"""What a reviewer says about themselves before the first reading."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls.models import ReviewerProfile


@transaction.atomic
def declare(
    *,
    by: User,
    expertise: Sequence[str] = (),
    employers: Sequence[Mapping[str, str]] = (),
    phone: str = "",
    address: str = "",
) -> ReviewerProfile:
    """Written anew each time. The trail keeps that it was declared, not what: phones and addresses do not belong there."""
    profile, _created = ReviewerProfile.objects.update_or_create(
        user=by,
        defaults={
            "expertise": list(expertise),
            "employers": [dict(employer) for employer in employers],
            "phone": phone,
            "address": address,
            "declared_at": timezone.now(),
        },
    )
    audit.record(by=by, verb="reviewer.declare", target=profile, data={"employers": len(employers)})
    return profile
