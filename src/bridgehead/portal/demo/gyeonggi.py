"""Gyeonggi at MWC Barcelona 2025. Sourced: 26 firms, 558 consultations worth USD 166.08M, 145 pursued worth
USD 56.78M, budget KRW 500M, ceiling raised from KRW 8M to 12M, four strategies and twelve projects. The rest is made up.
"""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bridgehead.calls.models import Award
from bridgehead.floor.actions.consultations import Entry, log_many
from bridgehead.floor.actions.stages import Reached
from bridgehead.floor.actions.waves import plan_waves, send_wave
from bridgehead.funding.actions import (
    CHECKS,
    approve,
    claim,
    plan_spending,
    promise_to,
    save_item,
    save_rule,
    save_source,
    save_terms,
    set_ceiling,
    settle,
)
from bridgehead.funding.models import Ceiling, CostItem, FundingSource, MoneyTerms, SupportRule
from bridgehead.organisations.models import Host
from bridgehead.portal.demo import story
from bridgehead.portal.demo.amounts import parts, within
from bridgehead.portal.demo.firms import GYEONGGI_ICT, make_firms
from bridgehead.portal.demo.hosts import finance_of, maker_of, officer_of
from bridgehead.portal.demo.receipts import receipt_photo
from bridgehead.programmes.actions import (
    add_statement,
    create_fair_edition,
    create_programme,
    create_project,
    create_strategy,
)
from bridgehead.programmes.models import Programme, Project

SLUG = "gyeonggi-mwc-2025"
SOURCE = "https://english.gg.go.kr/?post_type=daily-news&p=18079"
PROVINCE = "경기도 (Gyeonggi Province)"

STRATEGIES = [
    ("통상환경 위험 긴급 대응", "Urgent response to trade environment risks",
     [("관세 피해 상담 창구", "Tariff help desk"), ("환변동 보험 지원", "Exchange-rate insurance"), ("긴급 물류비 지원", "Urgent freight support")]),
    ("수출시장 영토 확장", "Expanding export market territory",
     [("해외 전시회 단체관 확대", "More group pavilions at fairs abroad"), ("신흥시장 통상촉진단", "Trade missions to emerging markets"), ("해외 바이어 초청 상담", "Buyers invited to Gyeonggi")]),
    ("수출기업 글로벌 경쟁력 강화", "Enhancing global competitiveness of export companies",
     [("해외 규격 인증 지원", "Certificates for foreign markets"), ("디지털 무역 전환", "Digital trade"), ("수출 초보기업 육성", "First-time exporters")]),
    ("위기 대응 종합 컨설팅 강화", "Strengthening comprehensive consulting for crisis response",
     [("통상 전문가 자문단", "Panel of trade experts"), ("FTA 활용 컨설팅", "Use of trade agreements"), ("찾아가는 수출 상담", "Export advice on the spot")]),
]  # fmt: skip

BUYERS = ["Telefon Ibérica", "Nordlink", "Orbis Mobile", "Casa Digital", "Helvetia Net", "Gulf Connect", "Andes Móvil",
          "Lumen Health", "Porto Data", "Baltic Wave", "Maghreb Tel", "Atlas Robotics", "Savanna Cloud", "Taipei Edge",
          "Rhein Sensor", "Polar Networks"]  # fmt: skip
COUNTRIES = (
    ["ES"] * 9
    + ["FR", "DE", "GB", "IT", "US"] * 3
    + ["AE", "SA", "TR", "BR", "MX", "PL", "SE", "IN", "JP", "VN", "ZA"]
)
UNIT = Decimal(10_000)


def load(hosts: dict[str, Host]) -> None:
    officer, host = officer_of("gyeonggi"), hosts["gyeonggi"]
    with story.on(2024, 11, 4):
        project = _strategies(host)
        programme = _programme(host, project)
        _money(programme)
    firms = make_firms(GYEONGGI_ICT, first_serial=101)
    with story.on(2024, 11, 8):
        questions = story.make_questions(host=host, name="MWC 2025 참가 신청", by=officer)
        call = story.make_call(
            programme=programme,
            slug=f"{SLUG}-call",
            title_ko="MWC 바르셀로나 2025 경기도관 참가 기업 모집",
            title_en="Call for firms: Gyeonggi pavilion at MWC Barcelona 2025",
            body_ko="세계 최대 이동통신 전시회에 경기도가 처음으로 독립 부스를 운영합니다.",
            body_en="Gyeonggi runs its first pavilion of its own at the largest mobile communications fair.",
            benefits_ko="부스 임차료\n전시품 운송\n통역\n해외 바이어 연결",
            benefits_en="Exhibition fee\nTransport of products\nInterpretation\nConnections with buyers abroad",
            eligibility_ko="경기도에 사업장을 둔 중소기업",
            eligibility_en="Small and medium firms with a workplace in Gyeonggi",
            opens_at=datetime(2024, 11, 11, 9, tzinfo=story.SEOUL),
            closes_at=datetime(2024, 11, 29, 18, tzinfo=story.SEOUL),
            places=26,
            reserves=2,
            question_set=questions,
            by=officer,
        )
    people = story.applicants(firms, strong=26, seed=26)
    story.receive(call, people)
    story.review(call, people, by=officer, start=datetime(2024, 12, 2, 9, tzinfo=story.SEOUL), seed=27)
    awards = story.decide(
        call,
        by=officer,
        decided=datetime(2024, 12, 12, 15, tzinfo=story.SEOUL),
        released=datetime(2024, 12, 16, 10, tzinfo=story.SEOUL),
    )
    _support(programme, awards)
    _fair(programme, awards)
    with story.on(2025, 3, 7):
        waves = plan_waves(programme=programme, by=officer)
    with story.on(2025, 4, 7):
        send_wave(wave=waves[0], by=officer)


