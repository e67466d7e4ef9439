"""Writing a call, publishing it, and what may still change afterwards."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.calls.actions.drafting import (
    CallPublished,
    Refused,
    WeightsNot100,
    change,
    locked,
    record,
    unpublished,
)
from bridgehead.calls.models import Bonus, Call, Quota, Stage
from bridgehead.calls.queries.officer import Missing, lost_answers, missing_for_publication
from bridgehead.programmes.models import Programme
from bridgehead.questions.actions import create_set
from bridgehead.questions.models import QuestionSet

__all__ = ["CallPublished", "Refused", "WeightsNot100"]

TEXTS = ["title", "body", "benefits", "eligibility"]
TEXT_COLUMNS = [f"{stem}_{language}" for stem in TEXTS for language in ("ko", "en")]
#: What stands at each step beside the rows of other models.
BASIC_COLUMNS = ["kind", "languages", "grace_minutes", "team_min", "team_max"]
SELECTION_COLUMNS = [
    "selection",
    "lottery_seed",
    "places",
    "reserves",
    "threshold",
    "scale_max",
    "blind",
    "reviewers_shown",
    "results_shown",
    "objection_days",
]


class NotComplete(Exception):
    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(
            _("The call is not complete yet: %(what)s") % {"what": " ".join(m.text for m in missing)}
        )
        self.missing = missing


class NotLater(Refused):
    field = "closes_at"

    def __init__(self) -> None:
        super().__init__(_("The new deadline has to be later than the present one, and in the future."))


class QuotasBeyondPlaces(Refused):
    field = "places"

    def __init__(self, kept: int, places: int) -> None:
        super().__init__(
            _("The quotas keep %(kept)s places, but there are only %(places)s.")
            % {"kept": kept, "places": places}
        )


class ThresholdOutOfScale(Refused):
    field = "threshold"

    def __init__(self) -> None:
        super().__init__(_("The lowest score is between 0 and 100, whatever the scale."))


class NotANewerVersion(Refused):
    field = "question_set"

    def __init__(self) -> None:
        super().__init__(_("A published call takes a later version of its own question set only."))


class AnswersLost(Refused):
    field = "question_set"

    def __init__(self, texts: Iterable[str]) -> None:
        super().__init__(" ".join(texts))


def _free_slug(wanted: str) -> str:
    stem = slugify(wanted)[:74] or "call"
    taken = set(Call.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(s for s in [stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))] if s not in taken)


@transaction.atomic
def create_call(
    *,
    programme: Programme,
    title_ko: str,
    opens_at: datetime,
    closes_at: datetime,
    by: User | None,
    slug: str = "",
    question_set: QuestionSet | None = None,
    places: int = 1,
    reviews_wanted: int = 2,
    **fields: Any,
) -> Call:
    """A call nobody sees yet, with one stage. Without a question set it gets an empty one of its own."""
    question_set = question_set or create_set(name=title_ko[:120], host=programme.host, by=by)
    call = Call(
        programme=programme,
        slug=_free_slug(slug or f"{programme.slug}-call"),
        title_ko=title_ko,
        opens_at=opens_at,
        closes_at=closes_at,
        question_set=question_set,
        places=places,
        **{"kind": _kind_of(programme), **fields},
    )
    call.full_clean()
    call.save(force_insert=True)
    Stage.objects.create(call=call, name_ko="서류 심사", name_en="Documents", reviews_wanted=reviews_wanted)
    record("call.create", call, by)
    return call


def _kind_of(programme: Programme) -> str:
    """A call is of its programme's kind, unless the office says otherwise."""
    return programme.kind if programme.kind in Call.Kind.values else Call.Kind.FAIR


@transaction.atomic
def edit_basics(*, call: Call, by: User | None, **fields: Any) -> Call:
    """Kind, languages, titles, dates, grace, teams: until the call is published."""
    return change(unpublished(call), fields, "call.edit", by)


@transaction.atomic
def edit_texts(*, call: Call, by: User | None, **texts: str) -> Call:
    """Announcement texts; also after publication, as a misprint has to be mended. The trail keeps both versions."""
    return change(locked(call), texts, "call.edit_texts", by)


@transaction.atomic
def choose_questions(*, call: Call, question_set: QuestionSet, by: User | None) -> Call:
    return change(unpublished(call), {"question_set": question_set}, "call.choose_questions", by)


@transaction.atomic
def use_newer_questions(*, call: Call, question_set: QuestionSet, reason: str, by: User | None) -> Call:
    """A later version for a published call: applications begun from now on get it, the others keep theirs."""
    found = locked(call)
    old = found.question_set
    same_chain = (question_set.host_id, question_set.name) == (old.host_id, old.name)
    if not same_chain or question_set.version <= old.version:
        raise NotANewerVersion
    if lost := lost_answers(found, question_set):
        raise AnswersLost(text for text, _step in lost)
    found.question_set = question_set
    found.save(update_fields=["question_set"])
    data = {"question_set": [str(old), str(question_set)]}
    record("call.newer_questions", found, by, reason=reason, data=data)
    return found


@transaction.atomic
def set_selection(
    *,
    call: Call,
    by: User | None,
    quotas: Iterable[Mapping[str, Any]] = (),
    bonuses: Iterable[Mapping[str, Any]] = (),
    **fields: Any,
) -> Call:
    """How places are given: replaces quotas and bonuses; `fields` are columns of Call.

    Each quota has key, value, places; each bonus name_ko, name_en, key, rule, value, points.
    """
    quotas, bonuses = list(quotas), list(bonuses)
    found = unpublished(call)
    places = fields.get("places", found.places)
    if (kept := sum(quota["places"] for quota in quotas)) > places:
        raise QuotasBeyondPlaces(kept, places)
    if not 0 <= fields.get("threshold", found.threshold) <= Decimal(100):
        raise ThresholdOutOfScale
    for kind in (found.quotas, found.bonuses):
        kind.all().delete()
    Quota.objects.bulk_create(Quota(call=found, **quota) for quota in quotas)
    Bonus.objects.bulk_create(Bonus(call=found, **bonus) for bonus in bonuses)
    record("call.set_scoring", found, by, data={"quotas": quotas, "bonuses": bonuses})
    return change(found, fields, "call.edit", by) if fields else found


@transaction.atomic
def publish_call(*, call: Call, by: User | None, at: datetime | None = None) -> Call:
    """Show the call to the public from now on; raises NotComplete saying what is missing."""
    found = unpublished(call)
    if missing := missing_for_publication(found):
        raise NotComplete(missing)
    found.published_at = at or timezone.now()
    found.save(update_fields=["published_at"])
    record("call.publish", found, by)
    return found


@transaction.atomic
def extend_deadline(*, call: Call, closes_at: datetime, reason: str, by: User | None) -> Call:
    """A later closing moment, with the reason on record. Never an earlier one: people count on the published date."""
    found = locked(call)
    if closes_at <= found.closes_at or closes_at <= timezone.now():
        raise NotLater
    before, found.closes_at = found.closes_at, closes_at
    found.save(update_fields=["closes_at"])
    data = {"closes_at": [before.isoformat(), closes_at.isoformat()]}
    record("call.extend_deadline", found, by, reason=reason, data=data)
    return found
