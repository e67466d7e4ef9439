"""Export vouchers of the ceramics foundation: first come, first served, open now; rules decide who may come."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from bridgehead.organisations.models import Host
from bridgehead.portal.demo import story
from bridgehead.portal.demo.firms import CERAMICS, make_firms
from bridgehead.portal.demo.hosts import officer_of
from bridgehead.portal.demo.kinds.asking import ARREARS, NO_YES, build, choices, questions
from bridgehead.programmes.actions import create_programme

SLUG = "kocef-export-vouchers"
USES = [
    ("photos", "제품 사진·도록", "Product photographs"),
    ("translation", "통번역", "Translation"),
    ("samples", "견본 발송", "Shipping of samples"),
    ("certificate", "해외 인증", "Certificates for foreign markets"),
]
ASKED: list[dict[str, Any]] = [
    {"key": "use", "kind": "choices", "label_ko": "바우처 사용처", "label_en": "What the voucher is for",
     "options": choices(USES)},
    {"key": "amount", "kind": "money", "label_ko": "신청 금액", "label_en": "Amount applied for",
     "options": {"currency": "KRW", "max": "3000000"}},
    {**ARREARS, "options": choices(NO_YES)},
    {"key": "quotation", "kind": "file", "label_ko": "견적서", "label_en": "Quotation", "required": False,
     "identifying": True, "options": {"types": ["pdf", "jpeg", "png"], "max_mb": 5}},
]  # fmt: skip
RULES: list[tuple[str, dict[str, Any]]] = [
    ("region", {"values": [{"ko": "이천시", "en": "Icheon"}, {"ko": "여주시", "en": "Yeoju"}]}),
    ("size", {"maximum": 50}),
    ("arrears", {"key": "arrears", "values": ["no"]}),
    ("times", {"maximum": 1, "years": 3, "same_kind": True}),
    ("withdrawals", {"maximum": 0, "years": 3}),
]


def load(hosts: dict[str, Host]) -> None:
    now, officer = timezone.now(), officer_of("kocef")
    firms = make_firms(CERAMICS, first_serial=201)
    with story.at(now - timedelta(days=20)):
        day = timezone.localdate()
        programme = create_programme(
            host=hosts["kocef"],
            by=officer,
            slug=SLUG,
            kind="voucher",
            title_ko="도자 수출 바우처",
            title_en="Export vouchers for ceramics",
            summary_ko="해외 박람회에 나가기 전에 필요한 사진, 번역, 견본 발송을 바우처로 지원합니다.",
            summary_en="Vouchers for what a workshop needs before it goes abroad: photographs, translation, samples.",
            starts_on=day,
            ends_on=day + timedelta(days=300),
            result_currency="KRW",
            reconstructed=True,
        )
        call = build(
            by=officer,
            programme=programme,
            slug=f"{SLUG}-call",
            title_ko="도자 수출 바우처 지원 기업 모집",
            title_en="Call: export vouchers for ceramics",
            body_ko="선착순으로 지원합니다. 자격 요건은 신청서를 쓰는 동안 바로 확인됩니다. 조건은 재구성된 것입니다.",
            body_en="First come, first served. Eligibility is checked while you write. The terms are reconstructed.",
            benefits_ko="기업당 최대 300만 원의 바우처",
            benefits_en="A voucher of up to KRW 3 million per firm",
            eligibility_ko="이천시·여주시의 도자 소기업",
            eligibility_en="Small ceramics firms in Icheon and Yeoju",
            opens_at=now - timedelta(days=15),
            closes_at=(now + timedelta(days=30)).replace(hour=9, minute=0, second=0, microsecond=0),
            grace_minutes=10,
            question_set=questions(host=hosts["kocef"], name="수출 바우처 신청", by=officer, asked=ASKED),
            rules=RULES,
            selection={"selection": "first_come", "places": 10, "reserves": 3, "results_shown": "firms"},
        )
    for position, firm in enumerate(firms[12:16]):
        answers = {
            "use": ["photos", "samples"],
            "amount": "2400000",
            "arrears": "yes" if position == 3 else "no",
        }
        with story.at(call.opens_at + timedelta(days=1, hours=5 * position)):
            firm.employees = 3 + position
            firm.save(update_fields=["employees"])
            story.apply(call, story.Applicant(firm, 0, answers))
