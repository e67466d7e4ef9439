"""Last year's settlement: read with its errors by row and column, all or none, exactly once, and without moving any money."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from bridgehead.funding import actions, past
from bridgehead.funding.models import CostItem, FirmAccount, LedgerEntry, PastLine, PastSettlement
from bridgehead.funding.overlaps import overlaps
from tests.factories.funding import a_claim, a_cost_item, a_paid_line, a_promise
from tests.factories.organisations import a_firm, a_host, a_user, staff
from tests.factories.programmes import a_programme
from tests.funding.test_settlement import bundle_of

pytestmark = pytest.mark.django_db
HEAD = "사업,세목,거래처,일자,공급가액,부가세,합계,증빙,기업"


@pytest.fixture
def item():
    return a_cost_item(a_programme(starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31)), name_ko="운송")


@pytest.fixture
def firm():
    return a_firm(name_ko="(주)소유", name_en="Soyou")


def sheet(*rows, head=HEAD):
    return "\n".join([head, *rows]).encode()


def planned(item, *rows, **how):
    with translation.override("ko"):
        return past.plan_import(programme=item.programme, content=sheet(*rows, **how))


def taken(item, *rows):
    return actions.import_settlement(
        programme=item.programme, content=sheet(*rows), file_name="정산 2024.csv", by=a_user()
    )


GOOD = "비첸차 2024,운송,한진,2024-03-05,1000000,100000,1100000,R-1,소유"
SECOND = "비첸차 2024,통역,Lingua,2024.4.2,500000,0,500000,R-2,주식회사 소유"


def test_rows_are_read_in_the_order_of_the_national_ledger(item, firm):
    plan = planned(item, GOOD, SECOND)
    assert plan.refused == []
    assert [(line.firm, line.cost_item, line.item, line.on, line.total) for line in plan.lines] == [
        (firm, item, "운송", date(2024, 3, 5), 1_100_000),
        (firm, None, "통역", date(2024, 4, 2), 500_000),
    ]
    assert (plan.projects, plan.unknown_items, plan.total) == (["비첸차 2024"], ["통역"], 1_600_000)
    assert not PastLine.objects.exists()


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("비첸차,운송,한진,2024-03-05,1000000,100000,1200000,R-1,소유", "합계"),
        ("비첸차,운송,한진,2024-03-05,1000000,200000,1200000,R-1,소유", "부가세"),
        ("비첸차,운송,한진,2024-03-05,-1000000,0,-1000000,R-1,소유", "공급가액"),
        ("비첸차,운송,한진,2024-03-05,0,0,0,R-1,소유", "합계"),
        ("비첸차,운송,한진,2024-03-05,99999999999999,0,99999999999999,R-1,소유", "공급가액"),
        ("비첸차,운송,한진,2024-03-05,USD 1000,0,USD 1000,R-1,소유", "공급가액"),
        ("비첸차,운송,한진,2024-02-31,1000000,100000,1100000,R-1,소유", "일자"),
        ("비첸차,운송,,2024-03-05,1000000,100000,1100000,R-1,소유", "거래처"),
        ("비첸차,운송,한진,2024-03-05,1000000,100000,1100000,R-1,없는기업", "기업"),
    ],
)
def test_row_that_cannot_be_taken_is_named_by_row_and_column_and_nothing_is_imported(item, firm, row, column):
    plan = planned(item, GOOD, row)
    assert {(one.row, one.column) for one in plan.refused} >= {(3, column)}
    with pytest.raises(actions.NotImported):
        taken(item, GOOD, row)
    assert not PastSettlement.objects.exists()


def test_firm_is_the_supplier_where_the_file_has_no_column_for_it(item, firm):
    head = "사업,세목,거래처,일자,공급가액,부가세,합계,증빙"
    assert planned(item, "비첸차,운송,소유,2024-03-05,10,1,11,R-1", head=head).lines[0].firm == firm
    assert [
        one.column for one in planned(item, "비첸차,운송,한진,2024-03-05,10,1,11,R-1", head=head).refused
    ] == ["거래처"]


def test_name_that_two_firms_have_is_refused(item, firm):
    a_firm(name_ko="소유", name_en="Soyou Ceramics")
    assert [one.column for one in planned(item, GOOD).refused] == ["기업"]


def test_row_twice_in_the_file_is_taken_once_and_the_file_twice_brings_nothing(item, firm):
    assert len(planned(item, GOOD, GOOD).reading.duplicates) == 1
    assert taken(item, GOOD, GOOD).lines.count() == 1
    with pytest.raises(actions.NotImported):
        taken(item, GOOD)
    assert taken(item, GOOD, SECOND).lines.count() == 1
    assert planned(item, GOOD, SECOND).known == [2, 3]
    twin = PastLine.objects.first()
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_imported_history_moves_no_money(item, firm):
    account = actions.open_account(programme=item.programme, firm=firm)
    before = LedgerEntry.objects.count()
    taken(item, GOOD)
    assert LedgerEntry.objects.count() == before
    assert FirmAccount.objects.get(pk=account.pk).used == 0
    assert CostItem.objects.get(pk=item.pk).spent == 0


def test_receipt_of_an_imported_settlement_is_found_as_double_support(item, firm):
    taken(item, GOOD)
    facts = {"receipt_amount": Decimal(1_100_000), "receipt_on": date(2024, 3, 5)}
    line = a_claim(
        a_promise(a_cost_item(a_programme(a_host())), firm, 2_000_000), receipt_issuer="한 진", **facts
    )
    [found] = overlaps(line)
    assert (found.kind, found.host_slug, found.programme_slug) == ("past", item.programme.host.slug, "")
    with pytest.raises(actions.DoubleSupport):
        actions.approve(line=line, by=a_user())
    other = a_claim(a_promise(line.cost_item, firm, 2_000_000), receipt_issuer="한진택배", **facts)
    assert overlaps(other) == []


def test_our_own_bundle_is_read_back(firm):
    line = a_paid_line(a_cost_item(name_ko="운송"), firm, receipt_issuer="한진", receipt_on=date(2025, 1, 20))
    _manifest, files, _told = bundle_of(line.programme)
    plan = past.plan_import(programme=line.programme, content=files["정산내역.xlsx"])
    assert [(one.firm, one.supplier, one.total) for one in plan.lines] == [(firm, "한진", line.amount)]


def test_file_is_previewed_then_imported_through_the_page(item, firm, client):
    client.force_login(staff(item.programme.host))
    page = reverse("funding:past", args=[item.programme.slug])
    shown = client.post(page, {"file": SimpleUploadedFile("정산.csv", sheet(GOOD))})
    assert (shown.status_code, len(shown.context["plan"].lines), PastLine.objects.count()) == (200, 1, 0)
    take = reverse("funding:past_import", args=[item.programme.slug])
    assert client.post(take, {"kept": "nonsense"}).status_code == 404
    assert client.post(take, {"kept": shown.context["kept"]}).status_code == 302
    assert client.get(page).context["total"] == 1_100_000
    unreadable = client.post(page, {"file": SimpleUploadedFile("x.csv", b"a,b\n1,2")})
    assert (unreadable.status_code, list(unreadable.context["form"].errors)) == (422, ["file"])


def test_preview_shows_errors_and_no_way_to_import(item, firm, client):
    client.force_login(staff(item.programme.host))
    page = reverse("funding:past", args=[item.programme.slug])
    bad = GOOD.replace("1100000", "1300000")
    shown = client.post(page, {"file": SimpleUploadedFile("정산.csv", sheet(GOOD, bad))}).content.decode()
    assert "1,100,000" in shown
    assert reverse("funding:past_import", args=[item.programme.slug]) not in shown


def test_preview_of_another_is_not_imported(item, firm, client):
    client.force_login(staff(item.programme.host))
    page = reverse("funding:past", args=[item.programme.slug])
    kept = client.post(page, {"file": SimpleUploadedFile("정산.csv", sheet(GOOD))}).context["kept"]
    client.force_login(staff(item.programme.host))
    take = reverse("funding:past_import", args=[item.programme.slug])
    assert client.post(take, {"kept": kept}).status_code == 404
