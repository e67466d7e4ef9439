import pytest
from django.db import transaction
from django.test import override_settings

from bridgehead.portal.demo.loading import load


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """The whole demo but its news, loaded once for a module, which leaves it as it was. What it said is returned."""
    said: list[str] = []
    immediate = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings = override_settings(DEMO=True, TASKS=immediate, MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), settings, transaction.atomic():
        for name in ("gyeonggi", "jongno", "iksan"):
            load(only=name, say=said.append)
        yield said
        transaction.set_rollback(True)


@pytest.fixture
def told(demo, django_db_blocker):
    """For tests of the demo: what a test changes is undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield demo
        transaction.set_rollback(True)
