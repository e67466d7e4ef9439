"""The day of an interview: when, where and in which order, told to the firms by its publication."""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls.actions.telling import recipient, tell
from bridgehead.calls.models import Appearance, Application, Stage
from bridgehead.calls.queries.appearing import (
    has_a_day,
    obstacles_to_publishing,
    order_of,
    without_a_place,
)
from bridgehead.calls.ranking import draw
from bridgehead.kit.clock import with_zone


class NotPublished(Exception):
    """`obstacles` are sentences saying what has to be done first."""

    def __init__(self, obstacles: list[str]) -> None:
        super().__init__(" ".join(obstacles))
        self.obstacles = obstacles


class NoDay(Exception):
    def __init__(self) -> None:
        super().__init__(_("This stage has no day to plan: it is over, or nobody has to come."))


class StillNeeded(Exception):
    def __init__(self) -> None:
        super().__init__(
            _("Firms have been told a day and a place. Give another one instead of taking it away.")
        )


def _locked(stage: Stage) -> Stage:
    rows = Stage.objects.select_for_update(of=("self",)).select_related("call__programme__host")
    return rows.get(pk=stage.pk)


def _record(verb: str, stage: Stage, by: User | None, **data: object) -> None:
    audit.record(by=by, verb=verb, target=stage, chain=stage.call.programme.host.slug, data=data)


@transaction.atomic
def plan_day(
    *,
    stage: Stage,
    held_at: datetime | None,
    place_ko: str,
    place_en: str = "",
    minutes_each: int | None = None,
    by: User | None,
) -> Stage:
    """Also in a published call, as rooms are booked late. Firms that were told a time are told the new one."""
    found = _locked(stage)
    if not has_a_day(found) or found.closed_at or found.call.released_at:
        raise NoDay
    told = list(order_of(found))
    if told and (held_at is None or not place_ko.strip()):
        raise StillNeeded
    facts = {"held_at": held_at, "place_ko": place_ko, "place_en": place_en, "minutes_each": minutes_each}
    changed = {name: value for name, value in facts.items() if getattr(found, name) != value}
    if not changed:
        return found
    for name, value in changed.items():
        setattr(found, name, value)
    found.full_clean()
    found.save(update_fields=list(changed))
    _record("stage.plan_day", found, by, **{name: str(value or "") for name, value in changed.items()})
    for one in told:
        _tell(found, one, is_new=False)
    return found


@transaction.atomic
def publish_order(*, stage: Stage, drawn: bool, by: User | None) -> list[Appearance]:
    """Everybody in the stage who has no place yet gets one behind the others, and a mail with time and place.

    By receipt number or drawn: by the SHA-256 of a seed and the receipt number. The seed is in the trail, so that
    anybody can repeat the draw.
    """
    found = _locked(stage)
    if reasons := obstacles_to_publishing(found):
        raise NotPublished(reasons)
    seed = secrets.token_hex(8) if drawn else ""
    waiting = list(without_a_place(found).select_related("firm", "applicant", "call__programme__host"))
    if drawn:
        waiting.sort(key=lambda one: draw(seed, one.number))
    made = _place(found, waiting)
    _record("stage.publish_order", found, by, order=[one.number for one in waiting], seed=seed)
    for one in made:
        _tell(found, one, is_new=True)
    return made


def _place(stage: Stage, waiting: list[Application]) -> list[Appearance]:
    last = stage.appearances.aggregate(last=Max("position"))["last"] or 0
    return Appearance.objects.bulk_create(
        Appearance(stage=stage, application=one, position=position)
        for position, one in enumerate(waiting, start=last + 1)
    )


def _tell(stage: Stage, appearance: Appearance, *, is_new: bool) -> None:
    application = appearance.application
    appearance.stage = stage  # as it is now planned
    _to, language = recipient(application)
    with translation.override(language):
        facts = {
            "stage": stage.name,
            "moment": with_zone(appearance.starts_at, stage.call.zone),
            "place": stage.place,
            "minutes": stage.minutes_each,
            "is_new": is_new,
        }
    tell(application=application, kind="appearance", context=facts)
