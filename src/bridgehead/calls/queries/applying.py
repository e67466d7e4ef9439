"""What applicants see: their applications and tasks, and who may open the files of one."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, prefetch_related_objects

from bridgehead.accounts.roles import APPLICATION_VIEW
from bridgehead.calls.consents import every_wording
from bridgehead.calls.models import AnswerConflict, Application, Award, Review, Submission
from bridgehead.organisations.models import Consent
from bridgehead.organisations.queries import Visitor, firms_of
from bridgehead.programmes.queries import programmes_visible_to
from bridgehead.questions.models import Attachment
from bridgehead.questions.queries import Access, Answer, answered

State = Application.State


def applications_of(user: Visitor) -> QuerySet[Application]:
    """Of the firms the person acts for, the latest first, with all that their pages show."""
    return (
        Application.objects.filter(firm__in=firms_of(user))
        .select_related(
            "call__programme__host",
            "call__programme__operator",
            "call__programme__edition",
            "question_set",
            "firm",
            "decision",
            "award",
        )
        .order_by("-call__closes_at", "pk")
    )


def waiting_for(user: Visitor) -> list[Application]:
    """Applications with which the firm has something to do: unfinished drafts, returned ones, places to accept."""
    wanted = Q(state__in=[State.DRAFT, State.RETURNED]) | Q(award__state=Award.State.OFFERED)
    return list(applications_of(user).filter(wanted))


def _reviews(user: Visitor, application: Application) -> bool:
    reviews = Review.objects.filter(application=application, reviewer=user.pk)
    return reviews.exclude(state=Review.State.CONFLICT).exists()


def _is_identifying(application: Application, attachment: Attachment) -> bool:
    keys = [key for key, value in application.answers.items() if value == str(attachment.pk)]
    questions = application.question_set.questions.filter(key__in=keys)
    return not keys or questions.filter(identifying=True).exists()


def may_read_file(user: Visitor, attachment: Attachment) -> Access:
    """The firm, the host's staff, and its reviewers; in blind review they get no file that tells who applied."""
    application = (
        Application.objects.filter(pk=attachment.owner_id)
        .select_related("call__programme", "question_set")
        .first()
    )
    if application is None or not user.is_authenticated:
        return Access.NONE
    if firms_of(user).filter(pk=application.firm_id).exists():
        return Access.FULL
    staff_of = programmes_visible_to(user, APPLICATION_VIEW).filter(pk=application.call.programme_id)
    if application.state != State.DRAFT and staff_of.exists():
        return Access.FULL
    if not _reviews(user, application):
        return Access.NONE
    if not application.call.blind:
        return Access.FULL
    return Access.NONE if _is_identifying(application, attachment) else Access.BLIND


def consents_given(application: Application) -> list[Consent]:
    """Those of the firm that are in force and were given in the words of this call."""
    given = Consent.objects.filter(organisation=application.firm_id, withdrawn_at=None)
    return list(given.filter(wording__in=every_wording(application.call)).order_by("pk"))


def conflicts_of(application: Application) -> QuerySet[AnswerConflict]:
    """Those nobody has decided yet."""
    return application.answer_conflicts.filter(resolved_at=None).select_related("other_by")


@dataclass(frozen=True)
class Text:
    """Both texts of a conflict, shown as answers are shown: the stored one and the other."""

    conflict: AnswerConflict
    stored: Answer
    other: Answer


def conflicts_shown(application: Application, language: str) -> dict[str, list[Text]]:
    """Question key → the texts that wait beside the stored one."""
    found: dict[str, list[Text]] = {}
    open_conflicts = list(conflicts_of(application))
    if open_conflicts:
        prefetch_related_objects([application.question_set], "questions")
    for conflict in open_conflicts:
        stored = _answer_to(application, conflict.key, application.answers, language)
        others = {**application.answers, conflict.key: conflict.other}
        other = _answer_to(application, conflict.key, others, language)
        if stored and other:
            found.setdefault(conflict.key, []).append(Text(conflict, stored, other))
    return found


def _answer_to(application: Application, key: str, answers: dict[str, Any], language: str) -> Answer | None:
    rows = answered(application.question_set, answers, language=language)
    return next((row for row in rows if row.question.key == key), None)


def submissions_of(application: Application) -> list[Submission]:
    """The latest first."""
    return list(application.submissions.select_related("sent_by").order_by("-sequence"))


def submission_by_hash(sha256: str) -> Submission | None:
    """With `is_replaced`: a later sending of the same application counts instead."""
    found = Submission.objects.filter(sha256=sha256).select_related("application__call").first()
    if found:
        later = found.application.submissions.filter(sequence__gt=found.sequence)
        found.is_replaced = later.exists()  # type: ignore[attr-defined]
    return found
