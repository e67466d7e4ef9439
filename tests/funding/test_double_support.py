"""The same cost, the same file and nearly the same photo, on whichever host's claims; overruled by two."""

import random
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from PIL import Image, ImageDraw

from bridgehead.audit.models import Entry
from bridgehead.funding import actions
from bridgehead.funding.actions import CHECKS
from bridgehead.funding.models import SupportLine
from bridgehead.funding.overlaps import COST, FILE, PHOTO, overlaps
from bridgehead.questions.models import Question
from bridgehead.questions.rules.files import check_file
from tests.factories.funding import a_claim, a_cost_item, a_promise
from tests.factories.organisations import a_firm, a_host, a_user
from tests.factories.programmes import a_programme, an_edition

pytestmark = pytest.mark.django_db
FILES = Question(kind=Question.Kind.FILE, options={"types": ["jpeg", "png", "pdf"], "max_mb": 10})


def a_receipt(seed):
    """A picture with lines like a receipt's, the same for the same seed."""
    dice, picture = random.Random(seed), Image.new("L", (600, 900), 245)
    draw = ImageDraw.Draw(picture)
    for _row in range(30):
        left, top = dice.randint(20, 400), dice.randint(20, 860)
        box = (left, top, left + dice.randint(40, 180), top + dice.randint(6, 60))
        draw.rectangle(box, fill=dice.randint(0, 120))
    return picture


def uploaded(picture, *, quality=90, name="receipt.jpg"):
    content = BytesIO()
    picture.save(content, "JPEG", quality=quality)
    upload = SimpleUploadedFile(name, content.getvalue(), content_type="image/jpeg")
    return check_file(FILES, upload)


def found(line):
    return [(overlap.kind, overlap.host_slug, overlap.line_pk) for overlap in overlaps(line)]


def two_hosts_one_cost(**fields):
    """Two hosts promising the same firm the same cost at the same fair edition."""
    edition, firm = an_edition(), a_firm()
    ours, theirs = (a_programme(host, edition=edition) for host in (a_host(), a_host(contact="031-1")))
    line = a_promise(a_cost_item(ours, code="booth"), firm, **fields)
    other = a_promise(a_cost_item(theirs, code="booth"), firm)
    return line, other


def test_overlap_names_the_other_host_and_nothing_else():
    line, other = two_hosts_one_cost()
    [overlap] = overlaps(line)
    host = other.programme.host
    assert (overlap.kind, overlap.host, overlap.contact) == (COST, str(host), "031-1")
    assert (overlap.line_pk, overlap.programme_slug) == (None, "")


def test_overlap_in_the_hosts_own_other_programme_opens_the_line():
    edition, firm, host = an_edition(), a_firm(), a_host()
    line, other = (
        a_promise(a_cost_item(a_programme(host, edition=edition), code="booth"), firm) for _ in range(2)
    )
    assert found(line) == [(COST, host.slug, other.pk)]


def test_overlap_needs_the_same_edition_the_same_cost_and_a_live_line():
    line, other = two_hosts_one_cost()
    a_promise(a_cost_item(a_programme(edition=an_edition()), code="booth"), line.firm)
    a_promise(a_cost_item(a_programme(edition=line.programme.edition), code="freight"), line.firm)
    actions.refuse(line=other, by=a_user(), reason="taken by the other host")
    assert overlaps(line) == []


@pytest.mark.parametrize(("starts", "expected"), [(date(2025, 6, 1), 1), (date(2025, 7, 1), 0)])
def test_overlap_without_a_fair_needs_the_same_period(starts, expected):
    firm, days = a_firm(), {"starts_on": date(2025, 5, 1), "ends_on": date(2025, 6, 30)}
    line = a_promise(a_cost_item(a_programme(edition=None, **days), code="training"), firm)
    later = a_programme(edition=None, starts_on=starts, ends_on=date(2025, 12, 31))
    a_promise(a_cost_item(later, code="training"), firm)
    assert len(overlaps(line)) == expected


def test_same_file_on_the_claim_of_another_firm_of_another_host_is_found():
    picture = a_receipt(1)
    first = a_claim(a_promise(), receipt=uploaded(picture))
    second = a_claim(a_promise(), receipt=uploaded(picture, name="other-name.jpg"))
    assert found(second) == [(FILE, first.programme.host.slug, None)]


