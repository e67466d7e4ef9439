"""Writing a release without the editor: for the demo, for imports and for other rooms."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from bridgehead.audit import actions as audit
from bridgehead.newsroom.actions.site import ensure_section
from bridgehead.newsroom.models import HostNewsPage, ReleasePage
from bridgehead.organisations.models import Host
from bridgehead.programmes.models import Programme

LONGEST_SLUG = 80


@transaction.atomic
def create_release(
    *,
    host: Host,
    title: str,
    bullets: str,
    body: list[tuple[str, Any]] | str,
    language: str,
    published_at: datetime | None,
    by: Any,
    programme: Programme | None = None,
    reconstructed: bool = False,
    translation_of: ReleasePage | None = None,
    contact: str = "",
    kogl: int = ReleasePage.Kogl.ATTRIBUTION,
    figures_as_of: datetime | None = None,
    slug: str = "",
    **imported: Any,
) -> ReleasePage:
    """A published release, or with `published_at=None` a draft.

    `bullets` is one statement a line, details beginning with "-". `body` is HTML, or (block, value) pairs. Figures are
    written {{programme indicator}}; ValidationError says which cannot be read. A translation has the slug of its original.
    """
    section = ensure_section(host=host, language=language)
    wanted = slug or (translation_of.slug if translation_of else title)
    release = ReleasePage(
        title=title[:255],
        slug=free_slug(section, wanted),
        host=host,
        programme=programme,
        published_on=published_at,
        figures_as_of=figures_as_of,
        bullets=bullets,
        body=[("paragraph", body)] if isinstance(body, str) and body else body or [],
        contact=contact or (host.contact if language == "ko" else ""),
        kogl=kogl,
        reconstructed=reconstructed,
        locale=section.locale,
        owner=by,
        live=False,
        **imported,
    )
    if translation_of:
        release.translation_key = translation_of.translation_key
    section.add_child(instance=release)
    audit.record(by=by, verb="release.create", target=release, chain=host.slug)
    revision = release.save_revision(user=by)
    if published_at:
        revision.publish(user=by, skip_permission_checks=True)
        release.refresh_from_db()
        keep_time(release, published_at)
    return release


def keep_time(release: ReleasePage, moment: datetime) -> None:
    """What was published elsewhere, or before, was not published just now."""
    release.first_published_at = release.last_published_at = moment
    ReleasePage.objects.filter(pk=release.pk).update(first_published_at=moment, last_published_at=moment)


def free_slug(section: HostNewsPage, wanted: str) -> str:
    """An address within the section that nobody has yet."""
    base = slugify(wanted, allow_unicode=True)[:LONGEST_SLUG].strip("-") or "release"
    taken = set(section.get_children().filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
