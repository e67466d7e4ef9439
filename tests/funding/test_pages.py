from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from bridgehead.funding import actions
from bridgehead.funding.actions import CHECKS
from bridgehead.funding.models import (
    Ceiling,
    CostItem,
    FirmAccount,
    FundingSource,
    IncomingGrant,
    SupportLine,
)
from tests.factories.funding import a_ceiling, a_claim, a_cost_item, a_promise, a_source
from tests.factories.organisations import a_firm, a_host, a_user, maker_of, staff
from tests.factories.programmes import a_programme, an_edition

pytestmark = pytest.mark.django_db
State = SupportLine.State


def url(name, *args):
    return reverse(f"funding:{name}", args=args)


def photo(name="receipt.jpg"):
    content = BytesIO()
    Image.new("RGB", (8, 8)).save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), content_type="image/jpeg")


def receipt(**changes):
    facts = {"receipt_number": "R-1", "receipt_issuer": "IEG", "receipt_on": "2025-03-03"}
    return {**facts, "receipt_amount": "500", "receipt_currency": "EUR", "receipt": photo(), **changes}


@pytest.fixture
def booth():
    """A cost item of a programme with a ceiling of 8M."""
    item = a_cost_item(a_programme(), code="booth", name_en="Booth", name_ko="부스")
    a_ceiling(item.programme)
    return item


MONEY_PAGES = [
    ("programme", "view"),
    ("firm", "view"),
    ("line", "view"),
    ("promise", "edit"),
    ("source_new", "edit"),
    ("item_new", "edit"),
    ("ceiling_new", "edit"),
]
MAY = {
    "officer": {"view", "edit"},
    "operator": {"view", "edit"},
    "finance": {"view", "edit"},
    "auditor": {"view"},
    "reviewer": set(),
    "editor": set(),
    "administrator": set(),
}


@pytest.mark.parametrize(("page", "need"), MONEY_PAGES)
def test_money_pages_open_for_those_who_may_and_are_not_there_for_others(client, booth, page, need):
    line = a_promise(booth)
    more = {"firm": [line.firm.slug], "line": [line.pk]}.get(page, [])
    address = url(page, booth.programme.slug, *more)
    assert client.get(address).status_code == 302
    for role, permissions in MAY.items():
        client.force_login(staff(booth.programme.host, role))
        assert client.get(address).status_code == (200 if need in permissions else 404), role
    client.force_login(staff(a_host(), "finance"))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("move", "roles"),
    [("claim", {"officer", "operator", "finance"}), ("approve", {"finance"}), ("settle", {"finance"})],
)
def test_moves_are_only_there_for_those_who_may(client, booth, move, roles):
    address = url(move, booth.programme.slug, a_promise(booth).pk)
    for role in MAY:
        client.force_login(staff(booth.programme.host, role))
        assert client.post(address, {}).status_code == (422 if role in roles else 404), role
        assert client.get(address).status_code == 405


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_money_page_takes_the_same_queries_for_one_firm_and_for_three(client, booth):
    client.force_login(staff(booth.programme.host, "finance"))
    address, counts = url("programme", booth.programme.slug), []
    for firms in (1, 2):
        for _ in range(firms):
            a_claim(a_promise(booth))
            a_source(booth.programme)
        counts.append(queries_of(client, address))
    assert len(client.get(address).context["firms"]) == 3
    assert counts[0] == counts[1]


def test_firm_page_takes_the_same_queries_for_one_line_and_for_three(client, booth):
    firm, counts = a_firm(), []
    client.force_login(staff(booth.programme.host))
    for lines in (1, 2):
        for _ in range(lines):
            a_promise(booth, firm)
        counts.append(queries_of(client, url("firm", booth.programme.slug, firm.slug)))
    assert counts[0] == counts[1]


def test_my_support_takes_the_same_queries_for_one_programme_and_for_three(client):
    firm, counts = a_firm(), []
    client.force_login(maker_of(firm))
    for programmes in (1, 2):
        for _ in range(programmes):
            a_promise(item := a_cost_item(a_programme()), firm)
            a_promise(item, firm)
        counts.append(queries_of(client, url("my_support")))
    assert counts[0] == counts[1]


def test_source_item_and_ceiling_are_added_through_their_forms(client):
    programme = a_programme()
    client.force_login(staff(programme.host))
    client.post(
        url("source_new", programme.slug), {"kind": "city", "name_ko": "시비", "amount": "50,000,000"}
    )
    item = {"code": "booth", "name_ko": "부스", "mode": "cash", "rate": "70", "cap": "", "budget": "20000000"}
    item["rest_borne_by"] = "firm"
    client.post(url("item_new", programme.slug), item)
    client.post(url("ceiling_new", programme.slug), {"amount": "8000000", "effective_from": "2025-01-01"})
    assert FundingSource.objects.get().amount == Decimal(50_000_000)
    assert (CostItem.objects.get().rate, CostItem.objects.get().cap) == (Decimal(70), None)
    assert Ceiling.objects.get().effective_from == date(2025, 1, 1)
    again = client.post(url("item_new", programme.slug), item)
    assert again.status_code == 422
    assert CostItem.objects.count() == 1


