"""What every change of a call has in common: the lock, the refusal once it is published, and the trail."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls.models import Call


class CallPublished(Exception):
    """Applicants rely on what was published."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This call has been published: its conditions can no longer change. You may extend the deadline."
            )
        )


class Refused(Exception):
    """What was typed breaks a rule of calls; `field` says where."""

    field: str | None = None


class WeightsNot100(Refused):
    field = "weight"

    def __init__(self, total: int) -> None:
        super().__init__(_("The weights add up to %(total)s; they have to add up to 100.") % {"total": total})


def record(verb: str, call: Call, by: User | None, **more: Any) -> None:
    audit.record(by=by, verb=verb, target=call, chain=call.programme.host.slug, **more)


def locked(call: Call) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("programme__host").get(pk=call.pk)


def unpublished(call: Call) -> Call:
    """The call under a lock, if its conditions may still change."""
    found = locked(call)
    if found.published_at:
        raise CallPublished
    return found


def change(call: Call, fields: Mapping[str, Any], verb: str, by: User | None) -> Call:
    """Write the columns that differ, and both versions into the trail."""
    before = {name: getattr(call, name) for name in fields}
    for name, value in fields.items():
        setattr(call, name, value)
    call.full_clean()
    changed = [name for name in fields if before[name] != fields[name]]
    if changed:
        call.save(update_fields=changed)
        data = {name: [str(before[name]), str(fields[name])] for name in changed}
        record(verb, call, by, data=data)
    return call
