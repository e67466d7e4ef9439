"""Jongno at VICENZAORO, 16 to 20 January 2026. Sourced: 30 m², the four firms, 1,300 companies of 36 countries,
about 35,000 visitors of 141. Applications, reviews, buyers and consultations are made up.
"""

import random
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from bridgehead.calls.models import Award
from bridgehead.floor.actions.consultations import Entry, log_many
from bridgehead.floor.actions.stages import Reached, reach_stage
from bridgehead.floor.actions.waves import answer_follow_up, plan_waves, remind, send_wave
from bridgehead.floor.actions.wins import add_evidence, check_win, confirm_win
from bridgehead.floor.models import WINS, Consultation, StageRecord, Wave
from bridgehead.funding.actions import (
    CHECKS,
    approve,
    claim,
    promise,
    promise_to,
    save_item,
    save_source,
    set_ceiling,
    settle,
)
from bridgehead.funding.models import Ceiling, CostItem, FundingSource
from bridgehead.organisations.models import Host, Organisation
from bridgehead.portal.demo import story
from bridgehead.portal.demo.firms import JONGNO, make_firms
from bridgehead.portal.demo.hosts import finance_of, maker_of, officer_of
from bridgehead.portal.demo.meeting_buyers import hold_matchmaking
from bridgehead.portal.demo.pavilions import build
from bridgehead.portal.demo.receipts import receipt_photo
from bridgehead.programmes.actions import add_statement, create_fair_edition, create_programme
from bridgehead.programmes.models import Fair, FairEdition, Programme

SLUG = "jongno-vicenzaoro-2026"
NEXT_SLUG = "jongno-vicenzaoro-2027"
SAID: dict[str, Any] = {"said_by": "종로구 (Jongno District)", "said_on": date(2026, 1, 12)}
BENEFITS_KO = "공동관 부스와 장치\n작품 운송비\n현지 통역\n홍보물 제작"
BENEFITS_EN = (
    "Stand in the joint pavilion with fit-out\nTransport of works\nInterpreters on the spot\nPublicity"
)
PRODUCTS = ["Rings", "Earrings", "Necklaces", "Bracelets", "Brooches"]


def load(hosts: dict[str, Host]) -> None:
    officer, host = officer_of("jongno"), hosts["jongno"]
    firms = make_firms(JONGNO, first_serial=1)
    with story.on(2025, 8, 20):
        programme = _programme(
            host, SLUG, 2026, _edition("VICENZAORO January 2026", date(2026, 1, 16), date(2026, 1, 20))
        )
        _statements(programme)
        questions = story.make_questions(host=host, name="VICENZAORO 참가 신청", by=officer)
        call = story.make_call(
            programme=programme,
            slug=f"{SLUG}-call",
            title_ko="VICENZAORO 2026 종로 공동관 참가 기업 모집",
            title_en="Call for firms: Jongno pavilion at VICENZAORO 2026",
            body_ko="세계 3대 주얼리 박람회인 VICENZAORO에 종로구 공동관으로 참가할 기업을 모집합니다.",
            body_en="Jongno takes four workshops to VICENZAORO, one of the world's three leading jewelry fairs.",
            benefits_ko=BENEFITS_KO,
            benefits_en=BENEFITS_EN,
            eligibility_ko="종로구에 사업장을 둔 주얼리 소상공인\n국세·지방세 체납이 없는 기업",
            eligibility_en="Jewelry workshops in Jongno\nNo tax arrears",
            opens_at=datetime(2025, 9, 1, 9, tzinfo=story.SEOUL),
            closes_at=datetime(2025, 9, 26, 18, tzinfo=story.SEOUL),
            places=4,
            reserves=2,
            threshold=Decimal(60),
            question_set=questions,
            by=officer,
        )
    people = story.applicants(firms[:11], strong=4, seed=4)
    story.receive(call, people)
    story.review(call, people, by=officer, start=datetime(2025, 9, 29, 9, tzinfo=story.SEOUL), seed=11)
    awards = story.decide(
        call,
        by=officer,
        decided=datetime(2025, 10, 13, 15, tzinfo=story.SEOUL),
        released=datetime(2025, 10, 15, 10, tzinfo=story.SEOUL),
    )
    with story.on(2025, 10, 27):
        build(
            programme,
            width=Decimal(10),
            depth=Decimal(3),
            stands=4,
            hall="Hall 7.1",
            name=("종로 공동관", "Jongno pavilion"),
            meeting=True,
            by=officer,
        )
    _support(programme, awards)
    hold_matchmaking(programme, by=officer)
    _fair(programme, awards)
    _follow_up(programme)
    _next_year(host, firms)