def test_ceiling_too_low_comes_back_with_the_names_and_what_was_typed(client, booth):
    line = a_promise(booth, amount=6_000_000)
    client.force_login(staff(booth.programme.host))
    response = client.post(
        url("ceiling_new", booth.programme.slug), {"amount": "5,000,000", "effective_from": "2026-01-01"}
    )
    assert response.status_code == 422
    assert line.firm.name in str(response.context["form"].errors["amount"])
    assert b'value="5,000,000"' in response.content


def test_cost_item_in_use_is_kept_and_the_page_says_why(client, booth):
    a_promise(booth)
    client.force_login(staff(booth.programme.host))
    response = client.post(url("item_remove", booth.programme.slug, booth.pk), follow=True)
    assert CostItem.objects.filter(pk=booth.pk).exists()
    assert len(list(response.context["messages"])) == 1


def test_promise_to_several_firms_from_the_form(client, booth):
    firms = [a_firm(), a_firm()]
    for firm in firms:
        actions.open_account(programme=booth.programme, firm=firm)
    client.force_login(staff(booth.programme.host))
    data = {"cost_item": booth.pk, "amount": "3000000", "firms": [firm.pk for firm in firms]}
    assert client.post(url("promise", booth.programme.slug), data).status_code == 302
    too_much = client.post(url("promise", booth.programme.slug), {**data, "amount": "6000000"})
    assert "5,000,000" in str(too_much.context["form"].errors["amount"])
    assert SupportLine.objects.count() == 2


def test_line_goes_from_claim_to_payment_through_its_page(client, booth):
    line, officer = a_promise(booth), staff(booth.programme.host)
    client.force_login(officer)
    client.post(url("claim", booth.programme.slug, line.pk), receipt())
    line.refresh_from_db()
    assert (line.state, line.receipt.owner_id) == (State.CLAIMED, str(line.pk))
    client.force_login(staff(booth.programme.host, "finance"))
    assert client.get(reverse("questions:file", args=[line.receipt.pk])).status_code == 200
    client.post(url("approve", booth.programme.slug, line.pk))
    settle = url("settle", booth.programme.slug, line.pk)
    assert client.post(settle, {"on": "2025-04-01", "checks": ["account"]}).status_code == 422
    client.post(settle, {"on": "2025-04-01", "checks": CHECKS})
    line.refresh_from_db()
    assert (line.state, line.settled_on) == (State.PAID, date(2025, 4, 1))
    page = client.get(url("line", booth.programme.slug, line.pk))
    assert [entry.verb for entry in page.context["history"]] == [
        "support.paid",
        "support.approved",
        "support.claimed",
        "support.promise",
    ]


def test_receipt_file_is_closed_to_strangers(client, booth):
    line = a_promise(booth)
    client.force_login(staff(booth.programme.host))
    client.post(url("claim", booth.programme.slug, line.pk), receipt())
    line.refresh_from_db()
    client.force_login(staff(a_host(), "finance"))
    assert client.get(reverse("questions:file", args=[line.receipt.pk])).status_code == 404


def test_own_claim_is_not_approved_and_the_page_says_why(client, booth):
    finance = staff(booth.programme.host, "finance")
    line = a_claim(a_promise(booth), by=finance)
    client.force_login(finance)
    assert client.get(url("line", booth.programme.slug, line.pk)).context["own_approval"]
    response = client.post(url("approve", booth.programme.slug, line.pk))
    assert response.status_code == 422
    line.refresh_from_db()
    assert line.state == State.CLAIMED


