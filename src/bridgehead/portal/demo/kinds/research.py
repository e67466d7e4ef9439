"""Policy-research teams of Gyeonggi. Sourced: audition of 27 March 2025, 15 teams with 60 people, 6 designated and 9
autonomous tasks, KRW 15–20 million each and up to 1.75 million for interpretation. Teams and scores are made up.
"""

from datetime import date, timedelta
from typing import Any

from bridgehead.calls.actions import applying, checking, progressing, teaming
from bridgehead.calls.models import Application, Call
from bridgehead.organisations.models import Host, Organisation
from bridgehead.portal.demo import story
from bridgehead.portal.demo.firms import FirmData, make_firms
from bridgehead.portal.demo.hosts import maker_of, officer_of
from bridgehead.portal.demo.kinds.asking import build, choices, criterion, questions, seoul
from bridgehead.portal.demo.kinds.reading import read_stage
from bridgehead.programmes.actions import create_programme

SLUG = "gyeonggi-policy-research-2025"
DESIGNATED = [
    "간병 SOS",
    "노동시간 단축",
    "AI 교통안전",
    "베이비부머 일자리",
    "기후 행동",
    "생성형 AI 행정",
    "주거 복지",
]
AUTONOMOUS = [
    "도시 숲",
    "작은 도서관",
    "농촌 돌봄",
    "수변 안전",
    "공공 기록",
    "반려동물 복지",
    "청년 주거",
    "장애인 이동",
    "재난 심리",
    "지역 축제",
]
ENGLISH = {name: f"Research team {n}" for n, name in enumerate([*DESIGNATED, *AUTONOMOUS], start=1)}
TEAMS = [
    FirmData(f"gyeonggi-research-{n:02d}", f"{name} 연구팀", ENGLISH[name], "Suwon", "Policy research")
    for n, name in enumerate([*DESIGNATED, *AUTONOMOUS], start=1)
]
TASKS = [("designated", "지정 과제", "Designated task"), ("autonomous", "자율 과제", "Autonomous task")]
ASKED: list[dict[str, Any]] = [
    {"key": "task", "kind": "choice", "label_ko": "과제 구분", "label_en": "Kind of task", "options": choices(TASKS)},
    {"key": "topic", "kind": "short_text", "label_ko": "연구 주제", "label_en": "Topic"},
    {"key": "countries", "kind": "short_text", "label_ko": "방문 국가", "label_en": "Countries to visit"},
    {"key": "use", "kind": "long_text", "label_ko": "도정 반영 계획", "label_en": "How the province will use it",
     "options": {"max_length": 1500}},
    {"key": "budget", "kind": "money", "label_ko": "훈련비", "label_en": "Training expenses",
     "options": {"currency": "KRW", "min": "15000000", "max": "20000000"}},
]  # fmt: skip
QUOTAS = [
    {"key": "task", "value": "designated", "places": 6},
    {"key": "task", "value": "autonomous", "places": 9},
]


def load(hosts: dict[str, Host]) -> None:
    officer, teams = officer_of("gyeonggi"), make_firms(TEAMS, first_serial=401)
    call = _call(hosts["gyeonggi"])
    strong = {team.pk: 0.95 - 0.03 * (position % len(DESIGNATED)) for position, team in enumerate(teams)}
    strong[teams[len(DESIGNATED) - 1].pk] = strong[teams[-1].pk] = 0.4
    for position, team in enumerate(teams):
        with story.at(call.opens_at + timedelta(days=1, hours=7 * position)):
            _apply(call, team, "designated" if position < len(DESIGNATED) else "autonomous")
    with story.on(2025, 3, 17):
        for application in call.applications.filter(state=Application.State.SUBMITTED):
            checking.shortlist(application=application, by=officer)
    documents, audition = call.stages.all()
    read_stage(documents, strong, start=seoul(2025, 3, 17, 11), by=officer, seed=15)
    with story.on(2025, 3, 21):
        progressing.close_stage(stage=documents, by=officer)
    read_stage(audition, strong, start=seoul(2025, 3, 25), by=officer, seed=60)
    story.decide(call, by=officer, decided=seoul(2025, 3, 27, 17), released=seoul(2025, 3, 28, 10))


