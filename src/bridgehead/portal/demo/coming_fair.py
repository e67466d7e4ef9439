"""A fair six weeks away: firms chosen, buyers invited, wishes in, two timetables to compare and nothing published yet,
so that the whole of matchmaking can be tried. Firms of Jongno are real only by name; all else is made up.
"""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from bridgehead.accounts.models import User
from bridgehead.matchmaking.actions.computing import compute
from bridgehead.matchmaking.actions.directory import answer_hosting, offer_hosting, share_buyer
from bridgehead.matchmaking.actions.forums import create_forum
from bridgehead.matchmaking.actions.interpreting import save_interpreter
from bridgehead.matchmaking.actions.parties import add_buyer, answer_invitation, invite, take_over_firms
from bridgehead.matchmaking.actions.wishes import keep_apart, save_answers, set_wishes_for
from bridgehead.matchmaking.models import Forum, Interpreter, Party, Run
from bridgehead.matchmaking.queries import wishes_of
from bridgehead.matchmaking.rules import ByLink
from bridgehead.organisations.models import Host
from bridgehead.portal.demo import story
from bridgehead.portal.demo.firms import JONGNO, make_firms
from bridgehead.portal.demo.hosts import maker_of, officer_of
from bridgehead.portal.demo.pavilions import build
from bridgehead.programmes.actions import create_fair_edition, create_programme
from bridgehead.programmes.models import FairEdition, Programme

SLUG = "jongno-hongkong-next"
ZONE = "Asia/Hong_Kong"
#: Firms 6 and 7 of the list of Jongno have no stand of their own here and meet at the shared tables.
FIRMS, STANDS = 6, 4


@dataclass(frozen=True)
class Guest:
    name: str
    country: str
    language: str
    interest: str
    promised: int = 0
    categories: str = ""
    price: tuple[int | None, int | None, str] = (None, None, "")


GUESTS = [
    Guest(
        "Kanda Bijou",
        "JP",
        "ja",
        "Pearls, everyday rings",
        4,
        categories="pearls rings",
        price=(8000, 40000, "JPY"),
    ),
    Guest(
        "Lotus Jewels Trading",
        "HK",
        "zh",
        "18K gold, small series",
        5,
        categories="gold rings earrings",
        price=(1000, 6000, "HKD"),
    ),
    Guest(
        "Goldhaus Lindner",
        "DE",
        "en",
        "Recycled gold, wedding rings",
        categories="gold bridal rings",
        price=(200, 900, "EUR"),
    ),
    Guest(
        "Al Noor Gems",
        "AE",
        "ar",
        "Coloured stones, statement pieces",
        4,
        categories="gemstones necklaces",
        price=(500, 4000, "AED"),
    ),
    Guest(
        "Oreficeria Bellandi",
        "IT",
        "it",
        "Silver, enamel",
        categories="silver enamel brooches",
        price=(40, 180, "EUR"),
    ),
    Guest(
        "Harbour & Pearl",
        "GB",
        "en",
        "Pearls, craft jewelry",
        categories="pearls earrings",
        price=(50, 220, "GBP"),
    ),
    Guest(
        "Shenzhen Cuihua",
        "CN",
        "zh",
        "Gold, lab-grown diamonds",
        categories="gold gemstones",
        price=(None, None, ""),
    ),
    Guest("Pacific Facets", "US", "en", "Craft jewelry for galleries", categories="", price=(None, None, "")),
    Guest("Maison Tessier", "FR", "en", "Silver, unisex"),
    Guest("Nordic Silver Works", "DK", "en", "Silver"),
]
SILENT, DECLINING = 8, 9
#: What the firms make and at which price, one after the other; made up.
MADE: list[tuple[str, tuple[int | None, int | None, str]]] = [
    ("rings gold bridal", (300_000, 1_500_000, "KRW")),
    ("silver earrings brooches", (60_000, 250_000, "KRW")),
    ("pearls necklaces earrings", (90_000, 420_000, "KRW")),
    ("gemstones rings necklaces", (400_000, 3_000_000, "KRW")),
    ("", (None, None, "")),
]


