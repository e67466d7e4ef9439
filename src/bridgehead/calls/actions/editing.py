"""Writing a call, publishing it, and what may still change afterwards."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls.models import Bonus, Call, Criterion, Quota
from bridgehead.calls.queries.officer import Missing, missing_for_publication
from bridgehead.programmes.models import Programme
from bridgehead.questions.actions import create_set
from bridgehead.questions.models import QuestionSet

TEXTS = ["title", "body", "benefits", "eligibility"]
TEXT_COLUMNS = [f"{stem}_{language}" for stem in TEXTS for language in ("ko", "en")]
SCORING_COLUMNS = ["places", "reserves", "threshold", "reviews_wanted", "reviews_due_at", "blind"]


class CallPublished(Exception):
    """Applicants rely on what was published."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This call has been published: its conditions can no longer change. You may extend the deadline."
            )
        )


class NotComplete(Exception):
    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(
            _("The call is not complete yet: %(what)s") % {"what": " ".join(m.text for m in missing)}
        )
        self.missing = missing


class NotLater(Exception):
    def __init__(self) -> None:
        super().__init__(_("The new deadline has to be later than the present one, and in the future."))


class WeightsNot100(Exception):
    def __init__(self, total: int) -> None:
        super().__init__(_("The weights add up to %(total)s; they have to add up to 100.") % {"total": total})


class QuotasBeyondPlaces(Exception):
    def __init__(self, kept: int, places: int) -> None:
        super().__init__(
            _("The quotas keep %(kept)s places, but there are only %(places)s.")
            % {"kept": kept, "places": places}
        )


def _free_slug(wanted: str) -> str:
    stem = slugify(wanted)[:74] or "call"
    taken = set(Call.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(s for s in [stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))] if s not in taken)


def _record(verb: str, call: Call, by: User | None, **more: Any) -> None:
    audit.record(by=by, verb=verb, target=call, chain=call.programme.host.slug, **more)


def _locked(call: Call) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("programme__host").get(pk=call.pk)


def _unpublished(call: Call) -> Call:
    locked = _locked(call)
    if locked.published_at:
        raise CallPublished
    return locked


def _change(call: Call, fields: Mapping[str, Any], verb: str, by: User | None) -> Call:
    before = {name: getattr(call, name) for name in fields}
    for name, value in fields.items():
        setattr(call, name, value)
    call.full_clean()
    changed = [name for name in fields if before[name] != fields[name]]
    if changed:
        call.save(update_fields=changed)
        data = {name: [str(before[name]), str(fields[name])] for name in changed}
        _record(verb, call, by, data=data)
    return call


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
    **fields: Any,
) -> Call:
    """A call nobody sees yet. Without a question set it gets an empty one of its own."""
    question_set = question_set or create_set(name=title_ko[:120], host=programme.host, by=by)
    call = Call(
        programme=programme,
        slug=_free_slug(slug or f"{programme.slug}-call"),
        title_ko=title_ko,
        opens_at=opens_at,
        closes_at=closes_at,
        question_set=question_set,
        places=places,
        **fields,
    )
    call.full_clean()
    call.save(force_insert=True)
    _record("call.create", call, by)
    return call


@transaction.atomic
def edit_basics(
    *, call: Call, title_ko: str, title_en: str, opens_at: datetime, closes_at: datetime, by: User | None
) -> Call:
    """Titles and dates, until the call is published."""
    fields = {"title_ko": title_ko, "title_en": title_en, "opens_at": opens_at, "closes_at": closes_at}
    return _change(_unpublished(call), fields, "call.edit", by)


@transaction.atomic
def edit_texts(*, call: Call, by: User | None, **texts: str) -> Call:
    """Announcement texts; also after publication, as a misprint has to be mended. The trail keeps both versions."""
    return _change(_locked(call), texts, "call.edit_texts", by)


@transaction.atomic
def choose_questions(*, call: Call, question_set: QuestionSet, by: User | None) -> Call:
    return _change(_unpublished(call), {"question_set": question_set}, "call.choose_questions", by)


@transaction.atomic
def set_scoring(
    *,
    call: Call,
    criteria: Iterable[Mapping[str, Any]],
    by: User | None,
    quotas: Iterable[Mapping[str, Any]] = (),
    bonuses: Iterable[Mapping[str, Any]] = (),
    **fields: Any,
) -> Call:
    """How applications are scored and ranked: replaces criteria, quotas and bonuses; `fields` are columns of Call.

    Each criterion has name_ko, name_en, help_ko, help_en, weight; each quota key, value, places; each bonus name_ko,
    name_en, key, value, points.
    """
    criteria, quotas, bonuses = list(criteria), list(quotas), list(bonuses)
    locked = _unpublished(call)
    if criteria and (total := sum(criterion["weight"] for criterion in criteria)) != 100:
        raise WeightsNot100(total)
    places = fields.get("places", locked.places)
    if (kept := sum(quota["places"] for quota in quotas)) > places:
        raise QuotasBeyondPlaces(kept, places)
    for kind in (locked.criteria, locked.quotas, locked.bonuses):
        kind.all().delete()
    Criterion.objects.bulk_create(
        Criterion(call=locked, order=order, **criterion) for order, criterion in enumerate(criteria, start=1)
    )
    Quota.objects.bulk_create(Quota(call=locked, **quota) for quota in quotas)
    Bonus.objects.bulk_create(Bonus(call=locked, **bonus) for bonus in bonuses)
    _record(
        "call.set_scoring",
        locked,
        by,
        data={"criteria": criteria, "quotas": quotas, "bonuses": bonuses},
    )
    return _change(locked, fields, "call.edit", by) if fields else locked


@transaction.atomic
def publish_call(*, call: Call, by: User | None, at: datetime | None = None) -> Call:
    """Show the call to the public from now on; raises NotComplete saying what is missing."""
    locked = _unpublished(call)
    if missing := missing_for_publication(locked):
        raise NotComplete(missing)
    locked.published_at = at or timezone.now()
    locked.save(update_fields=["published_at"])
    _record("call.publish", locked, by)
    return locked


@transaction.atomic
def extend_deadline(*, call: Call, closes_at: datetime, reason: str, by: User | None) -> Call:
    """A later closing moment, with the reason on record. Never an earlier one: people count on the published date."""
    locked = _locked(call)
    if closes_at <= locked.closes_at or closes_at <= timezone.now():
        raise NotLater
    before, locked.closes_at = locked.closes_at, closes_at
    locked.save(update_fields=["closes_at"])
    data = {"closes_at": [before.isoformat(), closes_at.isoformat()]}
    _record("call.extend_deadline", locked, by, reason=reason, data=data)
    return locked


@transaction.atomic
def copy_call(*, call: Call, programme: Programme, by: User | None) -> Call:
    """A draft with the same texts, questions, criteria, quotas and bonuses, opening now for as long as the old one was."""
    now = timezone.now().replace(second=0, microsecond=0)
    columns = [*TEXT_COLUMNS, *SCORING_COLUMNS, "question_set"]
    fields = {name: getattr(call, name) for name in columns if name != "reviews_due_at"}
    closes_at = now + (call.closes_at - call.opens_at)
    copy = create_call(programme=programme, opens_at=now, closes_at=closes_at, by=by, **fields)
    set_scoring(
        call=copy,
        criteria=call.criteria.values("name_ko", "name_en", "help_ko", "help_en", "weight"),
        quotas=call.quotas.values("key", "value", "places"),
        bonuses=call.bonuses.values("name_ko", "name_en", "key", "value", "points"),
        by=by,
    )
    return copy
