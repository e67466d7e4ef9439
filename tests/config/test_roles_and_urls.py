"""Every address, every role: the table says what happens, and an address without a row fails."""

from http import HTTPStatus

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from tests.config.table import ACCOUNT_PAGES, ROLES, SENT, TABLE

pytestmark = pytest.mark.django_db
CODES = {200: "O", 302: ">", 401: "U", 403: "!", 404: "."}
WRITTEN = {200, 302, 409, 422}  # done, or the form with its errors


def names(resolver=None, namespaces=()):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from names(pattern, inner)
        else:
            yield ":".join([*namespaces, str(pattern.name)]), pattern.callback


def of_the_editor(name):
    """Wagtail's own addresses: all behind one door, tried below."""
    return name.startswith(("wagtail", "simple_translation")) or name in {"None", "newsroom_test404"}


def test_every_address_has_a_row():
    """Buyers' pages in further languages (`guests-…`) are the same views under other addresses."""
    with_row = [row.name for row in TABLE + ACCOUNT_PAGES]
    assert len(with_row) == len(set(with_row))
    there = {name for name, _view in names() if not of_the_editor(name) and not name.startswith("guests-")}
    assert there ^ (set(with_row) - {"wagtailadmin_home"}) == set()


class Person:
    """One role in front of every page; what a page changes is undone before the next."""

    def __init__(self, world, role):
        self.world, self.role = world, role
        self.client = Client(raise_request_exception=False)
        if world.people[role]:
            self.client.force_login(world.people[role])
        self.cookies = self.client.cookies.copy()

    def answer(self, row, method):
        mark = transaction.savepoint()
        self.client.cookies = self.cookies.copy()
        data = SENT.get(row.name) if method == "POST" else None
        response = self.client.generic(method, row.url(self.world), b"") if data is None else None
        response = response or self.client.post(row.url(self.world), data)
        transaction.savepoint_rollback(mark)
        return response

    def outcome(self, row):
        response = self.answer(row, row.method)
        if response.status_code == HTTPStatus.FOUND and "/accounts/login/" in response.url:
            return "L"
        if row.method == "POST" and response.status_code in WRITTEN:
            return "+"
        return CODES.get(response.status_code, str(response.status_code))


@pytest.fixture(params=ROLES)
def person(request, world):
    return Person(world, request.param)


def test_role_opens_what_the_table_says(person):
    found = {row.name: person.outcome(row) for row in TABLE + ACCOUNT_PAGES}
    said = {row.name: row.outcomes[person.role] for row in TABLE + ACCOUNT_PAGES}
    differing = {name: f"{found[name]}, not {said[name]}" for name in said if found[name] != said[name]}
    assert differing == {}


def test_page_that_is_closed_takes_no_form_either(person):
    """A form is fetched like its page: whoever may not read it may not send it."""
    closed = [row for row in TABLE if row.is_page and row.outcomes[person.role] in ".L"]
    answers = {row.name: person.answer(row, "POST") for row in closed}
    taken = {
        name: answer.status_code
        for name, answer in answers.items()
        if answer.status_code not in {404, 405}
        and "/accounts/login/" not in answer.headers.get("Location", "")
    }
    assert taken == {}


@pytest.mark.parametrize("role", ["officer", "maker"])
def test_change_is_never_made_by_a_link(world, role):
    person = Person(world, role)
    changes = [row for row in TABLE if not row.is_page]
    assert {person.answer(row, "GET").status_code for row in changes} == {HTTPStatus.METHOD_NOT_ALLOWED}


def test_editor_of_the_newsroom_has_one_door(world):
    views = {name: view for name, view in names() if of_the_editor(name) and name != "None"}
    assert len(views) > 100
    unguarded = {name for name, view in views.items() if "guarded" not in _wrappers(view)}
    assert unguarded == set()


def _wrappers(view):
    """Names of the code objects of a view and of what it wraps."""
    found = set()
    while view is not None:
        found.add(getattr(getattr(view, "__code__", None), "co_name", ""))
        view = getattr(view, "__wrapped__", None)
    return found