def _edition(name: str, first: date, last: date) -> FairEdition:
    return create_fair_edition(
        by=officer_of("jongno"),
        fair=Fair.objects.filter(slug="vicenzaoro").first(),
        fair_name="VICENZAORO",
        organiser="Italian Exhibition Group (IEG)",
        name=name,
        starts_on=first,
        ends_on=last,
        venue="Fiera di Vicenza",
        city="Vicenza",
        country="IT",
        zone="Europe/Rome",
    )


def _programme(host: Host, slug: str, year: int, edition: FairEdition) -> Programme:
    officer = officer_of(host.slug)
    programme = create_programme(
        host=host,
        by=officer,
        slug=slug,
        edition=edition,
        title_ko=f"VICENZAORO {year} 종로 공동관",
        title_en=f"Jongno pavilion at VICENZAORO {year}",
        summary_ko="종로의 주얼리 기업이 ‘종로’ 브랜드로 세계 시장에 나갑니다.",
        summary_en="Takes Jongno's jewelry workshops to the world under the district's own brand.",
        starts_on=edition.starts_on,
        ends_on=edition.ends_on,
        zone="Europe/Rome",
        result_currency="EUR",
        reconstructed=True,
    )
    for kind, korean, english, amount in [
        ("city", "종로구", "Jongno District", 60_000_000),
        ("city", "서울특별시", "Seoul", 20_000_000),
    ]:
        source = FundingSource(
            programme=programme, kind=kind, name_ko=korean, name_en=english, amount=Decimal(amount)
        )
        save_source(source=source, by=officer)
    for code, mode, korean, english, rate, cap, budget in [
        ("booth", "in_kind", "부스 임차·장치", "Stand and fit-out", 100, 9_000_000, 44_000_000),
        ("freight", "cash", "작품 운송", "Transport of works", 80, 2_500_000, 12_000_000),
        ("interpretation", "in_kind", "현지 통역", "Interpretation", 100, 2_000_000, 12_000_000),
        ("publicity", "cash", "홍보물 제작", "Publicity", 70, 2_000_000, 12_000_000),
    ]:
        item = CostItem(
            programme=programme, code=code, mode=mode, name_ko=korean, name_en=english,
            rate=Decimal(rate), cap=Decimal(cap), budget=Decimal(budget),
        )  # fmt: skip
        save_item(item=item, by=officer)
    ceiling = Ceiling(
        programme=programme,
        amount=Decimal(14_000_000),
        effective_from=date(year - 1, 1, 1),
        reason="재구성된 값",
    )
    set_ceiling(ceiling=ceiling, by=officer)
    return programme


def _statements(programme: Programme) -> None:
    officer = officer_of("jongno")
    said: dict[str, Any] = {"programme": programme, "by": officer, **SAID}
    add_statement(**said, subject="planned_firms", value=Decimal(4), words="the four participating companies")
    add_statement(
        **said,
        subject="exhibitors",
        value=Decimal(1300),
        approximate=True,
        words="about 1,300 companies from 36 countries",
    )
    add_statement(
        **said,
        subject="exhibitor_countries",
        value=Decimal(36),
        words="about 1,300 companies from 36 countries",
    )
    add_statement(
        **said,
        subject="visitors",
        value=Decimal(35_000),
        approximate=True,
        words="approximately 35,000 from 141 countries",
    )
    add_statement(
        **said,
        subject="visitor_countries",
        value=Decimal(141),
        words="approximately 35,000 from 141 countries",
    )


