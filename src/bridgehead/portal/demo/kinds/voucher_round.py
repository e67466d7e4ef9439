"""A round of export vouchers that is under way, so that every state of a voucher, a quote and a booking can be seen. All made up."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from bridgehead.calls.actions import checking
from bridgehead.calls.models import Application
from bridgehead.funding.actions import CHECKS, approve, save_item, save_source, send_back, settle, vouchers
from bridgehead.funding.models import (
    Booking,
    CostItem,
    FundingSource,
    ProviderPrice,
    Quote,
    ServiceProvider,
    Voucher,
    VoucherTerms,
)
from bridgehead.organisations.models import Host, Organisation
from bridgehead.portal.demo import story
from bridgehead.portal.demo.firms import CERAMICS, business_number, make_firms
from bridgehead.portal.demo.hosts import finance_of, maker_of, officer_of
from bridgehead.portal.demo.kinds.asking import build, questions
from bridgehead.portal.demo.kinds.vouchers import ASKED
from bridgehead.portal.demo.receipts import receipt_photo
from bridgehead.programmes.actions import create_programme
from bridgehead.programmes.models import Programme
from bridgehead.questions.models import Question
from bridgehead.questions.rules.files import CheckedFile, check_file

SLUG = "kocef-export-vouchers-first"
MILLION = 1_000_000
#: Name in Korean and English, person, languages, districts, what is offered (service, what, unit, price).
PROVIDERS: list[tuple[str, str, str, str, str, list[tuple[str, str, str, int | None]]]] = [
    (
        "한빛통번역", "Hanbit Interpreters", "송한별", "ko,en,it,fr", "경기 전역, 온라인",
        [
            ("translation", "카탈로그 한영 번역", "page", 38_000),
            ("translation", "카탈로그 한이 번역", "page", 52_000),
            ("interpretation", "바이어 상담 통역", "day", 450_000),
        ],
    ),
    (
        "남한강물류", "Namhangang Logistics", "구본승", "ko,en", "이천, 여주, 광주",
        [
            ("freight", "도자 샘플 항공 운송", "kg", 14_000),
            ("shipping", "해상 운송", "cbm", 240_000),
            ("brokerage", "", "job", None),
        ],
    ),
    (
        "도담무역사무소", "Dodam Trade Office", "민경아", "ko,en,ja", "수도권",
        [
            ("documents", "수출 신고·원산지 증명", "job", 180_000),
            ("translation", "계약서 한영 번역", "page", 45_000),
            ("freight", "샘플 특송", "kg", 21_000),
        ],
    ),
]  # fmt: skip


def load(hosts: dict[str, Host]) -> None:
    start = timezone.now() - timedelta(days=150)
    host, firms = hosts["kocef"], make_firms(CERAMICS, first_serial=201)
    with story.at(start):
        programme, item = _programme(host)
        providers = _providers(host)
    held = _award(programme, firms[16:22], start + timedelta(days=5))
    held += _by_hand(programme, item, firms[22:24], start + timedelta(days=30))
    _spend(held, providers, start + timedelta(days=60))
    _ends(held)


def _programme(host: Host) -> tuple[Programme, CostItem]:
    officer, day = officer_of("kocef"), timezone.localdate()
    programme = create_programme(
        host=host,
        by=officer,
        slug=SLUG,
        kind="voucher",
        title_ko="도자 수출 바우처 1차",
        title_en="Export vouchers for ceramics, first round",
        summary_ko="통역, 번역, 샘플 운송, 무역 서류를 바우처로 이용합니다. 재구성된 사업입니다.",
        summary_en="Interpretation, translation, sample freight and trade documents by voucher. Reconstructed.",
        starts_on=day,
        ends_on=day + timedelta(days=330),
        result_currency="KRW",
        reconstructed=True,
    )
    names = {"name_ko": "경기도", "name_en": "Gyeonggi Province"}
    source = FundingSource(programme=programme, kind="province", amount=Decimal(24 * MILLION), **names)
    save_source(source=source, by=officer)
    item = CostItem(
        programme=programme, code="voucher", name_ko="수출 바우처", name_en="Export voucher", mode="voucher",
        rate=Decimal(90), budget=Decimal(24 * MILLION),
    )  # fmt: skip
    save_item(item=item, by=officer)
    terms = VoucherTerms(
        programme=programme,
        cost_item=item,
        value=Decimal(3 * MILLION),
        valid_days=240,
        value_question="amount",
    )
    vouchers.save_voucher_terms(terms=terms, by=officer)
    return programme, item


def _providers(host: Host) -> list[ServiceProvider]:
    made = []
    for serial, (korean, english, person, languages, districts, prices) in enumerate(PROVIDERS, start=501):
        slug = english.lower().replace(" ", "-")
        provider = vouchers.add_provider(
            host=host,
            by=officer_of("kocef"),
            business_number=business_number(serial),
            name_ko=korean,
            name_en=english,
            email=f"{slug}@demo.bridgehead.example",
            contact=person,
            phone=f"031-000-0{serial}",
            languages=languages,
            districts=districts,
        )
        Organisation.objects.filter(pk=provider.organisation_id).update(reconstructed=True)
        rows = [
            ProviderPrice(service=service, what=what, unit=unit, price=price and Decimal(price))
            for service, what, unit, price in prices
        ]
        vouchers.save_prices(provider=provider, prices=rows, by=maker_of(provider.organisation))
        made.append(provider)
    return made


def _award(programme: Programme, firms: list[Organisation], opens: datetime) -> list[Voucher]:
    """First come, first served; each award becomes a voucher of the amount that was asked for."""
    officer = officer_of("kocef")
    with story.at(opens - timedelta(days=2)):
        call = build(
            by=officer,
            programme=programme,
            slug=f"{SLUG}-call",
            title_ko="도자 수출 바우처 1차 지원 기업 모집",
            title_en="Call: export vouchers for ceramics, first round",
            body_ko="선착순으로 지원합니다. 조건은 재구성된 것입니다.",
            body_en="First come, first served. The terms are reconstructed.",
            benefits_ko="기업당 최대 300만 원의 바우처, 자부담 10 %",
            benefits_en="A voucher of up to KRW 3 million per firm, 10 % own share",
            eligibility_ko="이천시·여주시의 도자 소기업",
            eligibility_en="Small ceramics firms in Icheon and Yeoju",
            opens_at=opens,
            closes_at=opens + timedelta(days=15),
            question_set=questions(host=programme.host, name="수출 바우처 1차 신청", by=officer, asked=ASKED),
            selection={"selection": "first_come", "places": 6, "reserves": 2, "results_shown": "firms"},
        )
    asked = [3 * MILLION, 2_400_000, 1 * MILLION, 3 * MILLION, 2 * MILLION, 2 * MILLION]
    for position, (firm, amount) in enumerate(zip(firms, asked, strict=True)):
        answers = {"use": ["translation", "samples"], "amount": str(amount), "arrears": "no"}
        with story.at(opens + timedelta(days=1, hours=5 * position)):
            story.apply(call, story.Applicant(firm, 0, answers))
    released = opens + timedelta(days=18)
    with story.at(released - timedelta(days=2)):
        for application in call.applications.filter(state=Application.State.SUBMITTED):
            checking.shortlist(application=application, by=officer)
    story.decide(call, by=officer, decided=released - timedelta(days=1), released=released)
    return list(Voucher.objects.filter(programme=programme).order_by("line__firm__slug"))


def _by_hand(
    programme: Programme, item: CostItem, firms: list[Organisation], moment: datetime
) -> list[Voucher]:
    """Two more by the officer: one that has expired since, one that ends soon."""
    today, made = timezone.localdate(), []
    for firm, expires in zip(firms, (today - timedelta(days=12), today + timedelta(days=6)), strict=True):
        maker_of(firm)
        with story.at(moment):
            made.append(
                vouchers.issue_voucher(
                    cost_item=item,
                    firm=firm,
                    value=Decimal(1_500_000),
                    expires_on=expires,
                    by=officer_of("kocef"),
                )
            )
    return made


def _spend(held: list[Voucher], providers: list[ServiceProvider], start: datetime) -> None:
    """A booking in every state, on different vouchers."""
    interpreters, logistics, trade = providers
    first, second, small, fourth = held[:4]
    paid = _booked(first, [interpreters, trade], "translation", "카탈로그 24쪽을 영어로 번역", 912_000, start)
    _until_paid(paid, start + timedelta(days=4))
    returned = _booked(first, [logistics, trade], "freight", "샘플 18kg을 밀라노로 항공 운송", 378_000, start)
    _until_claimed(returned, "LX-2207", start + timedelta(days=5))
    with story.at(start + timedelta(days=14)):
        send_back(
            line=returned.line,
            by=finance_of("kocef"),
            note="청구서 날짜가 운송장과 다릅니다.",
            fields=["receipt_on"],
        )
    used = _booked(small, [logistics], "shipping", "부스 작품 4CBM 해상 운송", 1_240_000, start)
    _until_claimed(used, "LX-2231", start + timedelta(days=6))
    approved = _booked(second, [trade], "documents", "수출 신고와 원산지 증명 2건", 360_000, start)
    _until_claimed(approved, "DT-118", start + timedelta(days=7))
    with story.at(start + timedelta(days=15)):
        approve(line=approved.line, by=finance_of("kocef"))
    later = start + timedelta(days=80)
    accepted = _booked(
        second, [interpreters], "interpretation", "파리 바이어 2명과 하루 상담", 450_000, later
    )
    _confirm(accepted, later)
    _deliver(accepted, later + timedelta(days=3))
    with story.at(later + timedelta(days=4)):
        vouchers.accept_delivery(booking=accepted, by=maker_of(second.line.firm))
    delivered = _booked(
        fourth, [interpreters], "translation", "제품 설명서 12쪽을 이탈리아어로 번역", 624_000, later
    )
    _confirm(delivered, later)
    _deliver(delivered, later + timedelta(days=5))
    confirmed = _booked(fourth, [logistics], "freight", "샘플 9kg을 런던으로 운송", 126_000, later)
    _confirm(confirmed, later + timedelta(days=1))
    _booked(first, [trade], "documents", "수출 신고 1건", 180_000, later + timedelta(days=6))
    _given_up(fourth, providers, later)
    _asked(fourth, [interpreters, trade], later + timedelta(days=7))


def _given_up(voucher: Voucher, providers: list[ServiceProvider], moment: datetime) -> None:
    interpreters, logistics, _trade = providers
    declined = _booked(voucher, [logistics], "shipping", "작품 1CBM 해상 운송", 300_000, moment)
    cancelled = _booked(voucher, [interpreters], "interpretation", "오사카 상담 통역", 900_000, moment)
    with story.at(moment + timedelta(days=2)):
        reason = "해당 주에 선복이 없습니다."
        vouchers.decline_booking(booking=declined, reason=reason, by=maker_of(logistics.organisation))
        reason = "바이어 방문이 미루어짐"
        vouchers.cancel_booking(booking=cancelled, reason=reason, by=maker_of(voucher.line.firm))


def _asked(voucher: Voucher, providers: list[ServiceProvider], moment: datetime) -> None:
    """Two quotes to compare, and one that nobody has answered yet."""
    maker = maker_of(voucher.line.firm)
    with story.at(moment):
        request = vouchers.ask(
            voucher=voucher,
            providers=providers,
            service="translation",
            description="계약서 8쪽을 영어로 번역",
            by=maker,
        )
    for days, (quote, amount) in enumerate(zip(_quotes(request), (296_000, 352_000), strict=True), start=1):
        with story.at(moment + timedelta(days=days / 10)):
            _answer(quote, amount, days=40)
    with story.at(moment):
        vouchers.ask(
            voucher=voucher, providers=providers[:1], service="interpretation",
            description="다음 달 서울 상담회 반나절 영어 통역", by=maker,
        )  # fmt: skip


def _quotes(request: Any) -> list[Quote]:
    return list(request.quotes.select_related("provider__organisation").order_by("pk"))


def _answer(quote: Quote, amount: int, *, days: int = 30) -> None:
    until = timezone.localdate() + timedelta(days=days)
    by = maker_of(quote.provider.organisation)
    vouchers.give_quote(
        quote=quote, amount=Decimal(amount), valid_until=until, note="부가세 포함, 수정 1회 포함", by=by
    )


def _booked(
    voucher: Voucher, providers: list[ServiceProvider], service: str, what: str, price: int, moment: datetime
) -> Booking:
    """Asked of the providers; the first one's price is booked, the others ask for more."""
    maker = maker_of(voucher.line.firm)
    with story.at(moment):
        request = vouchers.ask(
            voucher=voucher, providers=providers, service=service, description=what, by=maker
        )
        quotes = _quotes(request)
        for position, quote in enumerate(quotes):
            _answer(quote, price + 70_000 * position)
        return vouchers.book_quote(quote=quotes[0], by=maker)