def _call(host: Host) -> Call:
    officer = officer_of("gyeonggi")
    with story.on(2025, 2, 24):
        programme = create_programme(
            host=host,
            by=officer,
            slug=SLUG,
            kind="research",
            title_ko="2025 글로벌 정책연구 훈련",
            title_en="Global policy research training 2025",
            summary_ko="15개 팀 60명이 해외 선진 사례를 연구해 도정에 반영합니다. 팀과 점수는 재구성된 것입니다.",
            summary_en="Fifteen teams with 60 people study cases abroad for the province. Teams and scores are "
            "reconstructed.",
            starts_on=date(2025, 4, 1),
            ends_on=date(2025, 9, 30),
            result_currency="KRW",
            reconstructed=True,
        )
        return build(
            by=officer,
            programme=programme,
            slug=f"{SLUG}-call",
            title_ko="글로벌 정책연구 훈련팀 공모",
            title_en="Call: teams for global policy research",
            body_ko="지정 과제 6개, 자율 과제 9개를 오디션으로 선정합니다.",
            body_en="Six designated and nine autonomous tasks are selected by audition.",
            benefits_ko="팀당 훈련비 1,500만~2,000만 원\n통역비 최대 175만 원",
            benefits_en="KRW 15–20 million per team\nUp to KRW 1.75 million for interpretation",
            eligibility_ko="경기도 소속 직원 4명의 팀",
            eligibility_en="Teams of four members of the provincial staff",
            opens_at=seoul(2025, 3, 4),
            closes_at=seoul(2025, 3, 14, 18),
            team_min=4,
            team_max=4,
            question_set=questions(host=host, name="정책연구 훈련 신청", by=officer, asked=ASKED),
            stages=[
                {
                    "name_ko": "서류 심사",
                    "name_en": "Documents",
                    "weight": 40,
                    "reviews_wanted": 2,
                    "criteria": [criterion("필요성", "Need", 50), criterion("실행 계획", "Plan", 50)],
                },
                {
                    "kind": "interview",
                    "name_ko": "오디션",
                    "name_en": "Audition",
                    "weight": 60,
                    "reviews_wanted": 2,
                    "criteria": [criterion("창의성", "Originality", 40), criterion("도정 활용", "Use", 60)],
                },
            ],
            selection={
                "places": 15,
                "reserves": 1,
                "quotas": QUOTAS,
                "blind": False,
                "results_shown": "firms",
                "objection_days": 5,
            },
        )


def _apply(call: Call, team: Organisation, task: str) -> None:
    """Four people each: whoever applies, and three who confirm by their link."""
    maker = maker_of(team)
    application = applying.start(call=call, firm=team, by=maker)
    people = [(maker.name, maker.email)]
    people += [(f"연구원 {n}", f"{team.slug}-{n}@demo.bridgehead.example") for n in (2, 3, 4)]
    for name, email in people:
        member = teaming.add_member(application=application, name=name, email=email, role="", by=maker)
        if email != maker.email:
            teaming.answer(member=member, agrees=True)
    answers = {
        "task": task,
        "topic": team.name_ko.removesuffix(" 연구팀"),
        "countries": "스웨덴, 노르웨이",
        "use": "현지 기관을 방문해 제도와 운영을 살피고, 9월 성과 발표회에서 경기도에 맞는 모델을 제안합니다.",
        "budget": "18000000",
    }
    application.refresh_from_db()
    applying.save_answers(application=application, answers=answers, version=application.version, by=maker)
    application.refresh_from_db()
    applying.submit(application=application, consents=story.CONSENTS, by=maker)
