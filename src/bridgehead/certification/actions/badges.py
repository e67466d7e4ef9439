"""Open Badges for training and for taking part: from the awards of a programme, one by one or all at once."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from bridgehead.audit import actions as audit
from bridgehead.calls.models import Award
from bridgehead.certification import shaping
from bridgehead.certification.actions.signing import sign
from bridgehead.certification.models import Badge


class NoPart(Exception):
    """The firm gave its place back, so there is nothing to attest."""


@transaction.atomic
def give_badge(*, award: Award, by: Any) -> Badge:
    """The badge of an award; one that was given stays the same."""
    if badge := Badge.objects.filter(award=award).select_related("credential").first():
        return badge
    if award.state == Award.State.WITHDRAWN:
        raise NoPart(str(award))
    signed = sign(
        host=award.programme.host, by=by, unsigned=lambda issuer, status: shaping.badge(award, issuer, status)
    )
    return Badge.objects.create(award=award, credential=signed)


@transaction.atomic
def give_badges(*, awards: Iterable[Award], by: Any) -> list[Badge]:
    """All of them or, when one cannot be given, none. Only those given now are in the answer."""
    there = set(Badge.objects.filter(award__in=awards).values_list("award", flat=True))
    return [give_badge(award=award, by=by) for award in awards if award.pk not in there]


@transaction.atomic
def revoke_badge(*, badge: Badge, reason: str, by: Any) -> None:
    """Given by mistake: every verifier sees it within a minute. A revoked badge is not given again."""
    if badge.credential.revoked_at:
        return
    badge.credential.revoked_at = timezone.now()
    badge.credential.save(update_fields=["revoked_at"])
    audit.record(by=by, verb="badge.revoke", target=badge, chain=badge.credential.host.slug, reason=reason)