def test_overlap_shows_whom_to_call_and_nothing_else_and_asks_for_a_note(client):
    edition, firm = an_edition(), a_firm()
    theirs = a_programme(a_host(name_en="Gyeonggi", name_ko="경기", contact="031-120"), edition=edition)
    a_promise(a_cost_item(theirs, code="booth"), firm, 7_654_321)
    line = a_claim(a_promise(a_cost_item(a_programme(edition=edition), code="booth"), firm))
    client.force_login(staff(line.programme.host, "finance"))
    page = client.get(url("line", line.programme.slug, line.pk), HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "031-120" in page
    assert "7,654,321" not in page
    assert theirs.title not in page
    address = url("approve", line.programme.slug, line.pk)
    assert client.post(address, {}).status_code == 422
    overrule = url("overrule", line.programme.slug, line.pk)
    assert client.post(overrule, {"reason": " "}).status_code == 422
    assert client.post(overrule, {"reason": "Other half of the rent."}).status_code == 302
    confirm = url("confirm", line.programme.slug, line.pk)
    client.post(confirm)
    assert client.post(address, {}).status_code == 422
    client.force_login(staff(line.programme.host, "finance"))
    assert "Other half of the rent." in client.get(url("line", line.programme.slug, line.pk)).content.decode()
    client.post(confirm)
    assert client.post(address, {}).status_code == 302


def test_ticked_lines_are_approved_together_and_the_others_are_left(client, booth):
    finance = staff(booth.programme.host, "finance")
    ticked, left, own = (a_claim(a_promise(booth), by=by) for by in (a_user(), a_user(), finance))
    client.force_login(finance)
    client.post(url("approve_many", booth.programme.slug), {"line": [ticked.pk, own.pk]})
    states = [SupportLine.objects.get(pk=line.pk).state for line in (ticked, left, own)]
    assert states == [State.APPROVED, State.CLAIMED, State.CLAIMED]


def test_maker_claims_from_the_phone_and_sees_rate_and_left(client, booth):
    firm = a_firm()
    line = a_promise(booth, firm, 2_000_000)
    client.force_login(maker_of(firm))
    assert client.post(url("my_claim", line.pk), receipt()).status_code == 302
    line.refresh_from_db()
    assert line.state == State.CLAIMED
    [one] = client.get(url("my_support")).context["support"]
    assert one.left == Decimal(8_000_000) - line.amount
    assert FirmAccount.objects.get(firm=firm).committed == line.amount


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"receipt": SimpleUploadedFile("r.jpg", b"MZ not a picture")}, "receipt"),
        ({"receipt_on": "2999-01-01"}, "receipt_on"),
        ({"receipt_on": "1998-01-01"}, "receipt_on"),
        ({"receipt_amount": "0"}, "receipt_amount"),
        ({"receipt_number": ""}, "receipt_number"),
    ],
)
def test_wrong_claim_comes_back_with_an_error_at_its_field(client, booth, changes, field):
    line = a_promise(booth, firm := a_firm())
    client.force_login(maker_of(firm))
    response = client.post(url("my_claim", line.pk), receipt(**changes))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_receipt_used_elsewhere_is_refused_at_its_field(client, booth):
    firm = a_firm()
    first, second = a_promise(booth, firm), a_promise(booth, firm)
    client.force_login(maker_of(firm))
    client.post(url("my_claim", first.pk), receipt())
    response = client.post(url("my_claim", second.pk), receipt())
    assert list(response.context["form"].errors) == ["receipt_number"]


def test_support_of_another_firm_is_not_there(client, booth):
    line = a_promise(booth)
    client.force_login(maker_of(a_firm()))
    assert client.get(url("my_claim", line.pk)).status_code == 404
    assert client.get(url("my_support")).context["support"] == []


def a_grant(host, year, **fields):
    facts = {"title_ko": "패션주얼리 육성", "title_en": "Jewelry grant", "granting_body_ko": "산업부"}
    fields.setdefault("state", "selected")
    return IncomingGrant.objects.create(host=host, year=year, **{**facts, **fields})


def test_grants_of_a_host_count_the_years_in_a_row(client):
    host, counts = a_host(), []
    client.force_login(staff(host, "auditor"))
    a_grant(a_host(), 2020)
    for years in ((2024,), (2019, 2021, 2022, 2023)):
        for year in years:
            a_grant(host, year, amount=Decimal(316_000_000) if year == 2024 else None)
        counts.append(queries_of(client, url("grants")))
    [history] = client.get(url("grants")).context["histories"]
    assert history.in_a_row == (2021, 2022, 2023, 2024)
    assert history.total == Decimal(316_000_000)
    assert counts[0] == counts[1]


def test_grant_is_added_and_changed_by_those_who_may(client):
    host = a_host()
    data = {"host": host.pk, "year": "2024", "title_ko": "육성", "granting_body_ko": "산업부"}
    data = {**data, "state": "selected", "amount": "316,000,000"}
    client.force_login(staff(host, "auditor"))
    assert client.post(url("grant_new"), data).status_code == 404
    client.force_login(staff(host))
    assert client.post(url("grant_new"), data).status_code == 302
    grant = IncomingGrant.objects.get()
    assert grant.amount == Decimal(316_000_000)
    client.post(url("grant", grant.pk), {**data, "state": "declined"})
    grant.refresh_from_db()
    assert grant.state == "declined"
    assert client.post(url("grant_new"), data).status_code == 422
    client.force_login(staff(a_host()))
    assert client.get(url("grant", grant.pk)).status_code == 404
