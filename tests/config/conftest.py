import pytest
from django.db import transaction
from django.test import override_settings

from tests.config.world import a_world


@pytest.fixture(scope="module")
def the_world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Built once for all tests of a module; each test's own transaction inside this one leaves it as it was."""
    media = tmp_path_factory.mktemp("media")
    places = override_settings(MEDIA_ROOT=media, CREDENTIAL_KEY_DIR=media / "keys", DEMO=True)
    with django_db_blocker.unblock(), places, transaction.atomic():
        yield a_world(), media
        transaction.set_rollback(True)


@pytest.fixture
def world(the_world, db, settings):
    found, settings.MEDIA_ROOT = the_world
    settings.CREDENTIAL_KEY_DIR, settings.DEMO = settings.MEDIA_ROOT / "keys", True
    return found
