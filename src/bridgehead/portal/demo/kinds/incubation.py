"""AI start-ups of Gyeonggi with Cisco. Sourced: the partnership of 26 February 2025 and what it offers; the rest is made up."""

from datetime import date
from typing import Any

from bridgehead.calls.actions import checking
from bridgehead.calls.models import Application
from bridgehead.organisations.models import Host
from bridgehead.portal.demo import story
from bridgehead.portal.demo.firms import GYEONGGI_ICT, make_firms
from bridgehead.portal.demo.hosts import officer_of
from bridgehead.portal.demo.kinds.asking import ARREARS, NO_YES, build, choices, criterion, questions, seoul
from bridgehead.portal.demo.kinds.reading import read_stage
from bridgehead.programmes.actions import create_programme

SLUG = "gyeonggi-ai-startups-2025"
ASKED: list[dict[str, Any]] = [
    {"key": "product", "kind": "short_text", "label_ko": "제품", "label_en": "Product"},
    {"key": "age", "kind": "number", "label_ko": "업력(년)", "label_en": "Years since founding",
     "options": {"min": "0", "max": "50"}},
    {"key": "patents", "kind": "number", "label_ko": "등록 특허", "label_en": "Patents granted",
     "options": {"min": "0"}},
    {"key": "plan", "kind": "long_text", "label_ko": "해외 진출 계획", "label_en": "Plan for markets abroad",
     "options": {"max_length": 1500}},
    {**ARREARS, "options": choices(NO_YES)},
]  # fmt: skip
STRENGTHS = [0.95, 0.9, 0.85, 0.82, 0.7, 0.45]


def load(hosts: dict[str, Host]) -> None:
    officer, firms = officer_of("gyeonggi"), make_firms(GYEONGGI_ICT, first_serial=101)[:6]
    with story.on(2025, 3, 4):
        programme = create_programme(
            host=hosts["gyeonggi"],
            by=officer,
            slug=SLUG,
            kind="incubation",
            title_ko="시스코 협력 AI 스타트업 육성 2025",
            title_en="AI start-ups with Cisco 2025",
            summary_ko="시스코와 함께 AI 스타트업의 교육, 기술 협력, 멘토링, 해외 진출을 지원합니다. 공고는 재구성된 것입니다.",
            summary_en="Training, technical cooperation, mentoring and market entry together with Cisco. "
            "The call is reconstructed.",
            starts_on=date(2025, 5, 1),
            ends_on=date(2025, 11, 28),
            result_currency="KRW",
            reconstructed=True,
        )
        call = build(
            by=officer,
            programme=programme,
            slug=f"{SLUG}-call",
            title_ko="AI 스타트업 육성 참여 기업 모집",
            title_en="Call: AI start-ups to be fostered with Cisco",
            body_ko="발표 심사에서 100점 만점에 70점 이상을 받은 기업을 모두 선정합니다.",
            body_en="Everybody who reaches 70 of 100 points at the presentation is selected.",
            benefits_ko="스타트업 교육\n시스코 솔루션 기술 협력\n전문가 멘토링\n해외 시장 진출 지원",
            benefits_en="Training\nTechnical cooperation with Cisco solutions\nExpert mentoring\nHelp with markets abroad",
            eligibility_ko="경기도의 업력 7년 이하 AI 기업",
            eligibility_en="AI firms in Gyeonggi, not older than seven years",
            opens_at=seoul(2025, 3, 10),
            closes_at=seoul(2025, 3, 28, 18),
            question_set=questions(host=hosts["gyeonggi"], name="AI 스타트업 신청", by=officer, asked=ASKED),
            rules=[
                ("answer", {"key": "age", "maximum": "7"}),
                ("arrears", {"key": "arrears", "values": ["no"]}),
            ],
            stages=[
                {
                    "kind": "interview",
                    "name_ko": "발표 심사",
                    "name_en": "Presentation",
                    "reviews_wanted": 2,
                    "criteria": [
                        criterion("기술성", "Technology", 40),
                        criterion("시장성", "Market", 35),
                        criterion("팀 역량", "Team", 25),
                    ],
                }
            ],
            selection={
                "selection": "threshold",
                "threshold": 70,
                "places": 10,
                "scale_max": 10,
                "objection_days": 7,
                "results_shown": "scores",
                "bonuses": [
                    {"name_ko": "특허 2건 이상", "name_en": "Two patents or more", "key": "patents",
                     "rule": "at_least", "value": "2", "points": 2},
                ],
            },
        )  # fmt: skip
    strong = dict(zip([firm.pk for firm in firms], STRENGTHS, strict=True))
    people = [
        story.Applicant(firm, strong[firm.pk], _answers(firm.sector, position))
        for position, firm in enumerate(firms)
    ]
    story.receive(call, people)
    with story.on(2025, 3, 31):
        for application in call.applications.filter(state=Application.State.SUBMITTED):
            checking.shortlist(application=application, by=officer)
    read_stage(call.stages.get(), strong, start=seoul(2025, 4, 1), by=officer, seed=226)
    story.decide(call, by=officer, decided=seoul(2025, 4, 10), released=seoul(2025, 4, 14))


def _answers(sector: str, position: int) -> dict[str, Any]:
    return {
        "product": sector,
        "age": str(1 + position),
        "patents": str(position % 4),
        "plan": "첫 해에 두 나라의 실증 고객을 확보하고, 둘째 해에 현지 협력사를 통해 판매합니다.",
        "arrears": "no",
    }
