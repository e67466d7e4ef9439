"""Building question sets, and keeping uploaded files."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.organisations.models import Host
from bridgehead.questions.models import Attachment, Question, QuestionSet
from bridgehead.questions.rules.files import CheckedFile


class SetLocked(Exception):
    """The set has been answered: what people agreed to and answered must stay as it was."""

    def __init__(self) -> None:
        super().__init__(
            _("This question set has been answered and can no longer be changed. Copy it as a new version.")
        )


def _unlocked(question_set: QuestionSet) -> QuestionSet:
    """The set under a lock, so that nobody answers it while it changes."""
    locked = (
        QuestionSet.objects.select_for_update(of=("self",)).select_related("host").get(pk=question_set.pk)
    )
    if locked.locked_at:
        raise SetLocked
    return locked


@transaction.atomic
def create_set(*, name: str, host: Host, by: User | None) -> QuestionSet:
    question_set = QuestionSet.objects.create(name=name, host=host)
    audit.record(by=by, verb="question_set.create", target=question_set, chain=host.slug)
    return question_set


@transaction.atomic
def add_question(
    *, question_set: QuestionSet, key: str, kind: str, by: User | None, **fields: Any
) -> Question:
    """Append a question; `fields` are those of the model (label_ko, options, condition …)."""
    locked = _unlocked(question_set)
    last = locked.questions.aggregate(last=Max("order"))["last"]
    question = Question(
        question_set=locked, key=key, kind=kind, order=0 if last is None else last + 1, **fields
    )
    question.full_clean()
    question.save()
    audit.record(
        by=by, verb="question.add", target=question, chain=locked.host.slug, data={"key": key, "kind": kind}
    )
    return question


@transaction.atomic
def edit_question(*, question: Question, by: User | None, **fields: Any) -> Question:
    locked = _unlocked(question.question_set)
    for name, value in fields.items():
        setattr(question, name, value)
    question.full_clean()
    question.save(update_fields=list(fields))
    audit.record(
        by=by, verb="question.edit", target=question, chain=locked.host.slug, data={"fields": sorted(fields)}
    )
    return question


@transaction.atomic
def delete_question(*, question: Question, by: User | None) -> None:
    locked = _unlocked(question.question_set)
    audit.record(
        by=by, verb="question.delete", target=question, chain=locked.host.slug, data={"key": question.key}
    )
    question.delete()


@transaction.atomic
def move_question(*, question: Question, up: bool, by: User | None) -> None:
    """Change places with the neighbour; at the end of the list nothing happens."""
    locked = _unlocked(question.question_set)
    questions = list(locked.questions.all())
    here = [one.pk for one in questions].index(question.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(questions):
        return
    questions[here], questions[there] = questions[there], questions[here]
    for order, one in enumerate(questions):
        one.order = order
    Question.objects.bulk_update(questions, ["order"])
    audit.record(by=by, verb="question.move", target=question, chain=locked.host.slug, data={"to": there + 1})


@transaction.atomic
def copy_set(*, question_set: QuestionSet, by: User | None) -> QuestionSet:
    """The next version, with every question, open to changes; calls keep the version they use."""
    host = question_set.host
    latest = QuestionSet.objects.filter(host=host, name=question_set.name).aggregate(latest=Max("version"))
    copy = QuestionSet.objects.create(
        name=question_set.name, host=host, version=latest["latest"] + 1, previous=question_set
    )
    questions = list(question_set.questions.all())
    for question in questions:
        question.pk, question.question_set = None, copy
        question._state.adding = True
    Question.objects.bulk_create(questions)
    audit.record(by=by, verb="question_set.copy", target=copy, chain=host.slug, data={"of": question_set.pk})
    return copy


def lock(*, question_set: QuestionSet) -> None:
    """From the first answer on; locking twice keeps the first moment."""
    QuestionSet.objects.filter(pk=question_set.pk, locked_at=None).update(locked_at=timezone.now())


def _sha256(file: File) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(65536):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


@transaction.atomic
def attach(*, files: Mapping[str, CheckedFile], owner: models.Model, by: User | None) -> dict[str, str]:
    """Store uploads for `owner`: question key → id of the attachment, which is the answer."""
    return attach_to(files=files, kind=owner._meta.label_lower, pk=str(owner.pk), by=by)


@transaction.atomic
def attach_to(*, files: Mapping[str, CheckedFile], kind: str, pk: str, by: User | None) -> dict[str, str]:
    """As `attach`, for an owner known by its kind and key only."""
    stored: dict[str, str] = {}
    for key, checked in files.items():
        digest = _sha256(checked.file)
        attachment = Attachment(
            name=checked.name,
            content_type=checked.content_type,
            size=checked.file.size,
            sha256=digest,
            uploaded_by=by,
            owner_kind=kind,
            owner_id=pk,
        )
        attachment.file.save(checked.name, checked.file, save=False)
        attachment.save(force_insert=True)
        stored[key] = str(attachment.pk)
    return stored
