"""Country names in Korean and English to ISO 3166-1 alpha-2 codes; never a fuzzy guess."""

import functools
import gettext
import re

import pycountry

from .units import plain

# What offices write where the standard's name is longer, older or different.
_USUAL = {
    "AE": "UAE 아랍에미레이트 아랍에미리트연합 아랍에미리트연합국 에미리트 두바이 emirates",
    "AU": "호주",
    "BA": "보스니아",
    "BO": "볼리비아",
    "BN": "브루나이",
    "BY": "벨로루시",
    "CD": "콩고민주공화국 DR콩고 dr.congo",
    "CG": "콩고공화국",
    "CH": "스위스연방",
    "CI": "코트디브와르 ivorycoast",
    "CN": "중화인민공화국 중국대륙 P.R.China PRC mainlandchina",
    "CZ": "체코공화국 czechrepublic",
    "DE": "서독 독일연방공화국",
    "DO": "도미니카공화국",
    "ES": "에스파냐",
    "FK": "포클랜드",
    "FM": "미크로네시아",
    "GB": "UK U.K. 잉글랜드 스코틀랜드 대영제국 england scotland greatbritain britain",
    "GE": "그루지야",
    "GR": "그리이스 희랍",
    "HK": "홍콩특별행정구 hongkong",
    "HU": "헝가리공화국",
    "ID": "인니",
    "IN": "인디아",
    "IR": "이란",
    "IT": "이태리",
    "JO": "요르단왕국",
    "KG": "키르기즈스탄",
    "KH": "캄푸치아",
    "KP": "북한 northkorea",
    "KR": "한국 국내 남한 korea southkorea rok",
    "KZ": "카자흐",
    "LA": "라오스 laos",
    "MD": "몰도바",
    "MK": "마케도니아 macedonia",
    "MM": "버마 burma",
    "MO": "macau 마카오특별행정구",
    "MY": "말련",
    "NC": "뉴칼레도니아",
    "NL": "화란 홀란드 holland thenetherlands",
    "NZ": "뉴질란드",
    "PG": "파푸아뉴기니아",
    "PH": "필리핀공화국 thephilippines",
    "PT": "포르투칼 포루투갈",
    "PS": "팔레스타인자치정부 palestine",
    "RO": "루마니아공화국",
    "RU": "러시아 러시아연방 russia",
    "SA": "사우디 사우디아라비아왕국 KSA saudi",
    "SE": "스웨덴왕국",
    "SG": "싱가폴 싱가폴공화국",
    "SK": "슬로박",
    "SY": "시리아 syria",
    "SZ": "스와질란드 swaziland",
    "TH": "타이 타일랜드 타일란드",
    "TR": "터키 turkey turkiye",
    "TW": "대만 타이완 중화민국 taiwan",
    "TZ": "탄자니아 tanzania",
    "US": "USA U.S. U.S.A. 미합중국 아메리카 america theunitedstates unitedstatesofamerica 아메리카합중국",
    "VA": "바티칸 교황청 vatican",
    "VE": "베네수엘라 venezuela",
    "VN": "월남 vietnam",
    "ZA": "남아공 남아프리카",
    "BQ": "보네르",
    "VG": "영국령버진아일랜드",
    "VI": "미국령버진아일랜드",
    "GF": "프랑스령기아나",
    "CV": "capeverde",
    "XK": "코소보 kosovo",
}


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", plain(name)).casefold()


@functools.cache
def _names() -> dict[str, str]:
    korean = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["ko"], fallback=True)
    names: dict[str, str] = {}
    for country in pycountry.countries:
        stated = [country.alpha_2, country.alpha_3, country.name, korean.gettext(country.name)]
        stated += [getattr(country, extra, "") for extra in ("official_name", "common_name")]
        names.update({_key(name): country.alpha_2 for name in stated if name})
    for code, usual in _USUAL.items():
        names.update({_key(name): code for name in usual.split()})
    return names


def country_code(text: str) -> str | None:
    """ISO alpha-2 code of a country's name or code; a city after it in brackets or behind `/` is ignored."""
    names = _names()
    whole = names.get(_key(text))
    if whole:
        return whole
    before = re.split(r"[(\[/,]", plain(text), maxsplit=1)[0]
    found = names.get(_key(before))
    if found:
        return found
    inside = re.search(r"[(\[]([^)\]]+)[)\]]", plain(text))
    return names.get(_key(inside[1])) if inside else None
