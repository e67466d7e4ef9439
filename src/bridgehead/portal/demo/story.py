"""How the demo's past is told: each thing happens on its day, through the same action people use."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import time_machine

from bridgehead.accounts.models import User
from bridgehead.calls.actions import (
    applying,
    assigning,
    awarding,
    checking,
    deciding,
    declaring,
    editing,
    releasing,
    reviewing,
    staging,
)
from bridgehead.calls.models import Application, Award, Call, Review
from bridgehead.organisations.models import Consent, Host, Organisation
from bridgehead.portal.demo.hosts import maker_of
from bridgehead.questions.actions import add_question, create_set
from bridgehead.questions.models import QuestionSet

SEOUL = ZoneInfo("Asia/Seoul")

CONSENTS: dict[str, str] = {
    Consent.Purpose.APPLICATION: "신청서 처리를 위한 개인정보 수집·이용에 동의합니다.",
    Consent.Purpose.SHARING: "박람회 주최자와 바이어에게 제공하는 것에 동의합니다.",
    Consent.Purpose.FOLLOW_UP: "12개월까지 성과 조사를 위해 연락하는 것에 동의합니다.",
}

CRITERIA = [
    {"name_ko": "제품 경쟁력", "name_en": "Product", "help_ko": "디자인, 품질, 차별성", "help_en": "Design, quality, what sets it apart", "weight": 40},
    {"name_ko": "수출 준비도", "name_en": "Export readiness", "help_ko": "가격, 생산 능력, 영문 자료", "help_en": "Prices, capacity, material in English", "weight": 35},
    {"name_ko": "사업 계획", "name_en": "Plan", "help_ko": "목표 시장과 후속 계획", "help_en": "Target market and follow-up", "weight": 25},
]  # fmt: skip
REMARKS = {
    5: "뛰어나며 바로 현지 바이어에게 보일 수 있음",
    4: "우수하나 영문 자료의 보완이 필요함",
    3: "보통 수준으로 가격 경쟁력의 검토가 필요함",
    2: "준비가 부족하여 다음 회차를 권함",
    1: "제출 자료로는 판단하기 어려움",
}


@contextmanager
def on(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> Iterator[datetime]:
    """What happens inside happens at this moment in Seoul."""
    moment = datetime(year, month, day, hour, minute, tzinfo=SEOUL)
    with time_machine.travel(moment, tick=False):
        yield moment


@contextmanager
def at(moment: datetime) -> Iterator[datetime]:
    with time_machine.travel(moment, tick=False):
        yield moment


def make_questions(
    *, host: Host, name: str, by: User, regions: Sequence[tuple[str, str, str]] = ()
) -> QuestionSet:
    """The usual questions of a fair call; `regions` (value, ko, en) adds the one that quotas look at."""
    questions = create_set(name=name, host=host, by=by)

    def ask(key: str, kind: str, korean: str, english: str, **fields: Any) -> None:
        add_question(
            question_set=questions, key=key, kind=kind, label_ko=korean, label_en=english, by=by, **fields
        )

    about = {"section_ko": "공방 소개", "section_en": "Your workshop"}
    export = {"section_ko": "수출", "section_en": "Export"}
    ask(
        "representative", "short_text", "대표자 성명", "Name of the representative", identifying=True, **about
    )
    if regions:
        options = {
            "choices": [{"value": value, "ko": korean, "en": english} for value, korean, english in regions]
        }
        ask("region", "choice", "사업장 소재지", "Where your workshop is", options=options, **about)
    ask("product", "short_text", "주력 제품", "Main product", options={"max_length": 80}, **about)
    ask(
        "story", "long_text", "제품의 특징과 제작 방식", "What sets your product apart and how it is made",
        help_ko="심사위원에게는 기업명이 보이지 않습니다. 본문에 기업명을 쓰지 마십시오.",
        help_en="Reviewers do not see your name; please do not write it here.",
        options={"max_length": 1000}, **about,
    )  # fmt: skip
    yes_no = {
        "choices": [{"value": "yes", "ko": "있음", "en": "Yes"}, {"value": "no", "ko": "없음", "en": "No"}]
    }
    ask(
        "exported",
        "choice",
        "최근 3년 수출 실적",
        "Exports in the last three years",
        options=yes_no,
        **export,
    )
    ask(
        "export_amount", "money", "수출액", "Amount exported", options={"currency": "USD"},
        condition={"key": "exported", "in": ["yes"]}, **export,
    )  # fmt: skip
    ask("market", "short_text", "목표 시장", "Target market", options={"max_length": 80}, **export)
    ask(
        "catalogue",
        "file",
        "영문 제품 소개서",
        "Product catalogue in English",
        required=False,
        identifying=True,
        **export,
    )
    return questions


@dataclass(frozen=True)
class Applicant:
    """A firm, how strong reviewers find it (1 to 5), and what it answers."""

    firm: Organisation
    strength: float
    answers: dict[str, Any]


def applicants(firms: Sequence[Organisation], *, strong: int, seed: int, region: str = "") -> list[Applicant]:
    """The first `strong` firms convince reviewers more than the others do."""
    generator = random.Random(seed)
    found = []
    for position, firm in enumerate(firms):
        strength = generator.uniform(4.3, 4.9) if position < strong else generator.uniform(2.4, 3.9)
        exported = position % 3 != 2
        answers: dict[str, Any] = {
            "representative": f"{firm.name_ko} 대표",
            "product": firm.sector,
            "story": "주문을 받아 한 점씩 손으로 만들고, 마감과 재료의 이력을 기록합니다. 소량 주문도 6주 안에 보냅니다.",
            "exported": "yes" if exported else "no",
            "market": generator.choice(["Europe", "Middle East", "North America", "Japan"]),
        }
        if exported:
            answers["export_amount"] = str(generator.randrange(5, 90) * 1000)
        if region:
            answers["region"] = firm.region.lower()
        found.append(Applicant(firm, strength, answers))
    return found


def apply(call: Call, applicant: Applicant, *, submit: bool = True) -> Application:
    maker = maker_of(applicant.firm)
    application = applying.start(call=call, firm=applicant.firm, by=maker)
    applying.save_answers(
        application=application, answers=applicant.answers, version=application.version, by=maker
    )
    if submit:
        application.refresh_from_db()
        applying.submit(application=application, consents=CONSENTS, by=maker)
    application.refresh_from_db()
    return application


def receive(call: Call, people: Sequence[Applicant]) -> None:
    """Applications come in spread over the days the call is open, the strongest last, as in life."""
    span = (call.closes_at - call.opens_at) - timedelta(hours=6)
    for position, applicant in enumerate(reversed(people), start=1):
        with at(call.opens_at + span * position / len(people)):
            apply(call, applicant)


def review(call: Call, people: Sequence[Applicant], *, by: User, start: datetime, seed: int) -> None:
    """Checked by the office, then every reviewer scores what was assigned."""
    generator = random.Random(seed)
    strength = {applicant.firm.pk: applicant.strength for applicant in people}
    with at(start):
        for application in call.applications.filter(state=Application.State.SUBMITTED):
            checking.shortlist(application=application, by=by)
        assigning.assign_reviewers(call=call, by=by)
        declare_interests(call)
    criteria = list(call.criteria.all())
    reviews = Review.objects.filter(application__call=call).select_related("application", "reviewer")
    for position, item in enumerate(reviews):
        with at(start + timedelta(days=1 + position % 5, hours=position % 9, minutes=7 * position % 60)):
            scores = {}
            for criterion in criteria:
                value = round(min(5, max(1, generator.gauss(strength[item.application.firm_id], 0.45))))
                scores[criterion.pk] = {"value": value, "reason": REMARKS[value]}
            reviewing.submit_review(review=item, scores=scores, by=item.reviewer)


def declare_interests(call: Call) -> None:
    """Each reviewer of the call, before the first reading; a declaration lasts a year and is made anew after that."""
    for reviewer in User.objects.filter(reviews__application__call=call).distinct().order_by("pk"):
        declaring.declare(by=reviewer)


def decide(call: Call, *, by: User, decided: datetime, released: datetime) -> list[Award]:
    """Decided, released, and every award accepted in the days after."""
    with at(decided):
        deciding.decide(call=call, by=by)
    with at(released):
        releasing.release(call=call, by=by)
    awards = list(Award.objects.filter(programme=call.programme).select_related("firm"))
    for position, award in enumerate(awards):
        with at(released + timedelta(hours=3 + 5 * position)):
            awarding.accept_award(award=award, by=maker_of(award.firm))
    return list(Award.objects.filter(programme=call.programme).select_related("firm"))


def make_call(*, by: User, **fields: Any) -> Call:
    """A call with the usual criteria, published when it opens."""
    scoring = {
        key: fields.pop(key) for key in ("quotas", "bonuses", "reserves", "threshold") if key in fields
    }
    call = editing.create_call(by=by, reviews_wanted=2, **fields)
    staging.edit_stage(stage=call.stages.get(), criteria=CRITERIA, by=by)
    editing.set_selection(call=call, by=by, places=call.places, **scoring)
    call.refresh_from_db()
    with at(call.opens_at - timedelta(hours=1)):
        editing.publish_call(call=call, by=by)
    call.refresh_from_db()
    return call
