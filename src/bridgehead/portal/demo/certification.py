"""Iksan's eco-friendly jewelry certification. Sourced: that the city offers it; scheme and all twelve cases are reconstructed.

FITI, the testing institute, evaluates; an officer of the city decides; a third person hears appeals. The twelve cases are
in the twelve states a case can be in, told relative to today, so that they stay so whenever the demo is loaded.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.core.files.base import ContentFile

from bridgehead.accounts.models import User
from bridgehead.calls.models import Award
from bridgehead.certification.actions import applying, badges, complaining, deciding, evaluating
from bridgehead.certification.actions.signing import create_key
from bridgehead.certification.models import Case, ImpartialityNote, Scheme, SchemeVersion
from bridgehead.certification.rules import add_months
from bridgehead.certification.shipping import load_scheme
from bridgehead.documents import render
from bridgehead.documents.blocks import Document, Paragraph
from bridgehead.kit.clock import today
from bridgehead.organisations.models import Host, Organisation
from bridgehead.portal.demo import iksan, story
from bridgehead.portal.demo.hosts import maker_of, officer_of
from bridgehead.portal.demo.kinds import training
from bridgehead.programmes.models import Programme
from bridgehead.questions.rules.files import CheckedFile

SLUG = "iksan-eco-jewelry"
#: What a good workshop measures, by criterion.
VALUES = {
    "recycled-content": "72", "cyanide-free": "0.02", "wastewater": "0.6", "energy": "41", "nickel-release": "0.11",
    "cadmium": "12", "lead": "35", "packaging": "20",
}  # fmt: skip
SCOPES = [
    ("재생 은 반지와 목걸이", "Rings and necklaces of recycled silver"),
    ("무도금 귀걸이", "Unplated earrings"),
    ("재생 금 커플링", "Couple rings of recycled gold"),
    ("은 체인과 팔찌", "Silver chains and bracelets"),
]
#: How a criterion is found where it is not measured in a laboratory.
METHODS = {
    "recycled-content": "documents", "conflict-free": "documents", "mercury-free": "documents", "energy": "documents",
    "packaging": "documents",
}  # fmt: skip
LABORATORY = "FITI (KOLAS, ISO/IEC 17025)"
#: Days before today on which each case was opened; its other steps follow from that.
RECENT = 90


class Teller:
    """The people of the scheme, and how far each case is told."""

    def __init__(self) -> None:
        self.decider = officer_of("iksan")
        self.evaluator = User.objects.get(email="fiti-evaluator@demo.bridgehead.example")
        self.jury = User.objects.get(email="iksan-appeals@demo.bridgehead.example")
        self.version = SchemeVersion.objects.get(scheme__slug=SLUG)
        self.criteria = list(self.version.criteria.all())
        self.expired: Case | None = None

    def draft(self, firm: Organisation, n: int) -> Case:
        korean, english = SCOPES[n % len(SCOPES)]
        case = applying.open_case(
            version=self.version, firm=firm, by=maker_of(firm), markets=["EU", "KR"], scope_ko=korean,
            scope_en=english, reconstructed=True,
        )  # fmt: skip
        answers = {c: (_value(c.code), "증빙을 첨부했습니다.") for c in self.criteria}
        applying.assess_oneself(case=case, answers=answers, by=maker_of(firm))
        return case

    def leave(self, case: Case) -> None:
        """A draft stays a draft."""

    def submit(self, case: Case) -> None:
        applying.submit(case=case, by=maker_of(case.firm))

    def give_back(self, case: Case) -> None:
        self.submit(case)
        words = "최근 6개월의 수질검사 성적서를 첨부해 주십시오."
        evaluating.return_case(case=case, reason=words, by=self.decider)

    def cancel(self, case: Case) -> None:
        self.submit(case)
        applying.cancel(case=case, by=maker_of(case.firm))

    def evaluate(self, case: Case) -> None:
        """A site visit and a laboratory's report, then a finding on every criterion."""
        if case.state == Case.State.DRAFT:
            self.submit(case)
        evaluating.accept(case=case, by=self.evaluator)
        for kind, title, laboratory in [("visit", "현장 확인서", ""), ("lab", "시험성적서", LABORATORY)]:
            evaluating.attach(
                case=case, by=self.evaluator, kind=kind, file=_report(title, case), laboratory=laboratory,
                dated=today(),
            )  # fmt: skip
        for c in self.criteria:
            evaluating.find(
                case=case, criterion=c, conforms=True, method=METHODS.get(c.code, "lab"), value=_value(c.code),
                by=self.evaluator,
            )  # fmt: skip

    def renew(self, case: Case) -> None:
        """Not the case itself but the renewal of the one that expired is what is being evaluated."""
        if self.expired is None:
            raise ValueError("the expired case is told first")
        case.renews = self.expired
        case.save(update_fields=["renews"])
        self.evaluate(case)

    def correct(self, case: Case) -> None:
        self.evaluate(case)
        nickel = next(c for c in self.criteria if c.code == "nickel-release")
        evaluating.find(
            case=case, criterion=nickel, conforms=False, method="lab", value=Decimal("0.31"),
            words="귀걸이 침 3점 중 1점", by=self.evaluator,
        )  # fmt: skip
        evaluating.raise_nonconformity(
            case=case, criterion=nickel, grade="major", words="귀걸이 침의 니켈 용출량이 0.31로 EU 한도 0.2를 넘습니다.",
            deadline=today() + timedelta(days=RECENT + 20), by=self.evaluator,
        )  # fmt: skip

    def finish(self, case: Case) -> None:
        self.evaluate(case)
        evaluating.finish(case=case, by=self.evaluator)

    def certify(self, case: Case) -> None:
        self.finish(case)
        self.decide(case, "grant", "모든 필수 기준을 충족합니다.")

    def reduce(self, case: Case) -> None:
        """Certified, of a smaller scope than at first: the register shows both certificates."""
        self.certify(case)
        with _later(30):
            self.decide(
                case, "reduce", "도금 제품을 제외합니다.", scope_ko="무도금 반지", scope_en="Unplated rings"
            )

    def decide(self, case: Case, outcome: str, reason: str, **more: Any) -> None:
        deciding.decide(case=case, outcome=outcome, reason=reason, by=self.decider, **more)

    def refuse(self, case: Case) -> None:
        """Refused; the firm appeals, and somebody else upholds the refusal."""
        self.finish(case)
        self.decide(case, "refuse", "분쟁 없는 원료 실사의 위험 평가가 없습니다.")
        appeal = complaining.complain(
            case=case, kind="appeal", words="위험 평가서를 보완하여 다시 심사받고 싶습니다.",
            sender=str(maker_of(case.firm)),
        )  # fmt: skip
        complaining.answer_complaint(
            complaint=appeal, upheld=False, answer="새로 신청해 주십시오.", by=self.jury
        )

    def let_lapse(self, case: Case) -> None:
        """No surveillance after a year: the calendar suspends."""
        self.certify(case)
        with story.at(_noon(add_months(today(), 12) + timedelta(days=1))):
            deciding.follow_the_calendar()

    def withdraw(self, case: Case) -> None:
        """Somebody complains that the mark is misused; the certificate is withdrawn, and the complaint is open still."""
        self.certify(case)
        with _later(40):
            complaining.complain(
                case=case, kind="complaint", words="인증 범위가 아닌 도금 제품에 마크가 붙어 있습니다.",
                sender="소비자 (재구성)", email="shopper@demo.bridgehead.example",
            )  # fmt: skip
            self.decide(case, "withdraw", "인증 범위가 아닌 제품에 마크를 썼습니다.")

    def expire(self, case: Case) -> None:
        """Three years with both surveillances, then the end of the period."""
        self.certify(case)
        for plan in case.surveillances.all():
            with story.at(_noon(plan.due_on - timedelta(days=10))):
                evaluating.survey(
                    surveillance=plan, done_on=today(), conforms=True, words="기준을 계속 충족합니다.",
                    by=self.evaluator,
                )  # fmt: skip
        with story.at(_noon(add_months(today(), 36) + timedelta(days=1))):
            deciding.follow_the_calendar()
        self.expired = case


