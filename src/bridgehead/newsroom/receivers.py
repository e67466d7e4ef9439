"""Whatever way a release is published or taken back, the trail says so."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context
from wagtail.signals import page_published, page_unpublished

from bridgehead.audit import actions as audit
from bridgehead.newsroom.models import ReleasePage


def _person(revision: Any = None) -> Any:
    return get_active_log_context().user or getattr(revision, "user", None)


@receiver(page_published, sender=ReleasePage)
def on_published(instance: ReleasePage, revision: Any = None, **kwargs: Any) -> None:
    audit.record(by=_person(revision), verb="release.publish", target=instance, chain=instance.host.slug)


@receiver(page_unpublished, sender=ReleasePage)
def on_unpublished(instance: ReleasePage, **kwargs: Any) -> None:
    audit.record(by=_person(), verb="release.unpublish", target=instance, chain=instance.host.slug)


@receiver(post_delete, sender=ReleasePage)
def on_deleted(instance: ReleasePage, **kwargs: Any) -> None:
    audit.record(by=_person(), verb="release.delete", target=instance, chain=instance.host.slug)
