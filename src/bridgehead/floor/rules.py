"""What the room knows without asking the database: the order of the ladder, and when two records are the same."""

import calendar
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bridgehead.floor.models import Stage
from bridgehead.kit.clock import local_day
from bridgehead.programmes.models import Programme

#: Months after the last day at which firms are asked what became of their consultations.
FOLLOW_UP_MONTHS = (1, 3, 6, 12)
LONGEST_FOLLOW_UP = 60
#: The answer of a talk that led to nothing more yet.
TALK = "talk"
CURRENCIES = [
    "USD",
    "EUR",
    "KRW",
    "JPY",
    "CNY",
    "GBP",
    "HKD",
    "SGD",
    "AED",
    "SAR",
    "CAD",
    "AUD",
    "CHF",
    "INR",
    "VND",
]
LINK_LIFE = timedelta(days=60)
#: A link to confirm a win; a firm that comes later gets a fresh one.
WIN_LINK_LIFE = timedelta(days=7)
#: The years for which a firm states the value of a win.
WIN_YEARS = 5
#: A firm that has not answered after so long is late.
ANSWER_WITHIN = timedelta(days=14)

_LEGAL_FORMS = re.compile(
    r"주식회사|유한회사|\(주\)|㈜|\(유\)|\b(?:co|corp|corporation|inc|incorporated|ltd|limited|llc|company)\b\.?",
    re.IGNORECASE,
)


def lower_stages(stage: str) -> list[str]:
    """The rungs a stage proves, lowest first."""
    return list(Stage.values[: Stage.values.index(stage)])


def stages_above(reached: Iterable[str]) -> list[str]:
    """What can still be reached."""
    indexes = [Stage.values.index(stage) for stage in reached]
    return list(Stage.values[max(indexes, default=-1) + 1 :])


def plain_name(name: str) -> str:
    """A firm's name without legal form, spaces, signs and case: how two spellings of one firm are known as one."""
    text = unicodedata.normalize("NFKC", name)
    text = _LEGAL_FORMS.sub(" ", text)
    return re.sub(r"[\W_]+", "", text).casefold()


def plain_text(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def _plain_amount(amount: Decimal | None, currency: str) -> str:
    return f"{amount.normalize():f}{currency}" if amount else ""


def fingerprint(
    *,
    firm_id: int,
    held_on: date,
    buyer_name: str,
    buyer_country: str,
    product: str,
    amount: Decimal,
    currency: str,
    pursued: Decimal | None,
    pursued_currency: str = "",
) -> str:
    """The same for the same talk in whatever workbook it comes, whichever spelling of the firm's name it uses."""
    parts = [
        str(firm_id),
        held_on.isoformat(),
        plain_text(buyer_name),
        buyer_country,
        plain_text(product),
        _plain_amount(amount, currency),
        _plain_amount(pursued, pursued_currency or currency),
    ]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def digest(content: Mapping[str, Any]) -> str:
    """A short name of what was sent under an id, to know it again; amounts count by value, not by their zeros."""
    parts = [f"{key}={_shown(content[key])}" for key in sorted(content)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def _shown(value: Any) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day: one month after 31 January is 28 February."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def today_at(programme: Programme, moment: datetime) -> date:
    """The latest day it is for anybody of the programme: at the host's desk or at the fair."""
    return max(local_day(moment, zone) for zone in (programme.zone, fair_zone(programme)))


def fair_day(programme: Programme, moment: datetime) -> date:
    """The day at the fair, which a form at the stand starts with."""
    return local_day(moment, fair_zone(programme))


def fair_zone(programme: Programme) -> str:
    return programme.edition.zone if programme.edition else programme.zone


def day_at_fair(programme: Programme, day: date) -> tuple[datetime, datetime]:
    """The first and the last moment of a day where the fair is."""
    zone = ZoneInfo(fair_zone(programme))
    return datetime.combine(day, time.min, zone), datetime.combine(day, time.max, zone)