def _value(code: str) -> Decimal | None:
    return Decimal(VALUES[code]) if code in VALUES else None


def _noon(day: date) -> Any:
    return story.datetime(day.year, day.month, day.day, 12, tzinfo=story.SEOUL)


def _later(days: int) -> Any:
    return story.at(_noon(today() + timedelta(days=days)))


def _report(title: str, case: Case) -> CheckedFile:
    """A page that says what it would be, and that it is reconstructed."""
    name = f"{title} {case.number}.pdf"
    return CheckedFile(ContentFile(_page(title), name), name, "pdf")


@lru_cache(maxsize=4)
def _page(title: str) -> bytes:
    document = Document(title, "ko", [Paragraph("시연을 위해 재구성한 문서입니다.")])
    return render(document, "pdf")


def _begin(hosts: dict[str, Host]) -> None:
    """The year the city's grants began: a key, the scheme, and a risk to impartiality."""
    officer = officer_of("iksan")
    with story.on(2021, 4, 12):
        create_key(host=hosts["iksan"], by=officer)
        version = load_scheme(
            name="iksan_eco_jewelry", by=officer, host=hosts["iksan"], body=hosts["fiti"], reconstructed=True
        )
        programme = Programme.objects.filter(slug=iksan.SLUG).first()
        if programme:
            version.scheme.programmes.add(programme)
        note = ImpartialityNote(
            host=hosts["iksan"],
            risk="평가기관 FITI가 같은 기업에 공정 자문을 하기도 합니다.",
            safeguard="자문한 사람은 2년 동안 그 기업을 평가하지 않습니다.",
        )
        complaining.note_risk(note=note, by=officer)


def _give_badges() -> None:
    """Everybody who finished the training gets a badge; the last one on the list has not, so that one can be given."""
    awards = list(Award.objects.filter(programme__slug=training.SLUG, state=Award.State.ACCEPTED))
    with story.on(2024, 9, 2):
        badges.give_badges(awards=awards[:-1], by=officer_of("iksan"))


def load(hosts: dict[str, Host]) -> str:
    """Scheme, twelve cases, and badges of the training."""
    if Scheme.objects.filter(slug=SLUG).exists():
        return f"{SLUG}: there already"
    _begin(hosts)
    teller = Teller()
    firms = list(Organisation.objects.filter(slug__startswith="iksan-0").order_by("slug"))
    tell: list[tuple[int, Callable[[Case], None]]] = [
        (39 * 31, teller.expire), (14 * 31, teller.let_lapse), (RECENT, teller.reduce), (RECENT, teller.withdraw),
        (60, teller.refuse), (55, teller.cancel), (50, teller.finish), (RECENT, teller.correct),
        (40, teller.renew), (35, teller.give_back), (20, teller.submit), (10, teller.leave),
    ]  # fmt: skip
    for n, (days, told) in enumerate(tell):
        with story.at(_noon(today() - timedelta(days=days))):
            told(teller.draft(firms[n % len(firms)], n))
    _give_badges()
    return f"{SLUG}: loaded"
