"""Taking in a feed: each entry once, under its own id, changed when its author changed it, published as it was."""

import hashlib
import re
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

import nh3
from django.db import transaction
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.documents.atom import Entry, Feed, parse_feed, plain_text, summary_bullets
from bridgehead.newsroom.actions.releases import create_release, keep_time
from bridgehead.newsroom.bullets import write_bullets
from bridgehead.newsroom.models import ReleasePage
from bridgehead.organisations.models import Host

TAGS = {"p", "br", "strong", "b", "em", "i", "a", "ul", "ol", "li", "h2", "h3", "h4", "blockquote"}
NEW, UPDATED, UNCHANGED, OLDER = "new", "updated", "unchanged", "older"


class NoHost(Exception):
    """Nobody said whose news this is, and the feed does not tell either."""


@dataclass(frozen=True)
class EntryResult:
    """What became of one entry, or would."""

    id: str
    result: str
    title: str
    language: str
    published: datetime
    updated: datetime
    bullets: int
    url: str = ""


@dataclass(frozen=True)
class FeedReport:
    host: Host
    feed: Feed
    dry_run: bool
    entries: list[EntryResult] = field(default_factory=list)

    def count(self, result: str) -> int:
        return sum(entry.result == result for entry in self.entries)

    @property
    def changes(self) -> int:
        return self.count(NEW) + self.count(UPDATED)


@transaction.atomic
def import_feed(*, data: bytes, host: Host | None, by: Any, dry_run: bool = False) -> FeedReport:
    """All entries or none. Raises atom.BadFeed for bytes that are no feed, NoHost when whose news it is stays unknown."""
    feed = parse_feed(data)
    host = host or host_of(feed)
    known = {
        release.entry_id: release
        for release in ReleasePage.objects.filter(host=host, entry_id__in=[e.id for e in feed.entries])
    }
    report = FeedReport(host, feed, dry_run)
    for entry in feed.entries:
        report.entries.append(_take(entry, known.get(entry.id), feed, host, by, dry_run))
    if report.changes and not dry_run:
        data_ = {"feed": feed.id, NEW: report.count(NEW), UPDATED: report.count(UPDATED)}
        audit.record(by=by, verb="feed.import", target=host, chain=host.slug, data=data_)
    return report


def host_of(feed: Feed) -> Host:
    """Whose feed it is: of whom it was imported before, else the one office whose name its title carries."""
    before = ReleasePage.objects.filter(source_feed=feed.id).values_list("host", flat=True).distinct()
    hosts = list(Host.objects.filter(pk__in=before))
    if not hosts:
        words = set(re.findall(r"\w+", f"{feed.title} {feed.subtitle} {feed.author}".lower()))
        hosts = [host for host in Host.objects.all() if host.slug in words]
    if len(hosts) != 1:
        raise NoHost(
            _("Whose news “%(feed)s” is cannot be told from the feed; name the office.")
            % {"feed": feed.title}
        )
    return hosts[0]


def _take(
    entry: Entry, known: ReleasePage | None, feed: Feed, host: Host, by: Any, dry_run: bool
) -> EntryResult:
    digest = hashlib.sha256(repr(sorted(asdict(entry).items())).encode()).hexdigest()
    fields = _fields(entry, feed, digest)
    result = _compare(entry, known, digest)
    release = known
    if not dry_run and result == NEW:
        release = create_release(
            host=host,
            language=_language(entry, feed),
            by=by,
            published_at=entry.published or entry.updated,
            **fields,
        )
    elif not dry_run and result == UPDATED and known:
        _revise(known, fields, by)
    return EntryResult(
        id=entry.id,
        result=result,
        title=entry.title,
        language=_language(entry, feed),
        published=entry.published or entry.updated,
        updated=entry.updated,
        bullets=len([line for line in fields["bullets"].splitlines() if line]),
        url=release.path_for_readers if release else "",
    )


def _compare(entry: Entry, known: ReleasePage | None, digest: str) -> str:
    if known is None:
        return NEW
    if known.source_digest == digest:
        return UNCHANGED
    return OLDER if known.source_updated_at and entry.updated < known.source_updated_at else UPDATED


def _fields(entry: Entry, feed: Feed, digest: str) -> dict[str, Any]:
    bullets, rest = summary_bullets(entry.content or entry.summary)
    body = clean_html(rest)
    return {
        "title": entry.title[:255] or entry.id[:255],
        "bullets": write_bullets(bullets),
        "body": [("paragraph", body)] if plain_text(body) else [],
        "entry_id": entry.id,
        "source_feed": feed.id,
        "source_url": entry.url if entry.url.startswith(("http://", "https://")) else "",
        "source_author": entry.author[:200],
        "source_updated_at": entry.updated,
        "source_digest": digest,
    }


def clean_html(markup: str) -> str:
    """Running text and links only: no scripts, styles, frames, and no pictures from elsewhere."""
    if "<" not in markup:
        markup = linebreaks(markup, autoescape=False)
    cleaned = nh3.clean(
        markup, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}
    )
    return re.sub(r"<p>(?:\s|&nbsp;)*</p>", "", cleaned).strip()


def _language(entry: Entry, feed: Feed) -> str:
    return "ko" if (entry.lang or feed.lang).lower().startswith("ko") else "en"


def _revise(release: ReleasePage, fields: dict[str, Any], by: Any) -> None:
    first = release.published_on or release.first_published_at
    for name, value in fields.items():
        setattr(release, name, value)
    release.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    release.refresh_from_db()
    keep_time(release, first)
