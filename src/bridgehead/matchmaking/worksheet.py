"""The table of buyers, as officers keep it, and address cards (vCard 3 and 4): both give the same rows."""

import re
from dataclasses import dataclass, field

from icalendar.parser import Contentline, Contentlines

from bridgehead.engines import worksheets
from bridgehead.engines.worksheets import Column, Options, Schema, UnreadableSheet, country_code
from bridgehead.engines.worksheets.messages import Lang
from bridgehead.kit.imports import Refusal


def _names(listed: str) -> tuple[str, ...]:
    return tuple(listed.split(", "))


BUYERS = Schema(
    name="buyers",
    columns=(
        Column(
            "name",
            _names(
                "바이어, 바이어명, 바이어사, 업체명, 회사명, 기업명, 상호, Buyer, Buyer name, Company, Company name, "
                "Organisation, Organization, Firm"
            ),
            required=True,
            max_length=120,
        ),
        Column(
            "country",
            _names("국가, 국가명, 국적, 바이어국가, Country, Nationality, Buyer country"),
            kind="country",
            required=True,
        ),
        Column(
            "contact",
            _names("담당자, 담당자명, 성명, 이름, Contact, Contact person, Contact name, Name, Person"),
            max_length=100,
        ),
        Column(
            "email",
            _names("이메일, 메일, 이메일 주소, 전자우편, E-mail, Email, Email address, Mail"),
            max_length=200,
        ),
        Column(
            "phone", _names("전화, 전화번호, 연락처, 휴대폰, Phone, Telephone, Tel, Mobile"), max_length=30
        ),
        Column("website", _names("홈페이지, 웹사이트, Website, Web, Homepage, URL"), max_length=200),
        Column("region", _names("도시, 지역, City, Town, Region"), max_length=80),
        Column("language", _names("언어, 사용 언어, Language"), max_length=20),
        Column(
            "interest",
            _names(
                "관심품목, 관심 품목, 품목, 찾는 품목, Looking for, Interest, Products of interest, Items"
            ),
            max_length=1000,
        ),
        Column(
            "consent", _names("공유 동의, 정보 공유 동의, 동의, Consent, Consent to share"), max_length=20
        ),
    ),
    identity=("name", "country", "email", "phone", "contact"),
)
LANGUAGES = {
    "ko": "한국어 korean",
    "en": "영어 english",
    "it": "이탈리아어 italian italiano",
    "zh": "중국어 chinese 中文",
    "ja": "일본어 japanese 日本語",
    "ar": "아랍어 arabic العربية",
}
YES = {"y", "yes", "o", "예", "동의", "true", "1"}
MAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")


@dataclass(frozen=True)
class BuyerRow:
    """One buyer of a file. `number` is the row, or which card it is."""

    number: int
    name: str
    country: str
    contact: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    region: str = ""
    language: str = "en"
    interest: str = ""
    consent: bool = False


@dataclass
class Read:
    """Good rows, each once, and what cannot be taken."""

    rows: list[BuyerRow] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    doubles: list[tuple[int, int]] = field(default_factory=list)
    reading: worksheets.Reading | None = None


def read(content: bytes, lang: Lang) -> Read:
    """A workbook, a CSV file or address cards. Raises UnreadableSheet."""
    if b"BEGIN:VCARD" in content[:4000].upper():
        return _cards(content, lang)
    reading = worksheets.read(content, BUYERS, Options())
    found = Read(
        reading=reading, doubles=[(double.row.number, double.same_as) for double in reading.duplicates]
    )
    found.refused = [Refusal(**cell.as_json(lang)) for cell in reading.rejected]
    for row in reading.rows:
        _take(found, row.number, {key: value or "" for key, value in row.values.items()}, lang)
    return found


