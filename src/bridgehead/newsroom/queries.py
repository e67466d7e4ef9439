"""Reading the newsroom: what the public may see, and what an editor works on."""

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from bridgehead.accounts import roles
from bridgehead.newsroom.models import ReleasePage
from bridgehead.organisations.models import Host
from bridgehead.organisations.queries import Visitor, hosts_where
from bridgehead.programmes.models import Programme


def language_now() -> str:
    return "en" if (get_language() or "ko").startswith("en") else "ko"


def _in_order(releases: QuerySet[ReleasePage]) -> QuerySet[ReleasePage]:
    shown_at = Coalesce("published_on", "first_published_at", "latest_revision_created_at")
    return releases.select_related("host", "programme", "locale").order_by(shown_at.desc(), "-pk")


def public_releases(language: str | None = None) -> QuerySet[ReleasePage]:
    """Published ones, newest first; by default those in the reader's language."""
    return _in_order(ReleasePage.objects.live().filter(locale__language_code=language or language_now()))


def releases_for_feed(language: str = "", host: str = "") -> QuerySet[ReleasePage]:
    """What we published ourselves, in both languages; what came from another feed is read there."""
    releases = _in_order(ReleasePage.objects.live().filter(source_feed=""))
    if language:
        releases = releases.filter(locale__language_code=language)
    return releases.filter(host__slug=host) if host else releases


def latest_releases(count: int) -> list[ReleasePage]:
    """For the home page."""
    return list(public_releases().defer("body")[:count])


def hosts_with_news(language: str | None = None) -> QuerySet[Host]:
    told = ReleasePage.objects.live().filter(locale__language_code=language or language_now())
    return Host.objects.filter(pk__in=told.values("host"))


def other_version(release: ReleasePage) -> ReleasePage | None:
    """The published release in the other language."""
    others = ReleasePage.objects.live().filter(translation_key=release.translation_key).exclude(pk=release.pk)
    return others.select_related("host", "locale").first()


def in_another_language(host: str, slug: str) -> ReleasePage | None:
    """A published release under this address in a language other than the reader's."""
    found = ReleasePage.objects.live().filter(host__slug=host, slug=slug)
    return found.select_related("host", "locale").first()


def releases_visible_to(user: Visitor) -> QuerySet[ReleasePage]:
    """Drafts included, of the offices whose news the person edits."""
    return _in_order(ReleasePage.objects.filter(host__in=hosts_where(user, roles.NEWS_EDIT)))


def releases_about(programme: Programme) -> QuerySet[ReleasePage]:
    return _in_order(ReleasePage.objects.filter(programme=programme))
