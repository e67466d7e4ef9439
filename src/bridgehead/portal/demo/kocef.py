"""The Korea Ceramics Foundation at Maison & Objet. Sourced: 2024 19 firms, 349 consultations worth about KRW 200M;
2025 from 4 to 8 September, about 20 exhibitors expected, with the cities of Icheon and Yeoju. The rest is made up.
"""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bridgehead.calls.models import Award, Call
from bridgehead.floor.actions.consultations import Entry, log_many
from bridgehead.floor.actions.stages import Reached
from bridgehead.funding.actions import approve, promise_to, save_item, save_source, set_ceiling, settle
from bridgehead.funding.models import Ceiling, CostItem, FundingSource
from bridgehead.organisations.models import Host, Organisation
from bridgehead.portal.demo import story
from bridgehead.portal.demo.amounts import parts
from bridgehead.portal.demo.firms import CERAMICS, make_firms
from bridgehead.portal.demo.hosts import finance_of, officer_of
from bridgehead.programmes.actions import add_statement, create_fair_edition, create_programme
from bridgehead.programmes.models import Fair, Programme

SLUG = "kocef-maison-objet-2024"
SLUG_2025 = "kocef-maison-objet-2025"
SOURCE = "http://english.gg.go.kr/?post_type=daily-news&p=18068"
SAID: dict[str, Any] = {"said_by": "한국도자재단 (KOCEF)", "said_on": date(2025, 2, 14), "source_url": SOURCE}
REGIONS = [("icheon", "이천", "Icheon"), ("yeoju", "여주", "Yeoju"), ("other", "그 밖의 지역", "Elsewhere")]
BUYERS = [
    "Galerie Marais",
    "Van Dijk Wonen",
    "Keramos Athina",
    "Maple Table",
    "Casa Barro",
    "Atelier Lumière",
    "Bodega Cerámica",
    "Hygge Hus",
]
COUNTRIES = ["FR"] * 5 + ["NL", "GR", "CA", "ES"] * 3 + ["DE", "IT", "BE", "GB", "US", "JP", "DK"]
BENEFITS_KO = "현지 체류 지원\n운송비와 왕복 해외 운임 면제\n운송 중 작품 무료 보험\n전시 장치 지원\n사진·도록 제작\n수출 절차 교육"
BENEFITS_EN = (
    "Local stay\nTransport and round-trip overseas shipping\nInsurance of works during transport\n"
    "Exhibition set-up\nPhotographs and catalogue\nTraining in export procedures"
)


def load(hosts: dict[str, Host]) -> None:
    firms = make_firms(CERAMICS, first_serial=201)
    _year_2024(hosts["kocef"], firms)
    _year_2025(hosts["kocef"], firms)


def _programme(host: Host, *, year: int, slug: str, first: date, last: date, **fields: Any) -> Programme:
    officer = officer_of(host.slug)
    fair = Fair.objects.filter(slug="maison-objet").first()
    edition = create_fair_edition(
        by=officer,
        fair=fair,
        fair_name="Maison Objet",
        organiser="SAFI",
        name=f"Maison & Objet {year}",
        starts_on=first,
        ends_on=last,
        venue="Paris Nord Villepinte",
        city="Paris",
        country="FR",
        zone="Europe/Paris",
    )
    programme = create_programme(
        host=host,
        by=officer,
        slug=slug,
        edition=edition,
        title_ko=f"메종&오브제 {year} 경기도자관",
        title_en=f"Gyeonggi Ceramics pavilion at Maison & Objet {year}",
        summary_ko="이천·여주와 함께 경기도 도자 기업의 세계 시장 진출을 지원합니다.",
        summary_en="With the cities of Icheon and Yeoju, takes ceramics firms of Gyeonggi to the world.",
        starts_on=first,
        ends_on=last,
        zone="Europe/Paris",
        result_currency="KRW",
        reconstructed=True,
        **fields,
    )
    for kind, korean, english, amount in [
        ("province", "경기도", "Gyeonggi Province", 120_000_000),
        ("city", "이천시·여주시", "Cities of Icheon and Yeoju", 60_000_000),
    ]:
        source = FundingSource(
            programme=programme, kind=kind, name_ko=korean, name_en=english, amount=Decimal(amount)
        )
        save_source(source=source, by=officer)
    for code, korean, english, amount in [
        ("stay", "현지 체류", "Local stay", 40_000_000),
        ("freight", "운송·해외 운임", "Transport and shipping", 60_000_000),
        ("insurance", "작품 보험", "Insurance of works", 10_000_000),
        ("fitout", "전시 장치", "Exhibition set-up", 50_000_000),
        ("publicity", "사진·도록", "Photographs and catalogue", 20_000_000),
    ]:
        item = CostItem(
            programme=programme,
            code=code,
            mode="in_kind",
            name_ko=korean,
            name_en=english,
            budget=Decimal(amount),
        )
        save_item(item=item, by=officer)
    ceiling = Ceiling(
        programme=programme, amount=Decimal(9_000_000), effective_from=date(year, 1, 1), reason="재구성된 값"
    )
    set_ceiling(ceiling=ceiling, by=officer)
    return programme


