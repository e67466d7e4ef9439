"""Units of money as Korean tables state them: `(단위: 천불)`, `백만원`, `US$ 1,000`, `EUR`."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

SCALES: dict[str, int] = {
    "십": 10,
    "백": 100,
    "천": 10**3,
    "만": 10**4,
    "억": 10**8,
    "조": 10**12,
    **dict.fromkeys(("thousands", "thousand", "k", "'000s", "'000", "000s", "000"), 10**3),
    **dict.fromkeys(("millions", "million", "mn", "mil", "m"), 10**6),
    **dict.fromkeys(("billions", "billion", "bn"), 10**9),
}
_BY_CODE_ONLY = (
    *("SAR", "QAR", "KWD", "MYR", "IDR", "PHP", "NZD", "SEK", "NOK", "DKK"),
    *("PLN", "CZK", "HUF", "TRY", "BRL", "MXN", "ZAR", "ILS"),
)
CURRENCIES: dict[str, str] = {
    **dict.fromkeys(("usd", "us$", "u$", "us달러", "usdollars", "usdollar", "dollars", "dollar", "$"), "USD"),
    **dict.fromkeys(("미국달러", "미달러", "미화", "미불", "달러", "불"), "USD"),
    **dict.fromkeys(("krw", "₩", "원화", "원", "koreanwon", "won"), "KRW"),
    **dict.fromkeys(("eur", "€", "euros", "euro", "유로화", "유로"), "EUR"),
    **dict.fromkeys(("jpy", "엔화", "엔", "yen"), "JPY"),
    **dict.fromkeys(("cny", "rmb", "위안화", "위안", "yuan"), "CNY"),
    **dict.fromkeys(("gbp", "£", "파운드"), "GBP"),
    **dict.fromkeys(("hkd", "hk$", "홍콩달러"), "HKD"),
    **dict.fromkeys(("aud", "a$", "호주달러"), "AUD"),
    **dict.fromkeys(("cad", "c$", "캐나다달러"), "CAD"),
    **dict.fromkeys(("sgd", "s$", "싱가포르달러"), "SGD"),
    **dict.fromkeys(("twd", "nt$", "대만달러"), "TWD"),
    **dict.fromkeys(("aed", "디르함"), "AED"),
    **dict.fromkeys(("chf", "스위스프랑"), "CHF"),
    **dict.fromkeys(("inr", "₹", "루피"), "INR"),
    **dict.fromkeys(("thb", "฿", "바트"), "THB"),
    **dict.fromkeys(("vnd", "₫", "베트남동"), "VND"),
    **{code.lower(): code for code in _BY_CODE_ONLY},
    **dict.fromkeys(("리얄",), "SAR"),
}
ZERO_DECIMALS = frozenset({"KRW", "JPY", "VND"})
_FILLERS = ("in", "of", "기준")
_WORDS = sorted([*SCALES, *CURRENCIES, *_FILLERS], key=len, reverse=True)
_LEXEME = re.compile(r"(?P<number>\d[\d,]*)|(?P<word>" + "|".join(map(re.escape, _WORDS)) + ")")
_BRACKETS = re.compile(r"[(\[<{【〔「《]([^()\[\]<>{}【】〔〕「」《》]*)[)\]>}】〕」》]")
_NOTE = re.compile(r"(?:단\s*위|통\s*화|화\s*폐|unit|currency)s?\s*[:=\-]?\s*(?P<rest>.+)", re.IGNORECASE)
_LIST = re.compile(r"\s*(?:,(?!\d{3})|[/·;|])\s*")
_TRIM = " \t\r\n:,;/-·_"


@dataclass(frozen=True)
class Unit:
    """A multiplier and a currency; either may be unstated."""

    multiplier: int | None = None
    currency: str | None = None

    @property
    def factor(self) -> Decimal:
        return Decimal(self.multiplier or 1)

    def label(self) -> str:
        parts = [str(self.multiplier)] if self.multiplier and self.multiplier != 1 else []
        return " ".join([*parts, *([self.currency] if self.currency else [])])


def plain(text: str) -> str:
    """Full-width forms and look-alike signs made ordinary, so that one rule reads them all."""
    return unicodedata.normalize("NFKC", text).replace("￦", "₩").replace("−", "-").replace("’", "'")


def parse_unit(text: str) -> Unit | None:
    """The unit a text states, or None unless the whole text is nothing but one unit."""
    rest = re.sub(r"\s+", "", plain(text)).casefold()
    rest = re.sub(r"[()\[\]<>{}【】〔〕]", "", rest)
    rest = re.sub(r"^(?:(?:금액)?단위|통화|화폐|unit|currency)[::=-]?", "", rest)
    multiplier: int | None = None
    currencies: set[str] = set()
    korean_or_spelt = False
    position = 0
    while position < len(rest):
        match = _LEXEME.match(rest, position)
        if match is None:
            return None
        position = match.end()
        word = match["word"]
        if match["number"]:
            number = match["number"].replace(",", "")
            if word is None and number.strip("0") not in ("", "1"):
                return None
            scale = 1000 if number == "000" else int(number)
            if scale == 0:
                return None
            multiplier = (multiplier or 1) * scale
        elif word in SCALES:
            multiplier = (multiplier or 1) * SCALES[word]
            korean_or_spelt |= word not in ("k", "m", "mil", "mn")
        elif word in CURRENCIES:
            currencies.add(CURRENCIES[word])
    if len(currencies) > 1 or not (currencies or korean_or_spelt):
        return None
    return Unit(multiplier, next(iter(currencies), None))


def merge_units(units: Iterable[Unit | None]) -> Unit | None:
    """What these statements say together (`천불`, `USD`); None where they say nothing or contradict."""
    stated = [unit for unit in units if unit]
    multipliers = {unit.multiplier for unit in stated if unit.multiplier}
    currencies = {unit.currency for unit in stated if unit.currency}
    if not stated or len(multipliers) > 1 or len(currencies) > 1:
        return None
    return Unit(next(iter(multipliers), None), next(iter(currencies), None))


def only_unit(text: str) -> Unit | None:
    """The one money unit of a list such as `천불, 건`; None where there is none or two contradict."""
    return parse_unit(text) or merge_units(parse_unit(part) for part in _LIST.split(text))


def _bracket_unit(inner: str) -> Unit | None:
    stated = _NOTE.search(inner)
    return only_unit(stated["rest"] if stated else inner)


def note_unit(text: str) -> Unit | None:
    """The unit stated by a note around a table: `(단위: 천불, 건)`, `Unit: USD 1,000`, `실적 (천불)`."""
    text = plain(text)
    whole = parse_unit(text)
    if whole:
        return whole
    stated = _NOTE.search(text)
    rest = re.sub(r"[()\[\]<>{}【】〔〕]", " ", stated["rest"]).strip() if stated else ""
    return only_unit(rest) or merge_units(_bracket_unit(inner) for inner in _BRACKETS.findall(text))


def split_heading(text: str) -> tuple[str, Unit | None]:
    """A heading without its units, and what they say: `상담액 (천불)` gives `상담액` and 1000 USD."""
    text = plain(text)
    if whole := parse_unit(text):
        return "", whole
    units = []
    for match in reversed(list(_BRACKETS.finditer(text))):
        if unit := _bracket_unit(match[1]):
            units.append(unit)
            text = text[: match.start()] + " " + text[match.end() :]
    text = text.strip(_TRIM)
    words = text.split()
    cuts = [(words[cut:], words[:cut]) for cut in range(1, len(words))]
    cuts += [(words[:cut], words[cut:]) for cut in range(len(words) - 1, 0, -1)]
    for unit_words, heading_words in cuts:
        if unit := parse_unit(" ".join(unit_words)):
            text = " ".join(heading_words).strip(_TRIM)
            units.append(unit)
            break
    return text, merge_units(units)
