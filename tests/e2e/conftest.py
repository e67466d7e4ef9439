"""The site as people meet it: a real server, real pages, a real browser."""

import threading
import time

import pytest
from django.core.handlers.wsgi import WSGIHandler

from tests.e2e.visitor import Visitor

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items):
    for item in items:
        if "/e2e/" in str(item.path):
            item.add_marker(pytest.mark.e2e)


@pytest.fixture
def site(live_server, settings, tmp_path, monkeypatch):
    """The address of the running site. SQLite in memory is one connection shared by all threads of the server, so
    that only one request may use it at a time."""
    turn, get_response = threading.RLock(), WSGIHandler.get_response
    under_way: set[int] = set()

    def one_at_a_time(handler, request):
        under_way.add(id(request))
        try:
            with turn:
                return get_response(handler, request)
        finally:
            under_way.discard(id(request))

    monkeypatch.setattr(WSGIHandler, "get_response", one_at_a_time)
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.SITE_URL, settings.DEMO = live_server.url, True
    yield live_server.url
    # A page saves by itself: what its last keystroke sent is finished before the database is emptied.
    deadline = time.monotonic() + 10
    while under_way and time.monotonic() < deadline:
        time.sleep(0.05)


@pytest.fixture
def visit(browser, site):
    """`visit(user, phone=True)`: somebody in front of the site, signed in when a user is given."""
    contexts = []

    def come(user=None, *, phone=False, language="en"):
        context = browser.new_context(
            viewport=PHONE if phone else DESK,
            locale=language,
            timezone_id="Asia/Seoul",
            accept_downloads=True,
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        return Visitor(context, site, user, language)

    yield come
    for context in contexts:
        context.close()
