"""Pictures of concepts: what is taken in by its content, and how it comes to be shown with words for it."""

import io
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from bridgehead.engines.termbase import read, write
from bridgehead.terminology import pictures
from bridgehead.terminology.actions.editing import approve
from bridgehead.terminology.actions.importing import import_concepts
from bridgehead.terminology.actions.picturing import keep_picture
from bridgehead.terminology.models import Concept, Picture, Proposal
from bridgehead.terminology.pictures import ALT, checked
from bridgehead.terminology.queries.concepts import as_engine
from tests.factories.organisations import a_host, staff
from tests.factories.terminology import a_concept, a_picture

pytestmark = pytest.mark.django_db


def test_a_picture_is_written_anew_without_what_a_camera_says_about_the_place():
    exif = Image.Exif()
    exif[0x010F] = "Camera of the workshop"
    exif[0x0112] = 6  # lies on its side
    upload = a_picture(60, 20, kind="jpeg", name="ring.jpg", exif=exif)
    found = checked(upload)
    assert (found.kind, found.width, found.height) == ("jpeg", 20, 60)
    assert b"Camera of the workshop" not in found.content
    assert not Image.open(io.BytesIO(found.content)).getexif()


def test_a_large_picture_becomes_smaller():
    found = checked(a_picture(3200, 100))
    assert (found.width, found.height) == (1600, 50)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "빈 파일"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "PNG 또는 JPEG"),
        (b"GIF89a" + b"\0" * 40, "PNG 또는 JPEG"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "손상"),
        (a_picture().read()[:60], "손상"),
    ],
    ids=["empty", "svg", "gif", "no picture", "cut off"],
)
def test_what_is_no_picture_is_refused_by_its_content(content, why):
    with pytest.raises(ValidationError, match=why):
        checked(SimpleUploadedFile("ring.png", content, "image/png"))


def test_too_many_pixels_or_bytes_are_refused(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 999)
    with pytest.raises(ValidationError, match="40 × 30"):
        checked(a_picture())
    monkeypatch.setattr(pictures, "MOST_MEGABYTES", 0)
    with pytest.raises(ValidationError, match="0MB"):
        checked(a_picture())


def test_the_same_picture_is_kept_once():
    first = keep_picture(upload=a_picture(), by=None)
    assert keep_picture(upload=a_picture(name="other.png"), by=None) == first


def frame(number=0, **fields):
    return {
        "field": "",
        "broader": "",
        "narrower": "",
        "related": "",
        "see_also": "",
        "reason": "",
        "images-TOTAL_FORMS": "1",
        "images-INITIAL_FORMS": str(number),
        "images-0-address": "",
        "images-0-alt_ko": "",
        "images-0-alt_en": "",
    } | {f"images-0-{name}": value for name, value in fields.items()}


@pytest.fixture
def editor(client):
    client.force_login(staff(a_host(), "editor"))
    return client


def test_a_picture_sent_in_is_public_with_its_words_once_it_is_approved(editor):
    gem = a_concept("gem")
    address = reverse("terminology:desk_frame", args=[gem.pk])
    said = {"alt_ko": "세공한 보석", "alt_en": "a cut stone"}
    assert editor.post(address, frame(picture=a_picture(), **said)).status_code == 302
    shown = f"/dictionary/pictures/{Picture.objects.get().digest}/"
    proposal = Proposal.objects.get(state="proposed")
    assert proposal.content["images"] == [shown]
    assert proposal.content["extra"] == {ALT: {shown: {"ko": "세공한 보석", "en": "a cut stone"}}}
    assert shown in editor.get(reverse("terminology:proposal", args=[proposal.pk])).text
    approve(proposal=proposal, by=None)
    assert f'src="{shown}" alt="세공한 보석"' in editor.get("/ko/dictionary/concepts/gem/").text
    assert f'src="{shown}" alt="a cut stone"' in editor.get("/en/dictionary/concepts/gem/").text
    answer = editor.get(shown)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert as_engine(Concept.objects.get(code="gem")).images == (shown,)


def test_a_picture_without_words_is_asked_for_them_and_need_not_be_chosen_again(editor):
    gem = a_concept("gem")
    address = reverse("terminology:desk_frame", args=[gem.pk])
    answer = editor.post(address, frame(picture=a_picture(), alt_ko="세공한 보석"))
    assert answer.status_code == 422
    shown = f"/dictionary/pictures/{Picture.objects.get().digest}/"
    assert f'value="{shown}"' in answer.text
    assert "세공한 보석" in answer.text
    again = editor.post(address, frame(address=shown, alt_ko="세공한 보석", alt_en="a cut stone"))
    assert again.status_code == 302
    assert Proposal.objects.get(state="proposed").content["images"] == [shown]


def test_no_picture_leaves_the_rest_of_the_form_as_it_was_typed(editor):
    gem = a_concept("gem")
    answer = editor.post(
        reverse("terminology:desk_frame", args=[gem.pk]),
        frame(picture=SimpleUploadedFile("ring.png", b"<svg/>"), alt_ko="세공한 보석", alt_en="a cut stone"),
    )
    assert answer.status_code == 422
    assert "PNG 또는 JPEG" in answer.text
    assert "a cut stone" in answer.text
    assert not Picture.objects.exists()


def test_a_picture_is_taken_out_by_its_mark(editor):
    gem = a_concept("gem")
    shown = f"/dictionary/pictures/{keep_picture(upload=a_picture(), by=None).digest}/"
    gem.images = [shown]
    gem.save(update_fields=["images"])
    address = reverse("terminology:desk_frame", args=[gem.pk])
    assert editor.post(address, frame(1, address=shown, away="on")).status_code == 302
    assert "images" not in Proposal.objects.get(state="proposed").content


@pytest.mark.parametrize("format", ["xlsx", "skos", "tbx-linguist"])
def test_a_table_that_cannot_carry_the_words_does_not_take_them_away(format):
    gem = a_concept("gem")
    gem.images, gem.extra = ["/a/"], {ALT: {"/a/": {"ko": "보석", "en": "gem"}}}
    gem.save(update_fields=["images", "extra"])
    again = read(write([as_engine(gem)], format).content, format=format).concepts
    report = import_concepts(concepts=[replace(again[0], images=("/a/",))], by=None, dry_run=True)
    assert report.changes == []
