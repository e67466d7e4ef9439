"""Training in AI marketing and live commerce at Iksan. Sourced: that the city offers it; the places went by lot here."""

from datetime import date, timedelta
from typing import Any

from bridgehead.calls.actions import checking
from bridgehead.calls.models import Application
from bridgehead.organisations.models import Host
from bridgehead.portal.demo import story
from bridgehead.portal.demo.firms import FirmData, make_firms
from bridgehead.portal.demo.hosts import officer_of
from bridgehead.portal.demo.kinds.asking import build, choices, questions, seoul
from bridgehead.programmes.actions import create_programme

SLUG = "iksan-live-commerce-2024"
FIRMS = [
    FirmData(f"iksan-{n:02d}", korean, english, "Iksan", "Fashion jewelry")
    for n, (korean, english) in enumerate(
        [
            ("보석마을", "Gem Village"),
            ("미륵주얼리", "Mireuk Jewelry"),
            ("왕궁은방", "Wanggung Silver"),
            ("서동공방", "Seodong Studio"),
            ("금마금속", "Geumma Metal"),
            ("함라도금", "Hamra Plating"),
            ("용안체인", "Yongan Chain"),
            ("춘포비즈", "Chunpo Beads"),
        ],
        start=1,
    )
]
ASKED: list[dict[str, Any]] = [
    {"key": "goal", "kind": "long_text", "label_ko": "교육에서 배우고 싶은 것", "label_en": "What you want to learn",
     "options": {"max_length": 500}},
    {"key": "channel", "kind": "choice", "label_ko": "온라인 판매 경험", "label_en": "Have you sold online",
     "options": choices([("none", "없음", "No"), ("some", "있음", "Yes")])},
]  # fmt: skip


def load(hosts: dict[str, Host]) -> None:
    officer, firms = officer_of("iksan"), make_firms(FIRMS, first_serial=301)
    with story.on(2024, 5, 2):
        programme = create_programme(
            host=hosts["iksan"],
            operator=hosts["fiti"],
            by=officer,
            slug=SLUG,
            kind="training",
            title_ko="AI 마케팅·라이브커머스 심화 교육 2024",
            title_en="Training in AI marketing and live commerce 2024",
            summary_ko="익산 U-주얼리 특화단지 지원사업의 교육 과정입니다. 공고와 추첨은 재구성된 것입니다.",
            summary_en="A course of the Iksan-U complex project. The call and the draw are reconstructed.",
            starts_on=date(2024, 6, 17),
            ends_on=date(2024, 8, 30),
            result_currency="KRW",
            reconstructed=True,
        )
        call = build(
            by=officer,
            programme=programme,
            slug=f"{SLUG}-call",
            title_ko="라이브커머스 심화 교육생 모집",
            title_en="Call: places in the live commerce training",
            body_ko="신청자가 정원을 넘으면 공개된 시드로 추첨합니다.",
            body_en="If more apply than there are places, lots are drawn with the published seed.",
            benefits_ko="AI 디지털 마케팅 실습\n라이브커머스 방송 실습\n브릴리언트 스튜디오 사용",
            benefits_en="AI digital marketing\nLive commerce on air\nUse of the Brilliant Studio",
            eligibility_ko="익산시의 주얼리 기업",
            eligibility_en="Jewelry firms in Iksan",
            opens_at=seoul(2024, 5, 7),
            closes_at=seoul(2024, 5, 24, 18),
            question_set=questions(host=hosts["iksan"], name="교육 신청", by=officer, asked=ASKED),
            rules=[("region", {"values": [{"ko": "익산시", "en": "Iksan"}]})],
            selection={
                "selection": "lottery",
                "lottery_seed": "iksan-2024-05-27",
                "places": 6,
                "reserves": 2,
                "results_shown": "numbers",
            },
        )
    answers = {"goal": "라이브 방송에서 제품을 설명하는 순서와 AI로 짧은 영상을 만드는 법", "channel": "none"}
    story.receive(call, [story.Applicant(firm, 0, answers) for firm in firms])
    with story.on(2024, 5, 27):
        for application in call.applications.filter(state=Application.State.SUBMITTED):
            checking.shortlist(application=application, by=officer)
    drawn = seoul(2024, 5, 27, 14)
    story.decide(call, by=officer, decided=drawn, released=drawn + timedelta(days=1))
