"""Where a reviewer and an applicant touch: marks both of them bear, made comparable. Pure.

A mark is (kind, value), such as ("phone", "0212345678"). Two parties that bear the same mark have a conflict of that kind;
finding them all is one pass over the marks, however many parties there are.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

Mark = tuple[str, str]
Pair = tuple[int, int]

ORGANISATION, NUMBER, PHONE, ADDRESS, PERSON, DOMAIN, EMPLOYER, DECLARED = (
    "organisation", "number", "phone", "address", "person", "domain", "employer", "declared",
)  # fmt: skip
#: Mail providers: the same one says nothing about the same employer.
PROVIDERS = frozenset(
    [
        "naver.com",
        "hanmail.net",
        "daum.net",
        "kakao.com",
        "nate.com",
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "yahoo.com",
        "yahoo.co.kr",
        "icloud.com",
        "me.com",
        "korea.kr",
        "proton.me",
        "protonmail.com",
    ]
)
PROVINCES = {
    "서울특별시": "서울", "서울시": "서울", "부산광역시": "부산", "대구광역시": "대구", "인천광역시": "인천", "광주광역시": "광주",
    "대전광역시": "대전", "울산광역시": "울산", "세종특별자치시": "세종", "경기도": "경기", "강원특별자치도": "강원", "강원도": "강원",
    "충청북도": "충북", "충청남도": "충남", "전북특별자치도": "전북", "전라북도": "전북", "전라남도": "전남", "경상북도": "경북",
    "경상남도": "경남", "제주특별자치도": "제주",
}  # fmt: skip
_PROVINCE = re.compile("|".join(sorted(PROVINCES, key=len, reverse=True)))
_COMPANY = re.compile(
    r"주식회사|유한회사|유한책임회사|합자회사|합명회사|재단법인|사단법인|\((?:주|유|재|사)\)"
    r"|\b(?:incorporated|inc|co|company|ltd|limited|llc|corporation|corp|gmbh|s\.?r\.?l|s\.?p\.?a)\b\.?"
)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def phone(text: str) -> str:
    """Digits as dialled inside Korea; "" for what is too short to tell anybody."""
    digits = re.sub(r"\D", "", _plain(text))
    national = re.sub(r"^(?:00)?82(?=\d{8,})", "", digits)
    national = national if national == digits else "0" + national.lstrip("0")
    return national if len(national) >= 8 else ""


def address(text: str) -> str:
    """Without spaces, punctuation, remarks in brackets and long names of provinces; "" without a house number."""
    plain = re.sub(r"\([^)]*\)", "", _plain(text))
    plain = _PROVINCE.sub(lambda found: PROVINCES[found.group()], plain)
    bare = re.sub(r"[^\w-]|_", "", plain)
    return bare if len(bare) >= 6 and re.search(r"\d", bare) else ""


def firm_name(text: str) -> str:
    """Without the legal form, spaces and punctuation."""
    return re.sub(r"[\W_]", "", _COMPANY.sub(" ", _plain(text)))


def domain(text: str) -> str:
    """Of a mail address or a website; "" for the large providers."""
    host = re.sub(r"^\w+://", "", _plain(text).strip()).rpartition("@")[2].split("/")[0].split(":")[0]
    host = host.removeprefix("www.")
    return "" if host in PROVIDERS or "." not in host else host


def marks(
    *,
    organisations: Iterable[int] = (),
    numbers: Iterable[str] = (),
    phones: Iterable[str] = (),
    addresses: Iterable[str] = (),
    emails: Iterable[str] = (),
    websites: Iterable[str] = (),
    names: Iterable[str] = (),
) -> frozenset[Mark]:
    """What one party is known by. `names` are firms: a reviewer's employers, an applicant's own name. `websites` may be
    mail addresses, where the provider is the employer."""
    found = [
        *((ORGANISATION, str(key)) for key in organisations),
        *((NUMBER, re.sub(r"\D", "", number)) for number in numbers),
        *((PHONE, phone(number)) for number in phones),
        *((ADDRESS, address(place)) for place in addresses),
        *((PERSON, _plain(email).strip()) for email in emails),
        *((DOMAIN, domain(place)) for place in websites),
        *((EMPLOYER, firm_name(name)) for name in names),
    ]
    return frozenset(mark for mark in found if mark[1])


def detect(
    applications: Mapping[int, Iterable[Mark]], reviewers: Mapping[int, Iterable[Mark]]
) -> dict[Pair, list[str]]:
    """(application, reviewer) → the kinds of conflict, in a fixed order."""
    bearers = defaultdict(list)
    for reviewer, theirs in reviewers.items():
        for mark in theirs:
            bearers[mark].append(reviewer)
    found: defaultdict[Pair, set[str]] = defaultdict(set)
    for application, its in applications.items():
        for mark in its:
            for reviewer in bearers.get(mark, ()):
                found[application, reviewer].add(mark[0])
    return {pair: sorted(kinds) for pair, kinds in sorted(found.items())}
