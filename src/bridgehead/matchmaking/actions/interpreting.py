"""Interpreters: who they are, their own timetable by link, and their cost as support in kind."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.funding import actions as funding
from bridgehead.funding.models import SupportLine
from bridgehead.kit.signing import digest, new_token
from bridgehead.mailing.actions import write
from bridgehead.matchmaking.models import Forum, Interpreter, Meeting
from bridgehead.matchmaking.rules import link_expires_at
from bridgehead.organisations.models import Organisation


@transaction.atomic
def save_interpreter(*, interpreter: Interpreter, available: Iterable[int], by: Any) -> Interpreter:
    """A new one or a change; `available` are the keys of the slots in which this person is there."""
    interpreter.save()
    slots = interpreter.forum.slots.values_list("pk", flat=True)
    interpreter.unavailable.set(set(slots) - set(available))
    _record(interpreter, "interpreter.save", by)
    return interpreter


@transaction.atomic
def send_interpreter_link(*, interpreter: Interpreter, by: Any, at: datetime | None = None) -> str:
    """A new link to the person's own timetable, mailed; the earlier one stops working."""
    now, token = at or timezone.now(), new_token()
    programme = interpreter.forum.programme
    last_day = programme.edition.ends_on if programme.edition else programme.ends_on
    interpreter.token_hash = digest(token)
    interpreter.link_expires_at = link_expires_at(now=now, last_day=last_day)
    interpreter.save(update_fields=["token_hash", "link_expires_at"])
    with translation.override("ko"):
        url = settings.SITE_URL + reverse("matchmaking:interpreter_own", args=[token])
    if interpreter.email:
        write(
            kind="matchmaking.interpreter",
            to=interpreter.email,
            language="ko",
            template="matchmaking/mail/interpreter.txt",
            context={"interpreter": interpreter, "programme": programme, "url": url},
            about=interpreter,
            host_slug=programme.host.slug,
        )
    _record(interpreter, "interpreter.link", by, at)
    return token


@transaction.atomic
def promise_cost(*, forum: Forum, by: Any) -> list[SupportLine]:
    """For each firm one promise in kind per interpreter: the cost of its published meetings that have none yet.

    Raises funding's Refused (ceiling, cap or budget), and then nothing is promised to anybody. Done twice, nothing is
    promised twice.
    """
    Forum.objects.select_for_update().get(pk=forum.pk)
    due: dict[tuple[int, int], list[Meeting]] = defaultdict(list)
    for meeting in unpaid(forum):
        due[meeting.firm.organisation_id, meeting.interpreter_id or 0].append(meeting)
    lines = []
    for (firm, _person), meetings in sorted(due.items()):
        interpreter = meetings[0].interpreter
        assert interpreter is not None
        assert interpreter.cost_item is not None
        line = funding.promise(
            programme=forum.programme,
            firm=Organisation.objects.get(pk=firm),
            cost_item=interpreter.cost_item,
            amount=(interpreter.fee or Decimal(0)) * len(meetings),
            mode="in_kind",
            description=_("Interpreter %(name)s, %(count)d meetings")
            % {"name": interpreter, "count": len(meetings)},
            by=by,
        )
        Meeting.objects.filter(pk__in=[meeting.pk for meeting in meetings]).update(support_line=line)
        lines.append(line)
    return lines


def unpaid(forum: Forum) -> list[Meeting]:
    """Published meetings with an interpreter who costs something, not yet promised to the firm."""
    return list(
        Meeting.objects.filter(
            timetable__forum=forum,
            timetable__published_at__isnull=False,
            state=Meeting.State.PLANNED,
            interpreter__fee__gt=0,
            interpreter__cost_item__isnull=False,
            support_line=None,
        ).select_related("firm__organisation", "interpreter__cost_item")
    )


def _record(interpreter: Interpreter, verb: str, by: Any, at: datetime | None = None) -> None:
    chain = interpreter.forum.programme.host.slug
    audit.record(by=by, verb=verb, target=interpreter, chain=chain, at=at)