def load(hosts: dict[str, Host]) -> None:
    now, officer = timezone.now(), officer_of("jongno")
    first = (now + timedelta(days=42)).date()
    firms = make_firms(JONGNO, first_serial=1)[: FIRMS + 2]
    with story.at(now - timedelta(days=60)):
        programme = _programme(hosts["jongno"], officer, _edition(officer, first))
        questions = story.make_questions(host=hosts["jongno"], name="홍콩 주얼리쇼 참가 신청", by=officer)
        call = story.make_call(
            programme=programme,
            slug=f"{SLUG}-call",
            title_ko="홍콩 주얼리쇼 종로 공동관 참가 기업 모집",
            title_en="Call for firms: Jongno pavilion at the Hong Kong jewelry show",
            body_ko="상담 매칭을 시연하기 위한 공고입니다. 일정과 조건은 재구성된 것입니다.",
            body_en="A call made up to show matchmaking; its dates and terms are reconstructed.",
            eligibility_ko="종로구에 사업장을 둔 주얼리 소상공인",
            eligibility_en="Jewelry workshops in Jongno",
            opens_at=now - timedelta(days=55),
            closes_at=now - timedelta(days=40),
            places=FIRMS,
            reserves=0,
            threshold=Decimal(0),
            question_set=questions,
            by=officer,
        )
    people = story.applicants(firms, strong=FIRMS, seed=42)
    story.receive(call, people)
    story.review(call, people, by=officer, start=now - timedelta(days=39), seed=7)
    story.decide(call, by=officer, decided=now - timedelta(days=32), released=now - timedelta(days=31))
    with story.at(now - timedelta(days=29)):
        build(
            programme, width=Decimal(12), depth=Decimal(3), stands=STANDS, hall="Hall 5B", meeting=True, by=officer,
            name=("종로 공동관", "Jongno pavilion"),
        )  # fmt: skip
    _matchmaking(programme, first, officer, now)


def _edition(officer: User, first: date) -> FairEdition:
    return create_fair_edition(
        by=officer,
        fair=None,
        fair_name="Hong Kong Jewelry Show (reconstructed)",
        organiser="",
        name=f"Hong Kong Jewelry Show {first.year}",
        starts_on=first,
        ends_on=first + timedelta(days=2),
        venue="Convention Centre",
        city="Hong Kong",
        country="HK",
        zone=ZONE,
    )


def _programme(host: Host, officer: User, edition: FairEdition) -> Programme:
    return create_programme(
        host=host,
        by=officer,
        slug=SLUG,
        edition=edition,
        title_ko="홍콩 주얼리쇼 종로 공동관",
        title_en="Jongno pavilion at the Hong Kong jewelry show",
        summary_ko="상담 매칭의 모든 단계를 시험해 볼 수 있는 시연용 사업입니다.",
        summary_en="A made-up programme in which every step of matchmaking can be tried.",
        starts_on=edition.starts_on,
        ends_on=edition.ends_on,
        zone=ZONE,
        result_currency="USD",
        reconstructed=True,
    )


def _matchmaking(programme: Programme, first: date, officer: User, now: datetime) -> None:
    with story.at(now - timedelta(days=28)):
        forum = create_forum(
            programme=programme,
            days=[first, first + timedelta(days=1)],
            starts=time(10),
            ends=time(15),
            minutes=30,
            pauses=[(time(12), time(13))],
            tables=2,
            wishes_close_at=datetime.combine(
                (now + timedelta(days=10)).date(), time(18), tzinfo=ZoneInfo(ZONE)
            ),
            max_meetings_per_party=8,
            by=officer,
        )
        firms = take_over_firms(forum=forum, by=officer)
        buyers = [_guest(forum, guest, number, officer) for number, guest in enumerate(GUESTS, start=1)]
    with story.at(now - timedelta(days=12)):
        _answers(forum, firms, buyers)
    with story.at(now - timedelta(days=11)):
        _around(forum, buyers, officer)
    with story.at(now - timedelta(days=2)):
        for goal in (Run.Goal.PROMISED, Run.Goal.COMPACT):
            compute(forum=forum, by=officer, goal=goal, time_limit=0.5, threads=1)


