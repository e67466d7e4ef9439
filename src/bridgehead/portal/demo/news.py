"""News of the demo: short items in our own words on the sources' facts, with figures that are computed when read."""

from dataclasses import dataclass
from datetime import datetime

from bridgehead.newsroom.actions.releases import create_release
from bridgehead.newsroom.models import ReleasePage
from bridgehead.organisations.models import Host
from bridgehead.portal.demo import gyeonggi, iksan, jongno, kocef, story
from bridgehead.portal.demo.hosts import officer_of
from bridgehead.programmes.models import Programme


@dataclass(frozen=True)
class Item:
    """One release in both languages; `slug` is the same in both."""

    host: str
    slug: str
    programme: str
    published: datetime
    korean: tuple[str, str, str]
    english: tuple[str, str, str]


def _day(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, tzinfo=story.SEOUL)


ITEMS = [
    Item(
        "gyeonggi",
        "mwc-2025-results",
        gyeonggi.SLUG,
        _day(2025, 3, 9),
        (
            "경기도, MWC 바르셀로나 2025에서 첫 독립 부스 운영",
            "도내 중소기업 26개사가 3월 3일부터 6일까지 참가\n- {{gyeonggi-mwc-2025 consultation}}\n- {{gyeonggi-mwc-2025 pursued}}\n"
            "기업당 지원 한도를 800만 원에서 1,200만 원으로 상향",
            "<p>경기도는 부스 임차, 전시품 운송, 통역을 지원하고 해외 바이어를 연결하였다. 계약 추진 단계의 금액은 아직 서명된 계약이 아니다.</p>",
        ),
        (
            "Gyeonggi runs its first pavilion of its own at MWC Barcelona 2025",
            "26 small and medium firms took part from 3 to 6 March\n- {{gyeonggi-mwc-2025 consultation}}\n- {{gyeonggi-mwc-2025 pursued}}\n"
            "The ceiling per firm rose from KRW 8 million to 12 million",
            "<p>The province paid for stands, transport and interpreters and brought buyers to the stands. "
            "What is being pursued is not signed yet.</p>",
        ),
    ),
    Item(
        "kocef",
        "maison-objet-2025-call",
        kocef.SLUG_2025,
        _day(2025, 2, 14),
        (
            "한국도자재단, 메종&오브제 2025 경기도자관 운영",
            "9월 4일부터 8일까지 파리에서 열리며 약 20개사 참가 예정\n지난해 성과\n- {{kocef-maison-objet-2024 consultation}}",
            "<p>이천시·여주시와 함께하며, 현지 체류, 운송, 보험, 전시 장치와 홍보물 제작을 지원한다.</p>",
        ),
        (
            "Korea Ceramics Foundation goes to Maison & Objet 2025",
            "In Paris from 4 to 8 September, with about 20 exhibitors expected\nLast year\n- {{kocef-maison-objet-2024 consultation}}",
            "<p>Together with the cities of Icheon and Yeoju. Stay, transport, insurance, set-up and publicity are provided.</p>",
        ),
    ),
    Item(
        "jongno",
        "vicenzaoro-2026",
        jongno.SLUG,
        _day(2026, 1, 21),
        (
            "종로구 주얼리, VICENZAORO 2026 공동관 참가",
            "30㎡ 공동관에 미츠노이브, 소유, 헤라디, 더여운 4개사 참가\n1,300개사가 출품하는 세계 3대 주얼리 박람회\n- {{jongno-vicenzaoro-2026 consultation}}",
            "<p>종로구는 ‘종로’ 브랜드로 공동관을 꾸려 작은 공방의 부담을 덜었다.</p>",
        ),
        (
            "Jongno's jewelry at VICENZAORO 2026",
            "MitsunoiV, Soyou, Heradi and The Yeoun in a joint pavilion of 30 m²\nOne of the three leading jewelry fairs, with about 1,300 exhibitors\n"
            "- {{jongno-vicenzaoro-2026 consultation}}",
            "<p>The district's pavilion under its own brand takes the burden off small workshops.</p>",
        ),
    ),
    Item(
        "iksan",
        "root-complex-2024",
        iksan.SLUG,
        _day(2024, 4, 12),
        (
            "익산 U-주얼리 특화단지, 4년 연속 선정",
            "2021년부터 4년 연속 선정\n- {{iksan-root-complex-2024 budget}}",
            "<p>공동 브랜드 온라인 플랫폼, AI 마케팅 교육, 공동 전시, 친환경 주얼리 인증을 추진한다.</p>",
        ),
        (
            "Iksan's jewelry complex selected for the fourth year in a row",
            "Selected every year since 2021\n- {{iksan-root-complex-2024 budget}}",
            "<p>A joint-brand platform, training in AI marketing, joint exhibitions and an eco-friendly certificate are planned.</p>",
        ),
    ),
]


def load(hosts: dict[str, Host]) -> str:
    """Publish what is not there yet; says how many."""
    written = 0
    for item in ITEMS:
        if ReleasePage.objects.filter(host=hosts[item.host], slug=item.slug).exists():
            continue
        programme = Programme.objects.get(slug=item.programme)
        original = _write(item, hosts[item.host], programme, "ko", None)
        _write(item, hosts[item.host], programme, "en", original)
        written += 2
    return f"news: {written} releases written"


def _write(
    item: Item, host: Host, programme: Programme, language: str, translation_of: ReleasePage | None
) -> ReleasePage:
    title, bullets, body = item.korean if language == "ko" else item.english
    with story.at(item.published):
        return create_release(
            host=host,
            title=title,
            bullets=bullets,
            body=body,
            language=language,
            published_at=item.published,
            programme=programme,
            reconstructed=True,
            translation_of=translation_of,
            slug=item.slug,
            by=officer_of(item.host),
        )
