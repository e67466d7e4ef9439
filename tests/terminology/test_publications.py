"""Books and files of the whole dictionary: made once for each state of it, offered to everybody."""

import csv
import io

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from bridgehead.terminology.actions.publishing import GIVEN_UP, ask_for
from bridgehead.terminology.models import Publication, Stamp
from bridgehead.terminology.publications import KINDS
from bridgehead.terminology.queries.publishing import latest
from tests.factories.terminology import a_concept

pytestmark = pytest.mark.django_db


def asked(django_capture_on_commit_callbacks, name):
    with django_capture_on_commit_callbacks(execute=True):
        publication = ask_for(name=name)
    publication.refresh_from_db()
    return publication


@pytest.mark.parametrize("name", list(KINDS))
def test_every_kind_can_be_made_and_downloaded(name, client, django_capture_on_commit_callbacks):
    a_concept("gem")
    publication = asked(django_capture_on_commit_callbacks, name)
    assert (publication.state, publication.concepts) == ("ready", 1)
    answer = client.get(reverse("terminology:published", args=[name]))
    content = b"".join(answer.streaming_content)
    assert len(content) == publication.size
    assert answer["Content-Type"] == KINDS[name].content_type
    day = f"{publication.day:%Y-%m-%d}"
    assert f'filename="dictionary-{name}-{day}.{KINDS[name].ending}"' in answer["Content-Disposition"]


def test_asking_twice_makes_one_file(django_capture_on_commit_callbacks):
    a_concept("gem")
    first = asked(django_capture_on_commit_callbacks, "csv")
    with django_capture_on_commit_callbacks() as begun:
        assert ask_for(name="csv") == first
    assert begun == []


def test_a_book_made_again_is_the_same_file(django_capture_on_commit_callbacks):
    a_concept("gem")
    first = asked(django_capture_on_commit_callbacks, "epub-ko")
    before = first.file.open("rb").read()
    first.delete()
    assert asked(django_capture_on_commit_callbacks, "epub-ko").file.open("rb").read() == before


def test_a_change_of_the_dictionary_makes_a_new_file_and_clears_the_old(django_capture_on_commit_callbacks):
    a_concept("gem")
    old = asked(django_capture_on_commit_callbacks, "csv")
    a_concept("ring", ko="반지", en="ring")
    assert latest("csv") == old
    new = asked(django_capture_on_commit_callbacks, "csv")
    assert [*Publication.objects.filter(name="csv")] == [new]
    assert default_storage.exists(new.file.name)
    assert not default_storage.exists(old.file.name)
    rows = list(csv.DictReader(io.StringIO(new.file.open("rb").read().decode("utf-8-sig"))))
    assert {row["id"] for row in rows} == {"gem", "ring"}


def test_a_failure_is_shown_and_may_be_tried_again(client, django_capture_on_commit_callbacks):
    a_concept("gem")
    publication = Publication.objects.create(
        name="csv", stamp=Stamp.objects.get().number, state="failed", begun_at="2026-01-01T00:00:00Z"
    )
    assert "만들지 못하였습니다" in client.get(reverse("terminology:downloads")).text
    assert asked(django_capture_on_commit_callbacks, "csv").state == "ready"
    assert latest("csv") == publication


def test_a_worker_that_stopped_is_given_up_after_a_while(django_capture_on_commit_callbacks):
    a_concept("gem")
    with django_capture_on_commit_callbacks():
        publication = ask_for(name="csv")
    with django_capture_on_commit_callbacks() as begun:
        ask_for(name="csv")
    assert begun == []
    Publication.objects.update(begun_at=publication.begun_at - 2 * GIVEN_UP)
    assert asked(django_capture_on_commit_callbacks, "csv").state == "ready"


def test_an_empty_dictionary_has_no_files(client):
    assert ask_for(name="csv") is None
    assert client.get(reverse("terminology:published", args=["csv"])).status_code == 404
    assert client.post(reverse("terminology:ask", args=["nothing"])).status_code == 404
    assert client.post(reverse("terminology:ask", args=["csv"])).status_code == 302


def test_the_page_of_downloads_asks_the_same_number_of_queries_however_many_files(
    client, django_assert_num_queries, django_capture_on_commit_callbacks
):
    a_concept("gem")
    client.get(reverse("terminology:downloads"))
    with django_assert_num_queries(4):
        client.get(reverse("terminology:downloads"))
    for name in ("csv", "json", "skos"):
        asked(django_capture_on_commit_callbacks, name)
    with django_assert_num_queries(4):
        page = client.get(reverse("terminology:downloads")).text
    there = [name for name in KINDS if f'href="{reverse("terminology:published", args=[name])}"' in page]
    assert there == ["csv", "skos", "json"]
