"""Files in parts: what has arrived stays, parts follow each other, and the whole is checked like any upload."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation

from bridgehead.calls.actions import applying
from bridgehead.questions import uploading
from bridgehead.questions.models import Attachment, Upload
from bridgehead.questions.rules.files import check_file
from tests.factories.calls import a_call
from tests.factories.organisations import a_firm, maker_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n" + b"x" * 3000 + b"\n%%EOF"
SIZE = len(PDF)
QUESTIONS = (
    {"key": "product", "kind": "short_text"},
    {"key": "plan", "kind": "file", "required": False, "options": {"types": ["pdf"], "max_mb": 1}},
    {"key": "photo", "kind": "file", "required": False, "options": {"types": ["png"], "max_mb": 1}},
    {"key": "pack", "kind": "file", "required": False, "options": {"types": ["zip", "hwpx"], "max_mb": 1}},
)


@pytest.fixture
def draft():
    call, firm = a_call(questions=QUESTIONS), a_firm()
    return applying.start(call=call, firm=firm, by=maker_of(firm))


@pytest.fixture
def maker(client, draft):
    client.force_login(draft.applicant)
    return draft.applicant


def question(draft, key="plan"):
    return draft.question_set.questions.get(key=key)


def begin(client, draft, key="plan", name="plan.pdf", size=SIZE):
    data = {"question": key, "name": name, "size": size}
    return client.post(f"/en/my/applications/{draft.pk}/upload/", data)


def send(client, url, offset, data):
    return client.patch(
        url, data, content_type="application/octet-stream", headers={"Upload-Offset": str(offset)}
    )


def test_file_arrives_in_parts_and_becomes_an_answer(client, draft, maker):
    url = begin(client, draft).json()["url"]
    assert send(client, url, 0, PDF[:1000]).json()["received"] == 1000
    assert client.get(url).json() == {"received": 1000, "size": len(PDF), "stored": "", "name": "plan.pdf"}
    lost = send(client, url, 0, PDF[:1000])
    assert (lost.status_code, lost.json()) == (409, {"received": 1000})
    done = send(client, url, 1000, PDF[1000:]).json()
    attachment = Attachment.objects.get(pk=done["stored"])
    assert (attachment.name, attachment.size, attachment.file.read()) == ("plan.pdf", len(PDF), PDF)
    form = {"version": 1, "page": "p", "q-plan.stored": done["stored"]}
    client.post(f"/en/my/applications/{draft.pk}/autosave/", form)
    draft.refresh_from_db()
    assert draft.answers == {"plan": done["stored"]}


def test_parts_are_let_go_when_the_whole_is_here(client, draft, maker, django_capture_on_commit_callbacks):
    url = begin(client, draft).json()["url"]
    with django_capture_on_commit_callbacks(execute=True):
        send(client, url, 0, PDF)
    upload = Upload.objects.get()
    assert not default_storage.exists(f"uploads/{upload.pk}/{0:012d}")


@pytest.mark.parametrize(
    ("name", "size", "says"),
    [
        ("big.pdf", 200 * 1024 * 1024, "This file is larger than 1 MB. Make it smaller."),
        ("empty.pdf", 0, "This file is empty."),
        ("film.exe", 100, "This kind of file is not accepted here. Accepted: PDF."),
    ],
)
def test_what_would_be_refused_is_refused_before_a_byte_is_sent(client, draft, maker, name, size, says):
    answer = begin(client, draft, name=name, size=size)
    assert (answer.status_code, answer.json()) == (422, {"error": says})
    assert not Upload.objects.exists()


def test_content_that_is_something_else_is_refused_at_the_end(client, draft, maker):
    page = b"<html><script>alert(1)</script></html>"
    url = begin(client, draft, "photo", "photo.png", len(page)).json()["url"]
    answer = send(client, url, 0, page)
    assert answer.status_code == 422
    assert answer.json()["error"] == "This kind of file is not accepted here. Accepted: PNG."
    assert (Upload.objects.count(), Attachment.objects.count()) == (0, 0)


def test_more_bytes_than_announced_are_refused(client, draft, maker):
    url = begin(client, draft, size=10).json()["url"]
    assert send(client, url, 0, PDF).status_code == 422


def test_upload_belongs_to_whoever_began_it(client, draft, maker):
    url = begin(client, draft).json()["url"]
    other, nobody = Client(), Client()
    other.force_login(maker_of(draft.firm))
    assert (other.get(url).status_code, nobody.get(url).status_code) == (404, 401)
    assert send(nobody, url, 0, PDF).status_code == 401


def test_file_of_another_question_or_person_is_not_taken_as_an_answer(client, draft, maker):
    url = begin(client, draft).json()["url"]
    stored = send(client, url, 0, PDF).json()["stored"]
    form = {"version": 1, "page": "p", "q-photo.stored": stored}
    client.post(f"/en/my/applications/{draft.pk}/autosave/", form)
    colleague = Client()
    colleague.force_login(maker_of(draft.firm))
    colleague.post(f"/en/my/applications/{draft.pk}/autosave/", {**form, "q-plan.stored": stored})
    draft.refresh_from_db()
    assert draft.answers == {}


def test_abandoned_uploads_are_swept_and_recent_ones_stay(draft):
    arguments = {"question": question(draft), "owner": draft, "size": 500, "by": draft.applicant}
    old, recent = (uploading.begin(name=name, **arguments) for name in ("old.pdf", "new.pdf"))
    uploading.receive(upload=old, offset=0, data=b"abc")
    Upload.objects.filter(pk=old.pk).update(heard_at=timezone.now() - timedelta(days=4))
    assert uploading.sweep() == 1
    assert list(Upload.objects.all()) == [recent]
    assert not default_storage.exists(f"uploads/{old.pk}/{0:012d}")


def zipped(entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


BOMB = {"bomb": b"\0" * 250 * 1024 * 1024}


@pytest.mark.parametrize(
    ("key", "name", "content"),
    [
        ("plan", "bomb.pdf", zipped({"a": b"\0" * 1_000_000})),
        ("pack", "bomb.zip", zipped(BOMB)),
        ("pack", "bomb.hwpx", zipped({"mimetype": b"application/hwp+zip", **BOMB})),
        ("photo", "drawing.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
        ("photo", "page.png", b"<!doctype html><script>alert(1)</script>"),
    ],
)
def test_bombs_and_disguises_are_refused(draft, key, name, content):
    with translation.override("en"), pytest.raises(ValidationError, match="not accepted here"):
        check_file(question(draft, key), SimpleUploadedFile(name, content))


def test_request_larger_than_any_form_is_refused_in_words(client, draft, maker, settings):
    settings.LARGEST_REQUEST = 1024 * 1024
    upload = SimpleUploadedFile("big.pdf", b"%PDF-1.7" + b"0" * 1024 * 1024)
    answer = client.post(f"/en/my/applications/{draft.pk}/edit/", {"version": 1, "q-plan": upload})
    assert answer.status_code == 413
    assert "may have 1 MB" in answer.content.decode()


def test_html_in_every_answer_is_text_on_every_page(client, draft, maker):
    evil = "<script>alert('x')</script>"
    client.post(f"/en/my/applications/{draft.pk}/edit/", {"version": 1, "page": "p", "q-product": evil})
    for page in ("", "edit/", "submit/"):
        content = client.get(f"/en/my/applications/{draft.pk}/{page}").content.decode()
        assert "<script>alert" not in content and "&lt;script&gt;alert" in content
