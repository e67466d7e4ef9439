"""Every test runs with the rooms as they are: real rows, real files in a temporary folder, tasks done at once."""

import os

os.environ.setdefault("BRIDGEHEAD_TASKS", "django_tasks.backends.immediate.ImmediateBackend")
os.environ.setdefault("BRIDGEHEAD_EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
os.environ.setdefault("BRIDGEHEAD_DEMO", "1")
os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "1"
)  # Playwright's sync API runs an event loop in the test's thread

import pytest
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as properties

from tests.browser import browser  # noqa: F401  (a fixture for all)
from tests.migrated import _migrated_before, django_db_setup  # noqa: F401
from tests.trail import empty_the_trail

# A property holds or does not; how long a busy machine takes over an example says nothing about it.
properties.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
properties.load_profile("untimed")


@pytest.fixture(autouse=True)
def _temporary_media(settings, tmp_path):
    settings.MEDIA_ROOT, settings.CREDENTIAL_KEY_DIR = tmp_path / "media", tmp_path / "keys"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _in_the_default_language():
    """A page requested in English by the test before leaves its thread in English."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _tasks_done_at_once(settings):
    """Also without parallel processes, where the settings are read before the variables above are set."""
    settings.TASKS = {"default": {"BACKEND": os.environ["BRIDGEHEAD_TASKS"]}}
    settings.DEMO = True


@pytest.fixture(autouse=True)
def _trail_can_be_emptied(request):
    """Before pytest-django empties the database after a test that really commits."""
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(request.fixturenames) or (
        marker and marker.kwargs.get("transaction")
    )
    if commits:
        request.getfixturevalue("transactional_db")
    yield
    if commits:
        empty_the_trail()


@pytest.fixture
def korean(settings):
    """Requests without a language prefix and texts in Korean, which is the default."""
    settings.LANGUAGE_CODE = "ko"
