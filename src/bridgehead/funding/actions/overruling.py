"""Saying that an overlap is no double support: one person gives the reason, another confirms it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.funding.actions.accounts import Refused
from bridgehead.funding.actions.support import FourEyes, ReasonMissing
from bridgehead.funding.models import SupportLine
from bridgehead.funding.overlaps import overlaps, unruled


class NothingToOverrule(Refused):
    """There is no overlap that waits, or its reason is not there to be confirmed."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing to overrule. Reload the page."))


@transaction.atomic
def ask_overruling(*, line: SupportLine, by: Any, reason: str) -> SupportLine:
    """Give the reason for what was found up to now. Raises ReasonMissing and NothingToOverrule."""
    if not reason.strip():
        raise ReasonMissing
    line = SupportLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if not unruled(line):
        raise NothingToOverrule
    line.overlap_note = "\n".join(filter(None, [line.overlap_note, reason.strip()]))
    line.overlap_keys = sorted(overlap.key for overlap in overlaps(line))
    line.overlap_asked_by, line.overlap_confirmed_by = by, None
    _write(line, verb="support.overlap_explain", by=by, reason=reason)
    return line


@transaction.atomic
def confirm_overruling(*, line: SupportLine, by: Any) -> SupportLine:
    """The second person agrees. Raises FourEyes and NothingToOverrule."""
    line = SupportLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if not line.overlap_keys or line.overlap_confirmed_by_id:
        raise NothingToOverrule
    if by.pk == line.overlap_asked_by_id:
        raise FourEyes
    line.overlap_confirmed_by = by
    _write(line, verb="support.overlap_confirm", by=by, reason=line.overlap_note)
    return line


def _write(line: SupportLine, *, verb: str, by: Any, reason: str) -> None:
    line.save(update_fields=["overlap_note", "overlap_keys", "overlap_asked_by", "overlap_confirmed_by"])
    host = line.programme.host
    hosts = sorted({overlap.host_slug for overlap in overlaps(line)})
    audit.record(by=by, verb=verb, target=line, chain=host.slug, reason=reason, data={"overlaps": hosts})