def _call(programme: Programme, *, places: int, month: int, **scoring: Any) -> Call:
    year, officer = programme.starts_on.year, officer_of("kocef")
    with story.on(year, month, 1):
        questions = story.make_questions(
            host=programme.host, name=f"메종&오브제 {year} 참가 신청", by=officer, regions=REGIONS
        )
        return story.make_call(
            programme=programme,
            slug=f"{programme.slug}-call",
            title_ko=f"메종&오브제 {year} 참가 기업 모집",
            title_en=f"Call for exhibitors: Maison & Objet {year}",
            body_ko="파리에서 열리는 세계적 인테리어·디자인 박람회에 경기도자관을 운영합니다.",
            body_en="The Gyeonggi Ceramics pavilion at the leading interior and design fair in Paris.",
            benefits_ko=BENEFITS_KO,
            benefits_en=BENEFITS_EN,
            eligibility_ko="경기도 도자 기업과 작가",
            eligibility_en="Ceramics firms and artists of Gyeonggi",
            opens_at=datetime(year, month, 3, 9, tzinfo=story.SEOUL),
            closes_at=datetime(year, month, 24, 18, tzinfo=story.SEOUL),
            places=places,
            question_set=questions,
            by=officer,
            **scoring,
        )


def _select(call: Call, firms: Sequence[Organisation], *, strong: int, seed: int) -> list[Award]:
    year, month = call.closes_at.year, call.closes_at.month + 1
    people = story.applicants(firms, strong=strong, seed=seed, region="region")
    story.receive(call, people)
    story.review(
        call, people, by=officer_of("kocef"), start=datetime(year, month, 1, 9, tzinfo=story.SEOUL), seed=seed
    )
    return story.decide(
        call,
        by=officer_of("kocef"),
        decided=datetime(year, month, 14, 14, tzinfo=story.SEOUL),
        released=datetime(year, month, 16, 10, tzinfo=story.SEOUL),
    )


def _year_2024(host: Host, firms: list[Organisation]) -> None:
    officer = officer_of("kocef")
    with story.on(2024, 2, 20):
        programme = _programme(host, year=2024, slug=SLUG, first=date(2024, 9, 5), last=date(2024, 9, 9))
    awards = _select(_call(programme, places=19, month=3), firms[:22], strong=19, seed=349)
    items = {item.code: item for item in programme.cost_items.all()}
    with story.on(2024, 6, 3):
        lines = promise_to(
            firms=[a.firm for a in awards], cost_item=items["freight"], amount=Decimal(2_800_000), by=officer
        )
        lines += promise_to(
            firms=[a.firm for a in awards], cost_item=items["stay"], amount=Decimal(1_900_000), by=officer
        )
    for line in lines:
        with story.on(2024, 8, 19):
            approve(line=line, by=finance_of("kocef"))
        with story.on(2024, 9, 9, 18):
            settle(line=line, by=finance_of("kocef"), on=date(2024, 9, 9))
    with story.on(2024, 9, 20):
        _log(programme, awards)
        add_statement(
            programme=programme,
            by=officer,
            subject="consultations",
            value=Decimal(349),
            words="a total of 349 export consultations",
            **SAID,
        )
        add_statement(
            programme=programme, by=officer, subject="consultation_amount", value=Decimal(200_000_000), unit="KRW",
            approximate=True, words="export consultations valued at approximately KRW 200 million", **SAID,
        )  # fmt: skip


def _log(programme: Programme, awards: list[Award]) -> None:
    """349 consultations that add up to KRW 200,000,000, which the foundation states as “approximately”."""
    generator = random.Random(2024)
    firms = [award.firm for award in awards] + generator.choices(
        [award.firm for award in awards], k=349 - len(awards)
    )
    amounts = parts(total=Decimal(200_000_000), count=349, unit=Decimal(10_000), seed=200)
    entries = []
    for row, (firm, amount) in enumerate(zip(firms, amounts, strict=True)):
        day = date(2024, 9, 5) + timedelta(days=row % 5)
        logged = datetime(day.year, day.month, day.day, 23, row % 60, tzinfo=story.SEOUL)
        # The source: sample transactions and deliveries are being discussed in the Netherlands, Greece, Canada, Spain.
        country = generator.choice(COUNTRIES)
        stages = [Reached("pursued", amount, "KRW", day, recorded_at=logged)] if row % 12 == 0 else []
        entries.append(
            Entry(
                firm=firm,
                held_on=day,
                buyer_name=f"{generator.choice(BUYERS)} {row + 1:03d}",
                buyer_country=country,
                product="Tableware",
                amount=amount,
                currency="KRW",
                stages=stages,
                logged_at=logged,
            )
        )
    log_many(programme=programme, entries=entries, by=officer_of("kocef"))


def _year_2025(host: Host, firms: list[Organisation]) -> None:
    """About 20 were planned; the call gave six places to Icheon and six to Yeoju."""
    officer = officer_of("kocef")
    with story.on(2025, 2, 14):
        programme = _programme(host, year=2025, slug=SLUG_2025, first=date(2025, 9, 4), last=date(2025, 9, 8))
        add_statement(
            programme=programme, by=officer, subject="planned_firms", value=Decimal(20), approximate=True,
            words="around 20 companies expected to participate", **SAID,
        )  # fmt: skip
    quotas = [
        {"key": "region", "value": "icheon", "places": 6},
        {"key": "region", "value": "yeoju", "places": 6},
    ]
    call = _call(programme, places=12, month=3, quotas=quotas, reserves=3)
    awards = _select(call, firms, strong=10, seed=12)
    items = {item.code: item for item in programme.cost_items.all()}
    with story.on(2025, 5, 12):
        promise_to(
            firms=[a.firm for a in awards], cost_item=items["freight"], amount=Decimal(3_000_000), by=officer
        )
        promise_to(
            firms=[a.firm for a in awards], cost_item=items["insurance"], amount=Decimal(300_000), by=officer
        )
