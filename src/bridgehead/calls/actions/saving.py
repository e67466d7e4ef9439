"""Keeping what is typed. Two pages on one draft never overwrite each other silently: see `calls.merging`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls import merging, rules
from bridgehead.calls.actions.completeness import check_complete
from bridgehead.calls.actions.errors import NotOpen
from bridgehead.calls.actions.receipts import keep_eligibility, keep_submission
from bridgehead.calls.actions.telling import tell
from bridgehead.calls.models import AnswerConflict, Application, Revision
from bridgehead.kit.clock import with_zone
from bridgehead.kit.states import WrongMove
from bridgehead.questions.actions import attach, lock
from bridgehead.questions.rules import answers as answer_rules
from bridgehead.questions.rules.files import CheckedFile

State = Application.State
#: Of a long evening of typing the last saves are kept as common ground; older ones are let go now and then.
KEPT_REVISIONS, SWEPT_EVERY = 200, 50


@dataclass(frozen=True)
class Saved:
    """What one save did. `in_step`: the page shows exactly what is stored, so it may go on from this version."""

    application: Application
    in_step: bool
    foreign: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def with_all() -> QuerySet[Application]:
    """Applications with all that saving and sending look at."""
    return Application.objects.select_related(
        "call__programme__host",
        "call__programme__operator",
        "call__programme__edition",
        "question_set",
        "firm",
        "applicant",
    )


def locked(application: Application) -> Application:
    """The row under its lock."""
    return with_all().select_for_update(of=("self",)).get(pk=application.pk)


@transaction.atomic
def save_page(
    *,
    application: Application,
    answers: Mapping[str, Any],
    files: Mapping[str, CheckedFile] | None = None,
    version: int,
    page: str = "",
    by: User | None,
    at: datetime | None = None,
) -> Saved:
    """Merge what a page holds into what is stored. `version` is the one the page began from, `page` its random name.

    A draft takes anything; of an application returned for completion only the questions asked for again change; one
    that is sent stays complete (Incomplete), and its change is a new submission with its own receipt.
    """
    moment, row = at or timezone.now(), locked(application)
    _check_open(row, moment)
    typed = _only_open(row, {**answers, **attach(files=files or {}, owner=row, by=by)})
    found = _merged(row, typed, version, page)
    if row.state == State.SUBMITTED:
        check_complete(row, found.answers)
        found.answers = answer_rules.final(row.question_set.questions.all(), found.answers)
    _store(row, found.answers, page, by, moment)
    _keep_conflicts(row, found.conflicts, page, by)
    lock(question_set=row.question_set)
    return Saved(row, found.answers == typed, found.foreign, list(found.conflicts))


def save_answers(**arguments: Any) -> Application:
    """As `save_page`, for callers who are alone with the application."""
    return save_page(**arguments).application


def _check_open(row: Application, moment: datetime) -> None:
    if rules.may_edit(row, moment):
        return
    if row.state in {State.SUBMITTED, State.RETURNED}:
        raise NotOpen(row, moment)
    raise WrongMove(old=row.get_state_display(), new=row.state)


def _only_open(row: Application, typed: dict[str, Any]) -> dict[str, Any]:
    """What the office did not ask for again stays as it was, whatever was sent."""
    opened = rules.open_keys(row)
    if opened is None:
        return typed
    closed = {key: value for key, value in row.answers.items() if key not in opened}
    return {**closed, **{key: value for key, value in typed.items() if key in opened}}


def _merged(row: Application, typed: dict[str, Any], version: int, page: str) -> merging.Merge:
    if version == row.version:
        return merging.Merge(typed)
    kept = list(row.revisions.filter(version__gte=version).order_by("version"))
    if not kept or kept[0].version > version:
        before = row.revisions.filter(version__lt=version).order_by("version").last()
        kept = [before, *kept] if before else kept
    base = kept[0].answers if kept else {}
    pages = merging.last_pages((one.page, one.answers) for one in kept)
    own = [key for key, name in pages.items() if page and name == page]
    return merging.merge(base, typed, row.answers, own)


def _store(row: Application, answers: dict[str, Any], page: str, by: User | None, moment: datetime) -> None:
    is_changed = answers != row.answers
    if is_changed:
        first = {"answers": row.answers, "page": row.saved_from}
        Revision.objects.get_or_create(application=row, version=row.version, defaults=first)
        row.answers, row.version = answers, row.version + 1
        Revision.objects.create(application=row, version=row.version, answers=answers, page=page, saved_by=by)
        if row.version % SWEPT_EVERY == 0:
            row.revisions.filter(version__lte=row.version - KEPT_REVISIONS).delete()
    row.saved_from, row.saved_at = page, moment
    row.save(update_fields=["answers", "version", "saved_from", "saved_at"])
    if is_changed and row.state == State.SUBMITTED:
        _amended(row, by, moment)


def _amended(row: Application, by: User | None, moment: datetime) -> None:
    """A change of what was sent is a sending of its own, with a receipt of its own."""
    chain = row.call.programme.host.slug
    data = {"version": row.version}
    audit.record(by=by, verb="application.amend", target=row, chain=chain, data=data, at=moment)
    keep_eligibility(row)
    sent = keep_submission(application=row, by=by, moment=moment)
    tell(
        application=row,
        kind="received",
        context={"moment": with_zone(moment, row.call.zone), "submission": sent},
    )


def _keep_conflicts(
    row: Application, conflicts: Mapping[str, merging.Conflict], page: str, by: User | None
) -> None:
    """While the same page goes on typing, its text in the conflict grows with it."""
    for key, conflict in conflicts.items():
        AnswerConflict.objects.update_or_create(
            application=row,
            key=key,
            page=page,
            resolved_at=None,
            defaults={"kept": conflict.kept, "other": conflict.other, "other_by": by},
        )


@transaction.atomic
def resolve_conflict(*, conflict: AnswerConflict, answer: Any, by: User) -> Application:
    """Store the answer chosen, None for none at all. Both texts stay on record, whichever was chosen."""
    row = locked(conflict.application)
    moment = timezone.now()
    _check_open(row, moment)
    again = AnswerConflict.objects.select_for_update().get(pk=conflict.pk)
    if again.resolved_at:
        return row
    chosen = {key: value for key, value in row.answers.items() if key != again.key}
    if answer is not None:
        chosen[again.key] = answer
    if row.state == State.SUBMITTED:
        check_complete(row, chosen)
    _store(row, _only_open(row, chosen), "", by, moment)
    again.resolved_at = moment
    again.save(update_fields=["resolved_at"])
    return row
