"""Firms of the demo. Only the four of Jongno's pavilion are named in the sources; their details are made up too."""

from dataclasses import dataclass

from bridgehead.kit.check_digits import business_number_check_digit
from bridgehead.organisations.models import Organisation


@dataclass(frozen=True)
class FirmData:
    slug: str
    korean: str
    english: str
    region: str
    sector: str


def business_number(serial: int) -> str:
    """A number that checks out; the block 999-99 is not given to anybody."""
    first_nine = f"99999{serial:04d}"
    return first_nine + str(business_number_check_digit(first_nine))


JONGNO = [
    FirmData("mitsunoiv", "미츠노이브", "MitsunoiV", "Jongno", "Fine jewelry"),
    FirmData("soyou", "소유", "Soyou", "Jongno", "Silver jewelry"),
    FirmData("heradi", "헤라디", "Heradi", "Jongno", "Gold jewelry"),
    FirmData("the-yeoun", "더여운", "The Yeoun", "Jongno", "Craft jewelry"),
    FirmData("bukchon-ring", "북촌링", "Bukchon Ring", "Jongno", "Wedding rings"),
    FirmData("dal-gold", "달골드", "Dal Gold", "Jongno", "Gold jewelry"),
    FirmData("seochon-silver", "서촌은방", "Seochon Silver", "Jongno", "Silver jewelry"),
    FirmData("naksan-gem", "낙산젬", "Naksan Gem", "Jongno", "Coloured stones"),
    FirmData("ikseon-pearl", "익선진주", "Ikseon Pearl", "Jongno", "Pearl jewelry"),
    FirmData("cheonggye-lab", "청계랩", "Cheonggye Lab", "Jongno", "Lab-grown diamonds"),
    FirmData("yeji-workshop", "예지공방", "Yeji Workshop", "Jongno", "Craft jewelry"),
    FirmData("onyx-atelier", "오닉스공방", "Onyx Atelier", "Jongno", "Gemstone carving"),
]

_ICT_FIELDS = [
    "Smart healthcare",
    "Intelligent mobility",
    "Data security",
    "Edge AI",
    "5G devices",
    "Digital twin",
]
_ICT_NAMES = [
    ("가온메디", "Gaon Medi"), ("누리센스", "Nuri Sense"), ("다온모빌", "Daon Mobil"), ("라온시큐어텍", "Raon Securetech"),
    ("마루AI", "Maru AI"), ("바름랩", "Bareum Lab"), ("새론링크", "Saeron Link"), ("아라비전", "Ara Vision"),
    ("이음네트", "Ieum Net"), ("자람헬스", "Jaram Health"), ("차오름", "Chaoreum"), ("카이로드", "Kairoad"),
    ("타래소프트", "Tarae Soft"), ("파란칩", "Paran Chip"), ("하람전자", "Haram Electronics"), ("한빛로보", "Hanbit Robo"),
    ("그린와트", "Green Watt"), ("늘봄케어", "Neulbom Care"), ("도담IoT", "Dodam IoT"), ("로운데이터", "Roun Data"),
    ("미르안테나", "Mir Antenna"), ("별빛VR", "Byeolbit VR"), ("소담바이오", "Sodam Bio"), ("온새미", "Onsaemi"),
    ("참빛렌즈", "Chambit Lens"), ("푸른클라우드", "Pureun Cloud"), ("해솔드론", "Haesol Drone"), ("윤슬비전", "Yunseul Vision"),
    ("시나브로", "Sinabro"), ("가람보안", "Garam Security"),
]  # fmt: skip
_ICT_CITIES = ["Seongnam", "Suwon", "Yongin", "Goyang", "Anyang", "Bucheon"]
GYEONGGI_ICT = [
    FirmData(f"gyeonggi-ict-{n:02d}", korean, english, _ICT_CITIES[n % 6], _ICT_FIELDS[n % 6])
    for n, (korean, english) in enumerate(_ICT_NAMES, start=1)
]

_CERAMICS_NAMES = [
    ("가람도예", "Garam Ceramics"), ("광주요터", "Gwangju Kiln Ground"), ("나린도자", "Narin Porcelain"), ("다솜백자", "Dasom Baekja"),
    ("달항아리집", "Moon Jar House"), ("도담도예", "Dodam Pottery"), ("라온청자", "Raon Cheongja"), ("무늬공방", "Munui Studio"),
    ("물레방", "Mullebang"), ("백토원", "Baekto Won"), ("분청마루", "Buncheong Maru"), ("사기막", "Sagimak"),
    ("소금유약", "Salt Glaze"), ("아람도요", "Aram Doyo"), ("여강도예", "Yeogang Pottery"), ("예온", "Yeon Ceramics"),
    ("이랑도자", "Irang Dojagi"), ("장작가마", "Jangjak Kiln"), ("정갈한그릇", "Jeonggal Tableware"), ("찻그릇방", "Teaware Room"),
    ("청화당", "Cheonghwadang"), ("토야", "Toya"), ("흙빛", "Heukbit"), ("흰달", "White Moon"),
]  # fmt: skip
CERAMICS = [
    FirmData(f"ceramics-{n:02d}", korean, english, "Icheon" if n % 2 else "Yeoju", "Ceramics")
    for n, (korean, english) in enumerate(_CERAMICS_NAMES, start=1)
]

#: (Korean or original name, country) of made-up buyers
JEWELRY_BUYERS = [
    ("Oreficeria Bellandi", "IT"), ("Maison Tessier", "FR"), ("Goldhaus Lindner", "DE"), ("Al Noor Gems", "AE"),
    ("Harrow & Finch", "GB"), ("Pacific Facets", "US"), ("Joyería Almazán", "ES"), ("Kanda Bijou", "JP"),
    ("Zürich Feinschmuck", "CH"), ("Bosphorus Gold", "TR"), ("Nordic Silver Works", "DK"), ("Atelier Van Aken", "NL"),
]  # fmt: skip


def make_firms(data: list[FirmData], *, first_serial: int) -> list[Organisation]:
    """Create what is missing; a firm keeps its number whenever it is made."""
    firms = []
    for serial, firm in enumerate(data, start=first_serial):
        organisation, _created = Organisation.objects.get_or_create(
            slug=firm.slug,
            defaults={
                "kind": Organisation.Kind.FIRM,
                "name_ko": firm.korean,
                "name_en": firm.english,
                "business_number": business_number(serial),
                "region": firm.region,
                "sector": firm.sector,
                "reconstructed": True,
            },
        )
        firms.append(organisation)
    return firms
