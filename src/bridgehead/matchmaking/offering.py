"""Looking in the worker for waiting wishes that fit into what has become free."""

from django.utils import translation
from django_tasks import task

from bridgehead.matchmaking.actions.confirming import propose
from bridgehead.matchmaking.models import Forum


@task()
def look_for_offers(forum_id: int) -> None:
    with translation.override("ko"):
        propose(forum=Forum.objects.select_related("programme__host", "programme__edition").get(pk=forum_id))
