"""Each sending is written down word for word, with a hash by which anybody can know it again."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db.models import Max

from bridgehead.accounts.models import User
from bridgehead.calls.models import Application, Submission
from bridgehead.calls.queries.applying import consents_given
from bridgehead.calls.queries.eligibility import snapshot
from bridgehead.questions.models import Question
from bridgehead.questions.queries import attachments_by_id

FORMAT = "bridgehead-submission/1"


def canonical(record: dict[str, Any]) -> str:
    """One spelling for one content: sorted keys, no spaces, UTF-8. This text is what is hashed."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def keep_eligibility(application: Application) -> None:
    """What each rule says at the moment of sending; later the office reads this, not the firm's later fortunes."""
    application.eligibility = snapshot(application)
    application.save(update_fields=["eligibility"])


def keep_submission(
    *,
    application: Application,
    by: User | None,
    moment: datetime,
    files: list[dict[str, Any]] | None = None,
) -> Submission:
    """The caller holds the lock on the application, so that the sequence has no gaps; `files` if it has them."""
    last = application.submissions.aggregate(last=Max("sequence"))["last"] or 0
    stored = files_of(application) if files is None else files
    record = canonical(_record(application, last + 1, moment, stored))
    return Submission.objects.create(
        application=application,
        sequence=last + 1,
        answers=application.answers,
        record=record,
        sha256=hashlib.sha256(record.encode()).hexdigest(),
        sent_by=by,
        sent_at=moment,
    )


def _record(
    application: Application, sequence: int, moment: datetime, files: list[dict[str, Any]]
) -> dict[str, Any]:
    firm, questions = application.firm, application.question_set
    return {
        "format": FORMAT,
        "call": application.call.slug,
        "number": application.number,
        "sequence": sequence,
        "sent_at": moment.isoformat(),
        "late": application.is_late,
        "on_paper": application.on_paper,
        "firm": {
            "name_ko": firm.name_ko,
            "name_en": firm.name_en,
            "business_number": firm.business_number,
        },
        "question_set": {"name": questions.name, "version": questions.version},
        "answers": application.answers,
        "files": files,
        "eligibility": application.eligibility,
        "consents": [
            {"purpose": one.purpose, "wording": one.wording, "given_at": one.given_at.isoformat()}
            for one in consents_given(application)
        ],
        "team": [{"name": one.name, "part": one.role} for one in application.team.exclude(confirmed_at=None)],
    }


def files_of(application: Application) -> list[dict[str, Any]]:
    """The stored files among the answers, each with the hash of its content."""
    asked = [one.key for one in application.question_set.questions.all() if one.kind == Question.Kind.FILE]
    answered = {key: str(application.answers[key]) for key in asked if key in application.answers}
    stored = attachments_by_id(answered.values())
    return [
        {"question": key, "name": stored[pk].name, "size": stored[pk].size, "sha256": stored[pk].sha256}
        for key, pk in sorted(answered.items())
        if pk in stored
    ]
