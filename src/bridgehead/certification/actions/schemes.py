"""Writing a scheme: criteria and limits change in a draft version, which is fixed when it is published."""

from typing import Any

from django.db import models, transaction
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.certification.actions.trail import record
from bridgehead.certification.models import Criterion, Limit, Scheme, SchemeVersion


class Published(Exception):
    """A version that is in force is not changed; a new one is drafted."""

    def __init__(self) -> None:
        super().__init__(_("This version is in force and cannot be changed. Begin a new version."))


@transaction.atomic
def create_scheme(*, by: Any, **fields: Any) -> SchemeVersion:
    """A scheme with an empty first version."""
    scheme = Scheme(**fields)
    scheme.full_clean()
    scheme.save(force_insert=True)
    record(scheme=scheme, target=scheme, verb="scheme.create", by=by)
    return SchemeVersion.objects.create(scheme=scheme, number=1)


@transaction.atomic
def begin_version(*, scheme: Scheme, by: Any) -> SchemeVersion:
    """The draft of a new version, as a copy of the newest; where there is a draft already, that one."""
    newest = scheme.versions.latest("number")
    if newest.published_at is None:
        return newest
    draft = SchemeVersion.objects.create(scheme=scheme, number=newest.number + 1)
    for criterion in newest.criteria.prefetch_related("limits"):
        limits = list(criterion.limits.all())
        criterion.pk, criterion.version, criterion._state.adding = None, draft, True
        criterion.save(force_insert=True)
        for limit in limits:
            limit.pk, limit.criterion, limit._state.adding = None, criterion, True
            limit.save(force_insert=True)
    record(scheme=scheme, target=draft, verb="scheme.begin_version", by=by)
    return draft


@transaction.atomic
def save_part(*, part: Criterion | Limit, by: Any) -> None:
    """Add or change a criterion or a limit of a draft."""
    version = _draft_of(part)
    part.full_clean()
    part.save()
    record(scheme=version.scheme, target=part, verb="scheme.change", by=by, **model_to_dict(part))


@transaction.atomic
def remove_part(*, part: Criterion | Limit, by: Any) -> None:
    version = _draft_of(part)
    record(scheme=version.scheme, target=part, verb="scheme.remove", by=by, **model_to_dict(part))
    part.delete()


@transaction.atomic
def publish_version(*, version: SchemeVersion, changes: str = "", by: Any) -> None:
    """New cases are judged by it from now on; those under way keep theirs."""
    if version.published_at:
        raise Published
    version.published_at, version.changes = timezone.now(), changes
    version.save(update_fields=["published_at", "changes"])
    record(scheme=version.scheme, target=version, verb="scheme.publish", by=by, reason=changes)


def _draft_of(part: models.Model) -> SchemeVersion:
    version: SchemeVersion = part.version if isinstance(part, Criterion) else part.criterion.version  # type: ignore[attr-defined]
    if version.published_at:
        raise Published
    return version