def _confirm(booking: Booking, moment: datetime) -> None:
    with story.at(moment + timedelta(hours=5)):
        vouchers.confirm_booking(booking=booking, by=maker_of(booking.provider.organisation))


def _deliver(booking: Booking, moment: datetime) -> None:
    with story.at(moment):
        vouchers.report_delivery(
            booking=booking,
            delivered_on=timezone.localdate(),
            note="요청하신 내용을 모두 마쳤습니다.",
            proof=[_proof(booking)],
            by=maker_of(booking.provider.organisation),
        )


def _proof(booking: Booking) -> CheckedFile:
    name = f"proof-{booking.pk}.jpg"
    picture = receipt_photo(name, booking.provider.organisation.name_en, "PROOF OF SERVICE").file
    picture.seek(0)
    question = Question(kind=Question.Kind.FILE, options={"types": ["jpeg"], "max_mb": 10})
    return check_file(question, SimpleUploadedFile(name, picture.read(), content_type="image/jpeg"))


def _until_claimed(booking: Booking, number: str, moment: datetime) -> None:
    _confirm(booking, moment)
    _deliver(booking, moment + timedelta(days=2))
    with story.at(moment + timedelta(days=3)):
        vouchers.accept_delivery(booking=booking, by=maker_of(booking.line.firm))
    with story.at(moment + timedelta(days=4)):
        issuer = booking.provider.organisation
        vouchers.file_claim(
            booking=booking,
            by=maker_of(issuer),
            receipt_number=number,
            receipt_on=timezone.localdate(),
            receipt_amount=booking.price,
            receipt_vat=(booking.price / 11).quantize(Decimal(1)),
            receipt=receipt_photo(number, issuer.name_en, f"KRW {booking.price:.0f}"),
        )


def _until_paid(booking: Booking, moment: datetime) -> None:
    _until_claimed(booking, "HB-0451", moment)
    finance = finance_of("kocef")
    with story.at(moment + timedelta(days=8)):
        approve(line=booking.line, by=finance)
    with story.at(moment + timedelta(days=11)):
        settle(line=booking.line, by=finance, on=timezone.localdate(), checks=CHECKS)


def _ends(held: list[Voucher]) -> None:
    """One cancelled by the officer, one expired by the sweep, one reminded of its last week."""
    officer = officer_of("kocef")
    with story.at(timezone.now() - timedelta(days=20)):
        vouchers.cancel_voucher(voucher=held[4], reason="휴업 신고", by=officer)
    with story.at(timezone.now() - timedelta(days=11)):
        vouchers.expire_vouchers()
    vouchers.remind_of_expiry()
