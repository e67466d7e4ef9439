"""Our own releases as an Atom feed, figures computed, each language an entry of its own."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from bridgehead.documents.atom import Entry, Feed, Link, plain_text
from bridgehead.newsroom.figures import Figures
from bridgehead.newsroom.models import ReleasePage
from bridgehead.newsroom.rendering import explained_at, lines_of, parts_of

LATEST = 20


def feed_of(releases: Iterable[ReleasePage], *, language: str, address: str) -> Feed:
    """`address` is where this very feed is read, with its filters: it is also the feed's id."""
    entries = [entry_of(release) for release in releases]
    with override(language):
        return Feed(
            id=address,
            title=_("News of overseas fair programmes"),
            subtitle=_("Press releases whose figures are computed from the records"),
            updated=max((entry.updated for entry in entries), default=datetime(2025, 1, 1, tzinfo=UTC)),
            author=settings.WAGTAIL_SITE_NAME,
            links=(
                Link(address, "self", "application/atom+xml"),
                Link(f"{settings.SITE_URL}/{language}/news/"),
            ),
            entries=tuple(entries),
            lang=language,
        )


def entry_of(release: ReleasePage) -> Entry:
    language = release.locale.language_code
    with override(language):
        figures = Figures(release.moment, settings.SITE_URL + explained_at(release))
        lines, parts = lines_of(release, figures), parts_of(release, figures)
        context = {"lines": lines, "parts": parts, "release": release, "site_url": settings.SITE_URL}
        return Entry(
            id=release.entry_id,
            title=release.title,
            updated=release.updated,
            published=release.published,
            author=release.host.name,
            summary=" ".join(plain_text(line.text) for line in lines[:1]),
            content=render_to_string("newsroom/feed_entry.html", context).strip(),
            links=(Link(settings.SITE_URL + release.path_for_readers, "alternate", "text/html"),),
            categories=(release.programme.slug,) if release.programme else (),
            rights=release.get_kogl_display(),
            lang=language,
        )