def _take(found: Read, number: int, values: dict[str, str], lang: Lang) -> None:
    email = values.get("email", "").strip()
    if email and not MAIL.fullmatch(email):
        found.refused.append(_refusal(number, "Email", email, lang, "email"))
        return
    website = values.get("website", "").strip()
    if website and not website.startswith(("http://", "https://")):
        website = f"https://{website}"
    found.rows.append(
        BuyerRow(
            number=number,
            name=values["name"].strip(),
            country=values["country"],
            email=email.lower(),
            website=website,
            language=_language(values.get("language", "")),
            consent=values.get("consent", "").strip().lower() in YES,
            **{key: values.get(key, "").strip() for key in ("contact", "phone", "region", "interest")},
        )
    )


def _language(text: str) -> str:
    word = text.strip().lower()
    for code, names in LANGUAGES.items():
        if word and (word[:2] == code or word in names.split()):
            return code
    return "en"


WHY = {
    "email": (
        ("이메일 주소가 아님", "name@example.com처럼 고치세요."),
        ("not an email address", "Write it as name@example.com."),
    ),
    "name": (
        ("회사 이름이 없음", "ORG 또는 FN에 회사 이름을 적으세요."),
        ("no name of a company", "Write the company in ORG or FN."),
    ),
    "country": (
        ("나라를 알 수 없음", "주소(ADR)에 나라를 적으세요."),
        ("no country that is known", "Write the country in ADR."),
    ),
    "damaged": (
        ("명함 파일을 읽을 수 없음", "주소록에서 다시 내보내세요."),
        ("the card cannot be read", "Export it again from the address book."),
    ),
}


def _refusal(number: int, column: str, value: str, lang: Lang, code: str) -> Refusal:
    why, mend = WHY[code][0 if lang == "ko" else 1]
    return Refusal(row=number, column=column, value=value, why=why, mend=mend)


def _cards(content: bytes, lang: Lang) -> Read:
    found = Read()
    text = content.decode("utf-8-sig", errors="replace")
    seen: dict[tuple[str, ...], int] = {}
    for number, card in enumerate(re.findall(r"(?is)BEGIN:VCARD\r?\n(.*?)END:VCARD", text), start=1):
        try:
            values = _card(card)
        except (ValueError, IndexError):
            found.refused.append(_refusal(number, "vCard", "", lang, "damaged"))
            continue
        missing = next((key for key in ("name", "country") if not values.get(key)), None)
        if missing:
            column = {"name": "ORG", "country": "ADR"}[missing]
            found.refused.append(_refusal(number, column, values.get("address", ""), lang, missing))
            continue
        key = tuple(values.get(one, "") for one in BUYERS.identity)
        if key in seen:
            found.doubles.append((number, seen[key]))
            continue
        seen[key] = number
        _take(found, number, values, lang)
    if not (found.rows or found.refused):
        raise UnreadableSheet("empty")
    return found


def _card(card: str) -> dict[str, str]:
    """The properties that a directory needs; unfolding and quoting by icalendar, whose content lines are the same."""
    said: dict[str, str] = {}
    for line in Contentlines.from_ical(card):
        if not line.strip():
            continue
        name, _parameters, value = Contentline(line).parts()
        said.setdefault(
            name.upper().rsplit(".", 1)[-1],
            re.sub(r"\\([,;\\nN])", lambda m: " " if m[1] in "nN" else m[1], value),
        )
    parts = [part.strip() for part in re.split(r"(?<!\\);", said.get("ADR", ""))]
    address = parts[-1] if parts else ""
    return {
        "name": said.get("ORG", "").split(";")[0].strip() or said.get("FN", "").strip(),
        "contact": said.get("FN", "").strip() if said.get("ORG") else "",
        "email": said.get("EMAIL", "").removeprefix("mailto:").strip(),
        "phone": said.get("TEL", "").removeprefix("tel:").strip()[:30],
        "website": said.get("URL", "").strip(),
        "region": parts[3] if len(parts) > 3 else "",
        "language": said.get("LANG", ""),
        "interest": said.get("NOTE", ""),
        "country": country_code(address) or "",
        "address": address,
    }