def _support(programme: Programme, awards: list[Award]) -> None:
    officer, finance = officer_of("jongno"), finance_of("jongno")
    items = {item.code: item for item in programme.cost_items.all()}
    firms = [award.firm for award in awards]
    with story.on(2025, 11, 10):
        booth = promise_to(firms=firms, cost_item=items["booth"], amount=Decimal(8_500_000), by=officer)
        freight = promise_to(firms=firms, cost_item=items["freight"], amount=Decimal(2_000_000), by=officer)
        promise(
            programme=programme,
            firm=firms[0],
            cost_item=items["publicity"],
            amount=Decimal(1_400_000),
            by=officer,
        )
    for line in booth:
        with story.on(2026, 1, 12):
            approve(line=line, by=finance)
        with story.on(2026, 1, 20, 18):
            settle(line=line, by=finance, on=date(2026, 1, 20))
    for number, line in enumerate(freight, start=1):
        with story.on(2026, 2, 2, 9 + number):
            claim(
                line=line, by=maker_of(line.firm), receipt_number=f"VO-{number:03d}", receipt_issuer="Veneto Trasporti",
                receipt_on=date(2026, 1, 14), receipt_amount=Decimal(1180 + 40 * number), receipt_currency="EUR",
                receipt=receipt_photo(f"VO-{number:03d}", "Veneto Trasporti", f"EUR {1180 + 40 * number}"),
            )  # fmt: skip
    with story.on(2026, 2, 9):
        approve(line=freight[0], by=finance)
    with story.on(2026, 2, 13):
        settle(line=freight[0], by=finance, on=date(2026, 2, 13), checks=CHECKS)


def _fair(programme: Programme, awards: list[Award]) -> None:
    """What the four firms logged in five days; buyers come from the timetable and from the aisle."""
    generator = random.Random(16)
    buyers = list(
        programme.forum.parties.filter(side="buyer", state="accepted").select_related("organisation")
    )
    entries = []
    for row in range(52):
        day = date(2026, 1, 16) + timedelta(days=row % 5)
        logged = datetime.combine(day, time(18, row), story.SEOUL) + timedelta(hours=6)
        buyer = generator.choice(buyers).organisation
        amount = Decimal(generator.randrange(4, 90) * 500)
        stages = [Reached("pursued", amount / 2, "EUR", day, recorded_at=logged)] if row % 4 == 0 else []
        entries.append(
            Entry(
                firm=awards[row % len(awards)].firm,
                held_on=day,
                buyer_name=buyer.name,
                buyer=buyer,
                buyer_country=buyer.country,
                product=generator.choice(PRODUCTS),
                amount=amount,
                currency="EUR",
                stages=stages,
                logged_at=logged,
            )
        )
    with story.on(2026, 1, 21):
        log_many(
            programme=programme, entries=entries, by=officer_of("jongno"), source=Consultation.Source.FLOOR
        )


def _follow_up(programme: Programme) -> None:
    """Three waves so far; two deals were signed, one of them shipped, paid and confirmed by its firm."""
    officer = officer_of("jongno")
    with story.on(2026, 1, 22):
        waves = {wave.months: wave for wave in plan_waves(programme=programme, by=officer)}
    pursued = list(
        Consultation.objects.filter(programme=programme, stages__stage="pursued").order_by("held_on", "pk")[
            :2
        ]
    )
    with story.on(2026, 2, 20):
        send_wave(wave=waves[1], by=officer)
    for talk, month in zip(pursued, (3, 4), strict=True):
        with story.on(2026, month, 16):
            reach_stage(
                consultation=talk, stage="signed", reached_on=date(2026, month, 11), amount=talk.amount / 2, currency="EUR",
                evidence_note="Purchase order, signed", by=maker_of(talk.firm),
            )  # fmt: skip
    _answered(waves[1], date(2026, 3, 2), silent=0)
    with story.on(2026, 4, 20):
        send_wave(wave=waves[3], by=officer)
    _answered(waves[3], date(2026, 5, 4), silent=1)
    first = pursued[0]
    for stage, month in (("shipped", 5), ("paid", 6)):
        with story.on(2026, month, 28):
            record = reach_stage(
                consultation=first, stage=stage, reached_on=date(2026, month, 22), amount=first.amount / 2, currency="EUR",
                evidence_note="Export declaration" if stage == "shipped" else "Bank statement", by=maker_of(first.firm),
            )  # fmt: skip
    with story.on(2026, 7, 1):
        _confirmed(record)
    with story.on(2026, 7, 20):
        send_wave(wave=waves[6], by=officer)
    _answered(waves[6], date(2026, 8, 3), silent=2)
    # Links live for sixty days; a reminder of this week leaves one that a visitor of the demo can answer by.
    with story.at(timezone.now() - timedelta(days=4)):
        for follow_up in waves[6].follow_ups.filter(answered_at__isnull=True):
            remind(follow_up=follow_up, by=officer)


