"""Pages of vouchers: whose they are, what they say, and what a wrong answer keeps."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from bridgehead.funding import steps
from bridgehead.funding.actions import vouchers
from bridgehead.funding.models import Booking, Quote, ServiceProvider, Voucher, VoucherTerms
from bridgehead.kit.clock import today
from bridgehead.mailing.models import Mail
from tests.factories.organisations import a_business_number, a_firm, a_host, a_user, maker_of, staff
from tests.factories.programmes import a_programme
from tests.factories.vouchers import (
    a_booking,
    a_provider,
    a_quote,
    a_voucher,
    a_voucher_item,
    an_accepted_booking,
    an_invoice,
)

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"funding:{name}", args=args)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


@pytest.fixture
def booking():
    return a_booking(a_voucher(a_voucher_item(rate=Decimal(90))))


@pytest.fixture
def sides(booking):
    """(maker, provider) of the booking."""
    return maker_of(booking.line.firm), maker_of(booking.provider.organisation)


def test_provider_sees_its_own_bookings_and_nothing_of_others(client, booking, sides):
    other = a_booking(booking.voucher)
    client.force_login(sides[1])
    page = client.get(url("provider_home")).content.decode()
    assert url("provider_booking", booking.pk) in page
    assert url("provider_booking", other.pk) not in page
    for name, row in [
        ("provider_booking", other),
        ("provider_quote", other.quote),
        ("provider_profile", other.provider),
    ]:
        assert client.get(url(name, row.pk)).status_code == 404
    for name in ("my_booking", "my_voucher", "my_request"):
        assert client.get(url(name, booking.pk)).status_code == 404
    answer = client.post(url("provider_booking_act", other.pk, "confirm"))
    assert (answer.status_code, fresh(other).state) == (404, "booked")


def test_proof_is_read_by_both_sides_and_finance_only(client, booking, sides):
    vouchers.confirm_booking(booking=booking, by=sides[1])
    client.force_login(sides[1])
    proof = SimpleUploadedFile("proof.pdf", b"%PDF-1.7\n%%EOF", content_type="application/pdf")
    answer = client.post(
        url("provider_booking_act", booking.pk, "deliver"),
        {"delivered_on": today().isoformat(), "note": "20 pages", "proof": proof},
    )
    assert (answer.status_code, fresh(booking).state) == (302, "delivered")
    client.force_login(sides[0])
    page = client.get(url("my_booking", booking.pk)).content.decode()
    address = page.split("proof.pdf")[0].rpartition('href="')[2].partition('"')[0]
    colleague = maker_of(booking.provider.organisation)
    finance = staff(booking.line.programme.host, "finance")
    for person, status in [(sides[0], 200), (colleague, 200), (finance, 200), (a_user(), 404)]:
        client.force_login(person)
        assert client.get(address).status_code == status


def test_words_typed_about_a_delivery_survive_a_missing_file(client, booking, sides):
    vouchers.confirm_booking(booking=booking, by=sides[1])
    client.force_login(sides[1])
    answer = client.post(
        url("provider_booking_act", booking.pk, "deliver"),
        {"delivered_on": today().isoformat(), "note": "Twenty pages, proofread"},
    )
    assert answer.status_code == 422
    assert "Twenty pages, proofread" in answer.content.decode()


def test_maker_sees_own_share_before_booking_and_books_what_was_shown(client):
    voucher = a_voucher(a_voucher_item(rate=Decimal(90)))
    maker = maker_of(voucher.line.firm, language="en")
    quote = a_quote(voucher, amount=500_000)
    client.force_login(maker)
    page = client.get("/en" + url("my_request", quote.request_id).removeprefix("/ko")).content.decode()
    assert "KRW 450,000" in page
    assert "KRW 50,000" in page
    client.post(url("my_book", quote.pk), {"covered": "500000"})
    assert not Booking.objects.exists()
    client.post(url("my_book", quote.pk), {"covered": "450000"})
    assert Booking.objects.get().covered == Decimal(450_000)


def test_makers_find_providers_by_service_and_language(client):
    voucher = a_voucher()
    host = voucher.line.programme.host
    italian, english = a_provider(host, languages="ko,it"), a_provider(host, languages="ko,en")
    a_provider(host, "freight")
    client.force_login(maker_of(voucher.line.firm))
    address = url("my_providers", voucher.pk)
    found = client.get(address, {"service": "translation"}).context["providers"]
    assert set(found) == {italian, english}
    assert list(client.get(address, {"service": "translation", "language": "it"}).context["providers"]) == [
        italian
    ]
    answer = client.post(f"{address}?service=translation", {"providers": [italian.pk, english.pk]})
    assert answer.status_code == 422
    assert f'value="{english.pk}" id="provider-{english.pk}" checked' in answer.content.decode()
    facts = {"providers": [italian.pk, english.pk], "description": "20 pages"}
    client.post(f"{address}?service=translation", facts)
    assert Quote.objects.filter(state="asked").count() == 2


def test_maker_cannot_cancel_what_was_delivered(client, booking, sides):
    vouchers.confirm_booking(booking=booking, by=sides[1])
    vouchers.report_delivery(booking=booking, delivered_on=today(), by=sides[1])
    client.force_login(sides[0])
    answer = client.post(url("my_booking_act", booking.pk, "cancel"), {"reason": "Too dear"})
    assert (answer.status_code, fresh(booking).state) == (404, "delivered")


def test_officer_sees_count_and_names_before_anything_is_issued(client):
    programme = a_programme()
    item, firms = a_voucher_item(programme), [a_firm(), a_firm()]
    VoucherTerms.objects.create(programme=programme, cost_item=item, value=Decimal(2_000_000))
    for firm in firms:
        vouchers.cancel_voucher(voucher=a_voucher(item, firm, 1), reason="Test", by=a_user())
    client.force_login(staff(programme.host))
    facts = {"cost_item": item.pk, "value": "2,000,000", "expires_on": today() + timedelta(days=30)}
    facts["firms"] = [firm.pk for firm in firms]
    page = client.post(url("voucher_issue", programme.slug), facts).content.decode()
    assert all(str(firm) in page for firm in firms)
    assert Voucher.objects.filter(ended="").count() == 0
    client.post(url("voucher_issue", programme.slug), {**facts, "confirm": "1"})
    assert [voucher.value for voucher in Voucher.objects.filter(ended="")] == [Decimal(2_000_000)] * 2


def test_officer_extends_cancels_and_takes_the_cancellation_back(client):
    voucher = a_voucher()
    slug = voucher.programme.slug
    client.force_login(staff(voucher.programme.host))
    later = today() + timedelta(days=120)
    client.post(url("voucher_act", slug, voucher.pk, "extend"), {"expires_on": later})
    client.post(url("voucher_act", slug, voucher.pk, "cancel"), {"reason": ""})
    assert (fresh(voucher).expires_on, fresh(voucher).state) == (later, "valid")
    client.post(url("voucher_act", slug, voucher.pk, "cancel"), {"reason": "Closed"})
    assert fresh(voucher).state == "cancelled"
    client.post(url("voucher_act", slug, voucher.pk, "reopen"), {"expires_on": later})
    assert fresh(voucher).remaining == Decimal(2_000_000)


def test_every_figure_of_the_overview_opens_its_rows(client):
    voucher = a_voucher(value=5_000_000)
    a_booking(voucher)
    an_invoice(an_accepted_booking(voucher))
    slug = voucher.programme.slug
    client.force_login(staff(voucher.programme.host, "auditor"))
    overview = client.get(url("vouchers", slug)).context["overview"]
    assert (overview.issued, overview.left, overview.booked) == (5_000_000, 4_000_000, 1_000_000)
    for groups, name in [("services", "service"), ("providers", "provider"), ("stages", "stage")]:
        for group in getattr(overview, groups):
            rows = client.get(url("voucher_bookings", slug), {name: group.value}).context["page_obj"]
            assert (len(rows), sum(row.covered for row in rows)) == (group.count, group.covered)
    assert len(client.get(url("voucher_bookings", slug), {"open": 1}).context["page_obj"]) == 2


@pytest.mark.parametrize("page", ["vouchers", "voucher_bookings", "my_voucher", "provider_home", "providers"])
def test_pages_ask_the_database_no_more_for_three_rows_than_for_one(client, page):
    voucher = a_voucher(value=9_000_000)
    firm, programme = voucher.line.firm, voucher.programme
    provider = a_provider(programme.host)
    person = staff(programme.host)
    firm.memberships.create(user=person)
    provider.organisation.memberships.create(user=person)
    client.force_login(person)
    arguments = {
        "vouchers": [programme.slug],
        "voucher_bookings": [programme.slug],
        "my_voucher": [voucher.pk],
    }
    counts = []
    for _more in range(2):
        for _row in range(1 if not counts else 2):
            vouchers.book_quote(quote=a_quote(voucher, provider), by=a_user())
            a_quote(voucher, provider, None)
            a_provider(programme.host)
        client.get(url(page, *arguments.get(page, [])))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(url(page, *arguments.get(page, [])))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_workbook_holds_a_row_for_each_voucher_and_booking(client):
    voucher = a_voucher()
    booking = a_booking(voucher)
    client.force_login(staff(voucher.programme.host))
    content = client.get(url("vouchers_xlsx", voucher.programme.slug)).content
    sheets = CalamineWorkbook.from_filelike(BytesIO(content))
    rows = [sheets.get_sheet_by_index(number).to_python() for number in (0, 1)]
    assert [row[0] for row in rows[0][1:]] == [voucher.number]
    assert [row[2] for row in rows[1][1:]] == [booking.provider.organisation.name_ko]


def provider_facts(host, **changes):
    rows = {"prices-TOTAL_FORMS": 1, "prices-INITIAL_FORMS": 0}
    price = {"prices-0-service": "freight", "prices-0-unit": "kg", "prices-0-price": "14,000"}
    about = {
        "host": host.pk, "business_number": a_business_number(), "name_ko": "남한강물류", "contact": "구본승",
        "email": "nam@example.org", "languages": ["ko", "en"],
    }  # fmt: skip
    return {**rows, **price, **about, **changes}


def test_officer_adds_a_provider_that_signs_in_with_its_address(client):
    host = a_host()
    client.force_login(staff(host))
    assert client.post(url("provider_new"), provider_facts(host, business_number="123")).status_code == 422
    client.post(url("provider_new"), provider_facts(host))
    provider = ServiceProvider.objects.get()
    assert provider.approvals.get().host == host
    assert [price.price for price in provider.prices.all()] == [Decimal(14_000)]
    assert provider.organisation.memberships.get().user.email == "nam@example.org"
    stranger = staff(a_host())
    client.force_login(stranger)
    client.post(url("provider_decide", provider.pk, "suspend"), {"host": host.pk, "reason": "Late"})
    assert provider.approvals.get().state == "approved"


def test_provider_keeps_its_price_list(client):
    provider = a_provider(a_host())
    client.force_login(maker_of(provider.organisation))
    row = provider.prices.get()
    facts = {
        "prices-TOTAL_FORMS": 2, "prices-INITIAL_FORMS": 1, "prices-0-id": row.pk, "prices-0-service": "translation",
        "prices-0-unit": "page", "prices-0-price": "40,000", "prices-1-service": "documents", "prices-1-unit": "job",
        "contact": "Kim", "email": "kim@example.org", "languages": ["ko"],
    }  # fmt: skip
    client.post(url("provider_profile", provider.pk), facts)
    prices = provider.prices.order_by("service").values_list("service", "price")
    assert list(prices) == [("documents", None), ("translation", Decimal(40_000))]


def test_finance_finds_the_booking_on_the_line_and_nobody_claims_there(client):
    line = an_invoice(an_accepted_booking())
    client.force_login(staff(line.programme.host, "finance"))
    page = client.get(url("line", line.programme.slug, line.pk)).content.decode()
    assert url("voucher_booking", line.programme.slug, line.booking.pk) in page
    booking = a_booking()
    client.force_login(staff(booking.line.programme.host))
    answer = client.post(url("claim", booking.line.programme.slug, booking.line_id), {})
    assert answer.status_code == 404
    client.force_login(maker_of(booking.line.firm))
    assert client.get(url("my_claim", booking.line_id)).status_code == 404


def test_each_side_is_told_what_to_do_next():
    voucher = a_voucher()
    maker, host = maker_of(voucher.line.firm), voucher.line.programme.host
    provider = a_provider(host)
    worker = maker_of(provider.organisation)

    def waiting(person):
        return [task.url for task in steps.tasks_of(person)]

    assert waiting(maker) == []
    quote = a_quote(voucher, provider, None)
    assert waiting(worker) == [url("provider_quote", quote.pk)]
    facts = {"amount": Decimal(100_000), "valid_until": today() + timedelta(days=5)}
    vouchers.give_quote(quote=quote, by=worker, **facts)
    assert (waiting(worker), waiting(maker)) == ([], [url("my_request", quote.request_id)])
    booking = vouchers.book_quote(quote=quote, by=maker)
    own, theirs = url("my_booking", booking.pk), url("provider_booking", booking.pk)
    assert (waiting(worker), waiting(maker)) == ([theirs], [])
    vouchers.confirm_booking(booking=booking, by=worker)
    assert waiting(worker) == [theirs]
    vouchers.report_delivery(booking=booking, delivered_on=today(), by=worker)
    assert (waiting(worker), waiting(maker)) == ([], [own])
    vouchers.accept_delivery(booking=booking, by=maker)
    assert (waiting(worker), waiting(maker)) == ([theirs], [])
    line = an_invoice(booking, by=worker)
    assert waiting(worker) == []
    assert url("line", line.programme.slug, line.pk) in waiting(staff(host, "finance"))


def test_mails_are_in_the_language_of_their_reader():
    voucher = a_voucher()
    provider = a_provider(voucher.line.programme.host)
    for language in ("ko", "en"):
        maker_of(provider.organisation, language=language)
    a_quote(voucher, provider, None)
    found = Mail.objects.filter(kind="funding.voucher_asked").order_by("pk")
    assert [mail.subject for mail in found] == ["견적 요청: 번역", "Request for a quote: Translation"]