def _around(forum: Forum, buyers: list[Party], officer: User) -> None:
    """A hosted buyer, two who agreed to be found by other offices, one who meets online, and two interpreters."""
    hosted, shared, online = buyers[3], buyers[:2], buyers[5]
    offer = offer_hosting(
        party=hosted,
        travel="Return flight, economy class",
        nights=3,
        must_attend=4,
        guaranteed_meetings=4,
        by=officer,
    )
    answer_hosting(hosting=offer, accept=True, by=ByLink(hosted.organisation.name))
    for party in shared:
        share_buyer(
            party=party, share=True, words="Agreed on the page (reconstructed).", by=ByLink(str(party))
        )
    Party.objects.filter(pk=online.pk).update(online=True, own_zone="Europe/London")
    slots = list(forum.slots.values_list("pk", flat=True))
    for name, languages, there in (
        ("이서연", ["ja", "zh"], slots),
        ("김하늘", ["ar", "it"], slots[: len(slots) // 2]),
    ):
        person = Interpreter(forum=forum, name=name, languages=languages, rest_after=3, fee=Decimal(60_000))
        save_interpreter(interpreter=person, available=there, by=officer)


def _guest(forum: Forum, guest: Guest, number: int, officer: User) -> Party:
    party = add_buyer(
        forum=forum,
        name=guest.name,
        country=guest.country,
        email=f"guest{number}@demo.bridgehead.example",
        contact_name=f"Guest {number}",
        language=guest.language,
        interest=guest.interest,
        guaranteed_meetings=guest.promised,
        reconstructed=True,
        by=officer,
    )
    return invite(party=party, by=officer).party


def _answers(forum: Forum, firms: list[Party], buyers: list[Party]) -> None:
    """Some say much about themselves and some nothing, so that suggestions differ and nobody loses by silence."""
    generator = random.Random(42)
    coming = [buyer for number, buyer in enumerate(buyers) if number not in (SILENT, DECLINING)]
    slots = list(forum.slots.values_list("pk", flat=True))
    answer_invitation(party=buyers[DECLINING], accept=False, by=ByLink(buyers[DECLINING].organisation.name))
    for buyer in coming:
        answer_invitation(party=buyer, accept=True, by=ByLink(buyer.organisation.name))
    for number, (buyer, guest) in enumerate(zip(coming, GUESTS, strict=False)):
        wished = generator.sample(firms, k=generator.randint(3, 5))
        save_answers(
            party=buyer,
            interest=guest.interest,
            available=slots[len(slots) // 2 :] if number % 3 == 0 else slots,  # some only on the second day
            wishes={firm.pk: generator.randint(1, 3) for firm in wished},
            facts=_facts(guest.categories, guest.price) | {"languages": ["en", guest.language]},
            by=ByLink(buyer.organisation.name),
        )
    for number, firm in enumerate(firms):
        wished = generator.sample(coming, k=5)
        wishes = {buyer.pk: generator.randint(1, 3) for buyer in wished}
        categories, price = MADE[number % len(MADE)]
        facts = _facts(categories, price) | {"languages": ["ko", "en"], "markets": ["JP", "HK", "AE", "US"]}
        maker = maker_of(firm.organisation)
        save_answers(party=firm, interest="", available=slots, wishes=wishes, facts=facts, by=maker)
    officer = officer_of("jongno")
    last = wishes_of(firms[0]) | {coming[-1].pk: 3}
    set_wishes_for(party=firms[0], wishes=last, by=officer)
    keep_apart(firm=firms[-1], buyer=coming[0], by=officer, reason="Agent of a competitor (reconstructed)")


def _facts(categories: str, price: tuple[int | None, int | None, str]) -> dict[str, Any]:
    return {
        "categories": categories.split(),
        "price_from": price[0],
        "price_to": price[1],
        "currency": price[2],
    }