def _strategies(host: Host) -> Project:
    """Four strategies of three projects each; the fair belongs to the first project of the second."""
    by, chosen = officer_of(host.slug), None
    for number, (korean, english, projects) in enumerate(STRATEGIES, start=1):
        strategy = create_strategy(host=host, title_ko=korean, title_en=english, order=number, by=by)
        made = [
            create_project(strategy=strategy, title_ko=korean, title_en=english, order=n, by=by)
            for n, (korean, english) in enumerate(projects, start=1)
        ]
        chosen = made[0] if number == 2 else chosen
    assert chosen
    return chosen


def _programme(host: Host, project: Project) -> Programme:
    officer = officer_of(host.slug)
    edition = create_fair_edition(
        by=officer,
        fair_name="MWC Barcelona",
        organiser="GSMA",
        name="MWC Barcelona 2025",
        starts_on=date(2025, 3, 3),
        ends_on=date(2025, 3, 6),
        venue="Fira Gran Via",
        city="Barcelona",
        country="ES",
        zone="Europe/Madrid",
    )
    programme = create_programme(
        host=host,
        by=officer,
        slug=SLUG,
        project=project,
        edition=edition,
        title_ko="MWC 바르셀로나 2025 경기도관",
        title_en="Gyeonggi pavilion at MWC Barcelona 2025",
        summary_ko="도내 중소기업 26개사의 세계 최대 이동통신 전시회 참가를 지원합니다.",
        summary_en="Takes 26 small and medium firms to the largest mobile communications fair.",
        starts_on=edition.starts_on,
        ends_on=edition.ends_on,
        zone="Europe/Madrid",
        result_currency="USD",
        results_as_of=datetime(2025, 3, 9, tzinfo=story.SEOUL),
        reconstructed=True,
    )
    said: dict[str, Any] = {
        "programme": programme,
        "by": officer,
        "said_by": PROVINCE,
        "said_on": date(2025, 3, 9),
        "source_url": SOURCE,
    }
    add_statement(**said, subject="planned_firms", value=Decimal(26), words="26 local SMEs")
    add_statement(
        **said,
        subject="consultation_amount",
        value=Decimal(166_080_000),
        unit="USD",
        words="558 export consultations worth USD 166.08 million",
    )
    add_statement(
        **said,
        subject="pursued_amount",
        value=Decimal(56_780_000),
        unit="USD",
        words="pursuing 145 contracts worth USD 56.78 million",
    )
    add_statement(
        **said,
        subject="pursued_amount",
        value=Decimal(56_780_000),
        unit="USD",
        words="the province facilitated contracts worth USD 56.78 million",
    )
    return programme


def _plan(code: str, budget: Decimal) -> dict[date, Decimal]:
    """When the budget was to be spent, in tenths: rents before the fair, receipts after it. Made up."""
    tenths = {"booth": (6, 4, 0, 0), "freight": (0, 3, 5, 2), "interpretation": (0, 0, 10, 0)}
    months = (date(2025, month, 1) for month in (2, 3, 4, 5))
    parts = zip(months, tenths.get(code, (2, 4, 3, 1)), strict=True)
    return {month: budget * part / 10 for month, part in parts if part}


