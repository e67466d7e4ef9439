"""What the actions of this room share: the trail of the scheme's host, and the one way a case moves."""

from typing import Any

from django.db import models, transaction

from bridgehead.audit import actions as audit
from bridgehead.certification.models import Case, Scheme
from bridgehead.certification.rules import MOVES
from bridgehead.kit.states import check_move


def record(
    *, scheme: Scheme, target: models.Model, verb: str, by: Any, reason: str = "", **data: Any
) -> None:
    audit.record(by=by, verb=verb, target=target, chain=scheme.host.slug, reason=reason, data=data)


@transaction.atomic
def move(*, case: Case, to: str, verb: str, by: Any, reason: str = "", **data: Any) -> None:
    """The only writer of a case's state. WrongMove when it cannot go there from where it is."""
    stands = Case.objects.select_for_update().values_list("state", flat=True).get(pk=case.pk)
    check_move(MOVES, stands, to)
    case.state, case.state_note = to, reason
    case.save(update_fields=["state", "state_note"])
    record(scheme=case.version.scheme, target=case, verb=verb, by=by, reason=reason, before=stands, **data)
