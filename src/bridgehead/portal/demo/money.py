"""What goes wrong with money, so that it can be tried: a claim sent back, one approved in part, a payment reversed, a transfer that
waits, and a firm that two hosts pay the same freight. All made up.
"""

from datetime import date
from decimal import Decimal

from bridgehead.funding.actions import (
    approve,
    ask_transfer,
    claim,
    promise,
    reverse,
    save_item,
    save_source,
    send_back,
)
from bridgehead.funding.models import CostItem, FundingSource, SupportLine
from bridgehead.organisations.models import Host
from bridgehead.portal.demo import gyeonggi, kocef, story
from bridgehead.portal.demo.hosts import finance_of, maker_of, officer_of
from bridgehead.portal.demo.receipts import receipt_photo
from bridgehead.programmes.actions import create_programme
from bridgehead.programmes.models import Programme

SLUG = "gyeonggi-own-booths-2025"


def load(hosts: dict[str, Host]) -> None:
    _corrections(Programme.objects.get(slug=gyeonggi.SLUG))
    _two_hosts(hosts["gyeonggi"], Programme.objects.get(slug=kocef.SLUG_2025))


def _corrections(programme: Programme) -> None:
    officer, finance = officer_of("gyeonggi"), finance_of("gyeonggi")
    items = {item.code: item for item in programme.cost_items.all()}
    freight = list(SupportLine.objects.filter(cost_item=items["freight"]).order_by("pk"))
    with story.on(2025, 4, 8):
        approve(
            line=freight[9],
            by=finance,
            amount=Decimal(1_000_000),
            reason="통관 대행료는 지원 대상이 아님",
        )
        send_back(
            line=freight[10],
            by=finance,
            note="영수증 번호가 사진과 다릅니다. 사진을 다시 찍어 주십시오.",
            fields=["receipt", "receipt_number"],
        )
    with story.on(2025, 4, 11):
        reverse(line=freight[8], by=finance, reason="계좌 오류로 반송됨", on=date(2025, 4, 11))
        ask_transfer(
            from_item=items["publicity"],
            to_item=items["freight"],
            amount=Decimal(10_000_000),
            reason="항공 운임 상승",
            by=officer,
        )


def _two_hosts(host: Host, theirs: Programme) -> None:
    """The province pays the freight of a firm with a booth of its own at the fair to which the foundation takes it."""
    officer = officer_of(host.slug)
    firm = theirs.firm_accounts.order_by("pk")[0].firm
    with story.on(2025, 6, 2):
        programme = create_programme(
            host=host,
            by=officer,
            slug=SLUG,
            edition=theirs.edition,
            title_ko="해외 전시회 개별 참가 지원 2025",
            title_en="Support for firms with booths of their own 2025",
            summary_ko="단체관이 아닌 개별 부스로 참가하는 기업의 운송비를 지원합니다.",
            summary_en="Bears the freight of firms that exhibit on their own.",
            starts_on=theirs.starts_on,
            ends_on=theirs.ends_on,
            zone=theirs.zone,
            is_public=False,
            reconstructed=True,
        )
        names = {"name_ko": "경기도", "name_en": "Gyeonggi Province"}
        source = FundingSource(programme=programme, kind="province", amount=Decimal(30_000_000), **names)
        save_source(source=source, by=officer)
        item = CostItem(
            programme=programme, code="freight", name_ko="운송", name_en="Freight", rate=Decimal(70),
            budget=Decimal(20_000_000),
        )  # fmt: skip
        save_item(item=item, by=officer)
        line = promise(programme=programme, firm=firm, cost_item=item, amount=Decimal(2_000_000), by=officer)
    with story.on(2025, 9, 15):
        claim(
            line=line, by=maker_of(firm), receipt_number="PAR-118", receipt_issuer="Seine Fret",
            receipt_on=date(2025, 9, 1), receipt_amount=Decimal(1_450), receipt_currency="EUR",
            receipt=receipt_photo("PAR-118", "Seine Fret", "EUR 1450"),
        )  # fmt: skip
