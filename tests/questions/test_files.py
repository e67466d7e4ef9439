"""An upload is what its content says, not what its name or its sender says."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from bridgehead.questions.actions import attach
from bridgehead.questions.forms.answers import answers_form
from bridgehead.questions.models import Attachment, Question
from bridgehead.questions.queries import Access, access_to
from bridgehead.questions.rules.files import check_file, kind_of
from tests.factories.calls import a_question_set
from tests.factories.organisations import a_user
from tests.factories.programmes import a_programme

PDF = b"%PDF-1.7\n%%EOF"


def picture(kind):
    out = io.BytesIO()
    Image.new("RGB", (4, 3)).save(out, kind)
    return out.getvalue()


def archive(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in files.items():
            made.writestr(name.replace("__", "/"), text)
    return out.getvalue()


def png_that_claims(width, height):
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    return b"\x89PNG\r\n\x1a\n" + chunk


def xlsx():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", "<x/>")
        made.writestr("xl/workbook.xml", "<x/>")
    return out.getvalue()


def upload(content, name="a.pdf"):
    return SimpleUploadedFile(name, content)


def question(**options):
    return Question(key="q", kind="file", label_ko="파일", options=options)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (picture("PNG"), "png"),
        (picture("JPEG"), "jpeg"),
        (archive(mimetype="application/hwp+zip"), "hwpx"),
        (xlsx(), "xlsx"),
        (archive(a="b"), "zip"),
        (b"PK\x03\x04 broken", None),
        (b"MZ program", None),
        (b"<html>", None),
        (b"", None),
    ],
)
def test_kind_is_read_from_the_content(content, kind):
    assert kind_of(upload(content, "anything.exe")) == kind


@pytest.mark.parametrize(
    ("content", "options"),
    [
        (b"", {}),
        (b"<script>", {}),
        (PDF, {"types": ["png"]}),
        (PDF + b"x" * 1024 * 1024, {"max_mb": 1}),
        (b"\x89PNG\r\n\x1a\n damaged", {}),
        (png_that_claims(60000, 60000), {}),
        (png_that_claims(10000, 9000), {}),
    ],
    ids=["empty", "no type of ours", "type not accepted", "too large", "damaged", "bomb", "too many pixels"],
)
def test_check_file_refuses(content, options):
    with pytest.raises(ValidationError):
        check_file(question(**options), upload(content))


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("사업자등록증.pdf", "사업자등록증.pdf"),
        ("../../etc/a\x00b.pdf", "ab.pdf"),
        ("x" * 200 + ".pdf", "x" * 110 + ".pdf"),
    ],
)
def test_name_keeps_its_last_part_only(name, clean):
    checked = check_file(question(), upload(PDF, "a.pdf"))
    assert checked.name == "a.pdf"
    file = upload(PDF)
    file._name = name
    assert check_file(question(), file).name == clean


@pytest.mark.django_db
def test_form_takes_a_stored_file_only_from_its_own_answers():
    question_set = a_question_set(a_programme(), {"key": "photo", "kind": "file"})
    user = a_user()
    first = answers_form(question_set, data={}, files={"q-photo": upload(PDF)}, language="ko", final=True)
    assert first.is_valid()
    stored = attach(files=first.uploads, owner=question_set, by=user)
    assert (first.answers, list(stored)) == ({}, ["photo"])
    forged = answers_form(question_set, data={"q-photo": stored["photo"]}, language="ko", final=True)
    assert list(forged.errors) == ["photo"]
    kept = answers_form(question_set, data={}, initial=stored, language="ko", final=True)
    assert kept.is_valid() and kept.answers == stored
    removed = answers_form(question_set, data={"q-photo.remove": "on"}, initial=stored, language="ko")
    assert removed.is_valid() and removed.answers == {}


@pytest.mark.django_db
def test_file_of_an_unknown_owner_is_for_its_uploader_only():
    question_set = a_question_set(a_programme())
    user = a_user()
    attach(files={"a": check_file(question(), upload(PDF))}, owner=question_set, by=user)
    attachment = Attachment.objects.get()
    assert (access_to(user, attachment), access_to(a_user(), attachment)) == (Access.FULL, Access.NONE)
    assert (attachment.size, attachment.content_type) == (len(PDF), "application/pdf")