@pytest.mark.parametrize("change", ["smaller", "paler", "poorer"])
def test_nearly_the_same_photo_is_found(change):
    picture = a_receipt(2)
    first = a_claim(a_promise(), receipt=uploaded(picture))
    changed = {
        "smaller": lambda: uploaded(picture.resize((300, 450))),
        "paler": lambda: uploaded(picture.point(lambda value: min(255, value + 25))),
        "poorer": lambda: uploaded(picture, quality=25),
    }[change]()
    second = a_claim(a_promise(), receipt=changed)
    assert found(second) == [(PHOTO, first.programme.host.slug, None)]


def test_photos_of_different_receipts_are_not_taken_for_one():
    claims = [a_claim(a_promise(), receipt=uploaded(a_receipt(seed))) for seed in range(10, 22)]
    assert [found(line) for line in claims] == [[]] * 12


def test_photo_of_a_refused_claim_stands_in_nobodys_way():
    picture = a_receipt(3)
    actions.refuse(
        line=a_claim(a_promise(), receipt=uploaded(picture)), by=a_user(), reason="wrong programme"
    )
    assert overlaps(a_claim(a_promise(), receipt=uploaded(picture))) == []


def test_overlap_takes_four_queries_for_any_number_of_findings():
    counts = []
    for others in (1, 3):
        picture = a_receipt(others)
        for _ in range(others):
            a_claim(a_promise(), receipt=uploaded(picture))
        line = SupportLine.objects.select_related("programme", "cost_item").get(
            pk=a_claim(a_promise(), receipt=uploaded(picture)).pk
        )
        with CaptureQueriesContext(connection) as queries:
            assert len(overlaps(line)) == others
        counts.append(len(queries))
    assert counts == [5, 5]


def test_approval_waits_until_a_second_person_confirms_why_it_is_no_double_support():
    line, other = two_hosts_one_cost()
    a_claim(line)
    officer, finance = a_user(), a_user()
    with pytest.raises(actions.DoubleSupport), transaction.atomic():
        actions.approve(line=line, by=finance)
    with pytest.raises(actions.ReasonMissing):
        actions.ask_overruling(line=line, by=officer, reason=" ")
    actions.ask_overruling(line=line, by=officer, reason="Other half of the rent, agreed by phone.")
    with pytest.raises(actions.DoubleSupport), transaction.atomic():
        actions.approve(line=line, by=finance)
    with pytest.raises(actions.FourEyes):
        actions.confirm_overruling(line=line, by=officer)
    actions.confirm_overruling(line=line, by=finance)
    assert actions.approve(line=line, by=finance).state == SupportLine.State.APPROVED
    entry = Entry.objects.get(verb="support.overlap_explain")
    assert entry.reason == "Other half of the rent, agreed by phone."
    assert entry.data["overlaps"] == [other.programme.host.slug]


def test_overruling_by_one_person_alone_is_refused_by_the_database():
    line, _other = two_hosts_one_cost()
    person = a_user()
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportLine.objects.filter(pk=line.pk).update(overlap_asked_by=person, overlap_confirmed_by=person)


def test_payment_waits_for_an_overlap_found_after_the_approval():
    line, _other = two_hosts_one_cost()
    a_claim(line)
    actions.ask_overruling(line=line, by=a_user(), reason="half")
    actions.confirm_overruling(line=line, by=a_user())
    actions.approve(line=line, by=a_user())
    third = a_cost_item(a_programme(edition=line.programme.edition), code="booth")
    a_promise(third, line.firm)
    with pytest.raises(actions.DoubleSupport), transaction.atomic():
        actions.settle(line=line, by=a_user(), on=date(2025, 4, 1), checks=CHECKS)
    actions.ask_overruling(line=line, by=a_user(), reason="a third part")
    actions.confirm_overruling(line=line, by=a_user())
    paid = actions.settle(line=line, by=a_user(), on=date(2025, 4, 1), checks=CHECKS)
    assert paid.overlap_note == "half\na third part"