def _confirmed(record: StageRecord) -> None:
    """The paid deal: shown at each stage, confirmed by its firm, checked by the desk. The other one is only stated."""
    firm = record.consultation.firm
    for rung in record.consultation.stages.filter(implied=False, stage__in=WINS):
        paper = receipt_photo(f"J-{rung.stage}", firm.name_en, f"{rung.currency} {rung.amount}")
        add_evidence(record=rung, files=[paper], by=maker_of(firm))
    years = {record.reached_on.year: record.amount, record.reached_on.year + 1: record.amount / 2}
    said: dict[str, Any] = {
        "without_support": "never",
        "share": "some",
        "help": "decisive",
        "publish": "named",
    }
    confirm_win(record=record, confirmed_by=firm.name_ko, years=years, by=maker_of(firm), **said)
    check_win(record=record, accept=True, note="송금증과 계약 금액 일치", by=officer_of("jongno"))


def _answered(wave: Wave, day: date, *, silent: int) -> None:
    """All firms but the last `silent` answer by their link that nothing has changed beyond what they reported."""
    asked = list(wave.follow_ups.order_by("pk"))
    for position, follow_up in enumerate(asked[: len(asked) - silent]):
        with story.on(day.year, day.month, day.day, 10 + position):
            answer_follow_up(
                link=follow_up.links.get(),
                answers=[],
                answered_by=follow_up.firm.name_ko,
                comment="추가 변동 없음",
            )


def _next_year(host: Host, firms: list[Organisation]) -> None:
    """A call that is open on the day the demo is loaded, so that every stage can be tried from the beginning."""
    officer, now = officer_of("jongno"), timezone.now()
    first = (now + timedelta(days=75)).date()
    edition = _edition("VICENZAORO January 2027", first, first + timedelta(days=4))
    with story.at(now - timedelta(days=14)):
        programme = _programme(host, NEXT_SLUG, edition.starts_on.year, edition)
        previous = story.make_questions(host=host, name="VICENZAORO 차기 참가 신청", by=officer)
        call = story.make_call(
            programme=programme,
            slug=f"{NEXT_SLUG}-call",
            title_ko="차기 VICENZAORO 종로 공동관 참가 기업 모집",
            title_en="Call for firms: Jongno pavilion at the next VICENZAORO",
            body_ko="지금 신청할 수 있는 시연용 공고입니다. 일정과 조건은 재구성된 것입니다.",
            body_en="A demonstration call that can be applied for now; its dates and terms are reconstructed.",
            benefits_ko=BENEFITS_KO,
            benefits_en=BENEFITS_EN,
            eligibility_ko="종로구에 사업장을 둔 주얼리 소상공인",
            eligibility_en="Jewelry workshops in Jongno",
            opens_at=now - timedelta(days=12),
            closes_at=(now + timedelta(days=18)).replace(hour=9, minute=0, second=0, microsecond=0),
            places=4,
            reserves=2,
            threshold=Decimal(60),
            question_set=previous,
            by=officer,
        )
    for position, applicant in enumerate(story.applicants(firms[4:8], strong=2, seed=27)):
        with story.at(now - timedelta(days=6 - position)):
            story.apply(call, applicant, submit=position != 3)
