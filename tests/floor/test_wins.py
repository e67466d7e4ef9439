"""A win is stated, shown by evidence, confirmed by its firm, and checked by somebody else."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from bridgehead.floor.actions.stages import reach_stage
from bridgehead.floor.actions.wins import SamePerson, check_win, send_win_link
from bridgehead.floor.models import StageRecord, Standing, Win, WinLink
from bridgehead.mailing.models import Mail
from bridgehead.organisations.models import Contact
from tests.factories.floor import a_consultation
from tests.factories.organisations import a_host, maker_of, staff

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def contract(content=PDF):
    return SimpleUploadedFile("contract.pdf", content, "application/pdf")


def words(**fields):
    return {
        "confirmed_by": "Kim",
        "without_support": "never",
        "share": "none",
        "help": "decisive",
        "publish": "unnamed",
        "year_2026": "600",
        "year_2027": "300",
        **fields,
    }


@pytest.fixture
def talk():
    talk = a_consultation()
    Contact.objects.create(organisation=talk.firm, name="Kim", email="kim@example.org", language="en")
    return talk


@pytest.fixture
def record(talk):
    return signed(talk, by=maker_of(talk.firm))


def signed(talk, by):
    return reach_stage(
        consultation=talk,
        stage="signed",
        reached_on=date(2026, 2, 1),
        amount=Decimal(900),
        currency="USD",
        evidence_note="Order 17",
        by=by,
    )


def fresh(record):
    return StageRecord.objects.select_related("win").prefetch_related("files").get(pk=record.pk)


def link_of(record, **when):
    send_win_link(record=record, by=None, **when)
    return re.search(r"/w/([\w-]+)/", Mail.objects.latest("pk").body)[1]


def test_confirmed_without_evidence_is_only_stated(client, record):
    url = reverse("floor:win", args=[link_of(record)])
    assert client.post(url, words()).status_code == 302
    found = fresh(record)
    assert (found.confirmed_by, found.standing) == ("Kim", Standing.STATED)
    with translation.override("ko"):
        assert str(Standing.STATED.label) in client.get(url).content.decode()


def test_firm_confirms_by_link_with_evidence_and_years(client, record):
    url = reverse("floor:win", args=[link_of(record)])
    assert client.get(url).status_code == 200
    assert client.post(url, {**words(), "files": contract()}).status_code == 302
    found = fresh(record)
    assert found.standing == Standing.CONFIRMED
    assert (found.win.share, found.win.help, found.win.publish) == ("none", "decisive", "unnamed")
    assert list(found.win.years.values_list("year", "amount")) == [(2026, 600), (2027, 300)]


def test_false_file_is_refused_and_the_words_stay(client, record):
    url = reverse("floor:win", args=[link_of(record)])
    answer = client.post(url, {**words(confirmed_by="Park"), "files": contract(b"MZ not a document")})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["files"]
    assert b'value="Park"' in answer.content
    assert not Win.objects.exists()


def test_link_of_eight_days_ago_brings_a_fresh_one_to_the_same_address(client, record):
    token = link_of(record, at=timezone.now() - timedelta(days=8))
    url = reverse("floor:win", args=[token])
    assert client.get(url).status_code == 410
    assert client.post(url, words()).status_code == 410
    assert not Win.objects.exists()
    for _ in range(2):
        client.post(reverse("floor:win_fresh", args=[token]))
    assert [link.email for link in WinLink.objects.all()] == ["kim@example.org"] * 2
    new = re.search(r"/w/([\w-]+)/", Mail.objects.latest("pk").body)[1]
    assert client.get(reverse("floor:win", args=[new])).status_code == 200


def test_unknown_link_is_404(client):
    assert client.get(reverse("floor:win", args=["nothing"])).status_code == 404
    assert client.post(reverse("floor:win_fresh", args=["nothing"])).status_code == 404


def test_second_line_is_somebody_else_and_needs_evidence_and_the_firms_word(client, talk):
    officer, other = staff(talk.programme.host), staff(talk.programme.host)
    record = signed(talk, by=officer)
    client.force_login(other)
    urls = {
        name: reverse(f"floor:win_{name}", args=[talk.programme.slug, record.pk])
        for name in ("check", "evidence", "ask")
    }
    client.post(urls["check"], {"accept": "yes"})
    assert fresh(record).standing == Standing.STATED
    client.post(reverse("floor:win", args=[link_of(record)]), words())
    client.post(urls["check"], {"accept": "yes"})
    assert not Win.objects.get().accepted
    client.post(urls["evidence"], {"files": contract()})
    with pytest.raises(SamePerson):
        check_win(record=record, accept=True, note="", by=officer)
    client.post(urls["check"], {"accept": "no", "note": ""})
    assert Win.objects.get().checked_at is None
    client.post(urls["check"], {"accept": "no", "note": "the buyer's name is missing"})
    assert fresh(record).standing == Standing.CONFIRMED
    client.post(urls["check"], {"accept": "yes"})
    assert fresh(record).standing == Standing.CHECKED
    assert client.get(reverse("floor:wins", args=[talk.programme.slug])).status_code == 200


def test_corrected_amount_takes_back_confirmation_and_check(client, talk, record):
    client.post(reverse("floor:win", args=[link_of(record)]), {**words(), "files": contract()})
    check_win(record=record, accept=True, note="", by=staff(talk.programme.host))
    reach_stage(
        consultation=talk,
        stage="signed",
        reached_on=date(2026, 2, 1),
        amount=Decimal(800),
        currency="USD",
        by=None,
    )
    assert fresh(record).standing == Standing.EVIDENCED
    client.post(reverse("floor:win", args=[link_of(record)]), words())
    assert fresh(record).standing == Standing.CONFIRMED


def test_maker_adds_evidence_and_confirms_on_its_own_page(client, talk, record):
    client.force_login(maker_of(talk.firm))
    args = [talk.programme.slug, talk.pk, record.pk]
    client.post(reverse("floor:my_evidence", args=args), {"files": contract()})
    sent = {f"{record.pk}-{name}": value for name, value in words().items()}
    assert client.post(reverse("floor:my_confirm", args=args), sent).status_code == 302
    assert fresh(record).standing == Standing.CONFIRMED
    missing = {**sent, f"{record.pk}-share": ""}
    assert client.post(reverse("floor:my_confirm", args=args), missing).status_code == 422


def test_evidence_is_read_by_the_firm_and_the_desk_only(client, talk, record):
    client.post(reverse("floor:win", args=[link_of(record)]), {**words(), "files": contract()})
    url = reverse("questions:file", args=[record.files.get().attachment_id])
    for person, code in (
        (maker_of(talk.firm), 200),
        (staff(talk.programme.host), 200),
        (staff(a_host()), 404),
    ):
        client.force_login(person)
        assert client.get(url).status_code == code


def test_list_of_three_wins_takes_as_many_queries_as_of_one(client, talk, record):
    client.force_login(staff(talk.programme.host))
    url = reverse("floor:wins", args=[talk.programme.slug])

    def count():
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    client.post(reverse("floor:win", args=[link_of(record)]), {**words(), "files": contract()})
    one = count()
    for _ in range(2):
        more = signed(a_consultation(talk.programme, talk.firm), by=None)
        client.post(reverse("floor:win", args=[link_of(more)]), {**words(), "files": contract()})
    assert count() == one