def _money(programme: Programme) -> None:
    officer = officer_of("gyeonggi")
    save_source(
        source=FundingSource(
            programme=programme,
            kind="province",
            name_ko="경기도",
            name_en="Gyeonggi Province",
            amount=Decimal(500_000_000),
        ),
        by=officer,
    )
    for code, mode, korean, english, rate, cap, budget in [
        ("booth", "in_kind", "부스 임차 및 장치", "Exhibition fee and fit-out", 100, 7_000_000, 300_000_000),
        ("freight", "cash", "전시품 운송", "Transport of products", 80, 3_000_000, 90_000_000),
        ("interpretation", "in_kind", "통역", "Interpretation", 100, 1_500_000, 60_000_000),
        ("publicity", "cash", "홍보물 제작", "Publicity", 70, 1_000_000, 50_000_000),
    ]:
        item = CostItem(
            programme=programme,
            code=code,
            mode=mode,
            name_ko=korean,
            name_en=english,
            rate=Decimal(rate),
            cap=Decimal(cap),
            budget=Decimal(budget),
        )
        save_item(item=item, by=officer)
        plan_spending(item=item, months=_plan(code, Decimal(budget)), by=officer)
    freight = programme.cost_items.get(code="freight")
    by_the_metre = SupportRule(
        cost_item=freight,
        effective_from=date(2025, 3, 1),
        rate=Decimal(80),
        cap=Decimal(3_000_000),
        unit="cbm",
        unit_price=Decimal(1_200_000),
        metres_per_unit=Decimal(9),
        kilograms_per_unit=Decimal(167),
        documents="운송장, 포장명세서",
        reason="부스 면적에 따른 물량 기준 도입",
    )
    save_rule(rule=by_the_metre, by=officer)
    terms = MoneyTerms(programme=programme, two_approvals_from=Decimal(10_000_000), settle_within=15)
    save_terms(terms=terms, by=officer)
    before = Ceiling(
        programme=programme, amount=Decimal(8_000_000), effective_from=date(2024, 1, 1), reason="2024년 기준"
    )
    set_ceiling(ceiling=before, by=officer)
    raised = Ceiling(
        programme=programme,
        amount=Decimal(12_000_000),
        effective_from=date(2025, 1, 1),
        reason="환율 변동과 물가 상승에 따른 부담 완화",
    )
    set_ceiling(ceiling=raised, by=officer)


def _support(programme: Programme, awards: list[Award]) -> None:
    """Stand and interpreter in kind for everybody; freight claimed by those who shipped."""
    officer, finance = officer_of("gyeonggi"), finance_of("gyeonggi")
    items = {item.code: item for item in programme.cost_items.all()}
    firms = [award.firm for award in awards]
    with story.on(2025, 1, 6):
        in_kind = promise_to(firms=firms, cost_item=items["booth"], amount=Decimal(7_000_000), by=officer)
        in_kind += promise_to(
            firms=firms, cost_item=items["interpretation"], amount=Decimal(1_200_000), by=officer
        )
        freight = promise_to(
            firms=firms[:14], cost_item=items["freight"], amount=Decimal(2_000_000), by=officer
        )
    for line in in_kind:
        with story.on(2025, 2, 24):
            approve(line=line, by=finance)
        with story.on(2025, 3, 6, 18):
            settle(line=line, by=finance, on=date(2025, 3, 6))
    for number, line in enumerate(freight, start=1):
        with story.on(2025, 3, 20, 9 + number % 8):
            paid_amount = Decimal(1_100 + 70 * (number % 5))
            claim(
                line=line, by=maker_of(line.firm), receipt_number=f"MWC-F-{number:03d}", receipt_issuer="Catalunya Air Cargo",
                receipt_on=date(2025, 2, 26), receipt_amount=paid_amount, receipt_currency="EUR",
                receipt=receipt_photo(f"MWC-F-{number:03d}", "Catalunya Air Cargo", f"EUR {paid_amount}"),
            )  # fmt: skip
        if number <= 9:
            with story.on(2025, 3, 28, 11):
                approve(line=line, by=finance)
            with story.on(2025, 4, 4, 11):
                settle(line=line, by=finance, on=date(2025, 4, 4), checks=CHECKS)


def _fair(programme: Programme, awards: list[Award]) -> None:
    """558 consultations in four days and 145 pursued, adding up to the province's totals to the dollar."""
    generator = random.Random(558)
    weights = [generator.lognormvariate(0, 0.45) for _ in awards]
    firms = generator.choices([award.firm for award in awards], weights=weights, k=558 - len(awards))
    firms += [award.firm for award in awards]
    amounts = parts(total=Decimal(166_080_000), count=558, unit=UNIT, seed=166)
    pursued_rows = sorted(sorted(range(558), key=lambda row: (-amounts[row], row))[:145])
    pursued = dict(
        zip(
            pursued_rows,
            within(limits=[amounts[row] for row in pursued_rows], total=Decimal(56_780_000), unit=UNIT),
            strict=True,
        )
    )
    entries = []
    for row, firm in enumerate(firms):
        day = date(2025, 3, 3) + timedelta(days=generator.choices(range(4), weights=[3, 4, 4, 2])[0])
        logged = datetime(day.year, day.month, day.day, 17, row % 60, tzinfo=story.SEOUL) + timedelta(hours=8)
        stages = [Reached("pursued", pursued[row], "USD", day, recorded_at=logged)] if row in pursued else []
        entries.append(
            Entry(
                firm=firm,
                held_on=day,
                buyer_name=f"{generator.choice(BUYERS)} {row + 1:03d}",
                buyer_country=generator.choice(COUNTRIES),
                product=firm.sector,
                amount=amounts[row],
                currency="USD",
                stages=stages,
                logged_at=logged,
            )
        )
    with story.on(2025, 3, 8):
        log_many(programme=programme, entries=entries, by=officer_of("gyeonggi"))
