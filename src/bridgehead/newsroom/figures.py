"""Figures of a release, computed from the records whenever it is shown, with the stage's word fixed by the system."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.floor.models import Stage
from bridgehead.kit.countries import country_name
from bridgehead.kit.money import decimal_string, format_money
from bridgehead.newsroom.tokens import (
    AMOUNT,
    BUDGET,
    COUNT,
    FIRMS,
    WINS,
    BadFigure,
    Token,
    replace_tokens,
    tokens_in,
)
from bridgehead.outcomes.labels import STAGE_LABELS, STAGE_MEANINGS
from bridgehead.outcomes.queries import Results, results
from bridgehead.outcomes.rules import CONSULTATION, WINNING, Fact
from bridgehead.programmes.models import Programme


def money_words(amount: Decimal, currency: str) -> str:
    """As press releases write it: “USD 166,080,000” or “166,080,000달러”."""
    number = format_money(amount, currency).removeprefix(f"{currency} ")
    written = {
        "USD": _("USD %(number)s"),
        "KRW": _("KRW %(number)s"),
        "EUR": _("EUR %(number)s"),
        "JPY": _("JPY %(number)s"),
        "CNY": _("CNY %(number)s"),
    }.get(currency)
    return written % {"number": number} if written else f"{currency} {number}"


@dataclass(frozen=True)
class Row:
    """Records behind a figure, added up so far that nobody is named."""

    label: str
    count: int


@dataclass(frozen=True)
class Figure:
    """One figure as of one moment; `count` or `amount` is None where the indicator has none."""

    token: Token
    found: Results
    count: int | None
    amount: Decimal | None
    currency: str

    @property
    def indicator(self) -> str:
        return self.token.indicator

    @property
    def text(self) -> str:
        """In the reader's language: “145 contracts pursued, USD 56,780,000”."""
        counted = self._counted() if self.count is not None and self.token.measure != AMOUNT else ""
        if self.amount is None or self.token.measure == COUNT:
            return counted
        money = money_words(self.amount, self.currency)
        if counted:
            return _("%(counted)s, %(money)s") % {"counted": counted, "money": money}
        return self._paid(money)

    def _counted(self) -> str:
        count = self.count or 0
        named = {"count": f"{count:,}", "stage": STAGE_LABELS.get(self.indicator, "")}
        if self.indicator == CONSULTATION:
            return ngettext("%(count)s consultation", "%(count)s consultations", count) % named
        if self.indicator == FIRMS:
            return ngettext("%(count)s firm", "%(count)s firms", count) % named
        if self.indicator == WINS:
            return ngettext("%(count)s confirmed win", "%(count)s confirmed wins", count) % named
        return ngettext("%(count)s contract %(stage)s", "%(count)s contracts %(stage)s", count) % named

    def _paid(self, money: str) -> str:
        named = {"money": money, "stage": STAGE_LABELS.get(self.indicator, "")}
        if self.indicator == CONSULTATION:
            return _("%(money)s in consultations") % named
        if self.indicator == BUDGET:
            return _("a budget of %(money)s") % named
        if self.indicator == WINS:
            return _("%(money)s in confirmed wins") % named
        return _("%(money)s %(stage)s") % named

    @property
    def exact(self) -> str:
        """The amount as the data interface writes it, for machines."""
        return "" if self.amount is None else decimal_string(self.amount, self.currency)

    @property
    def title(self) -> str:
        names = {
            CONSULTATION: _("Consultations"),
            Stage.PURSUED: _("Contracts pursued"),
            Stage.SIGNED: _("Contracts signed"),
            Stage.SHIPPED: _("Deliveries shipped"),
            Stage.PAID: _("Payments received"),
            WINS: _("Confirmed wins"),
            FIRMS: _("Participating firms"),
            BUDGET: _("Budget"),
        }
        return names[self.indicator]

    @property
    def definition(self) -> str:
        meanings: dict[str, Any] = {
            WINS: _("Deals signed, shipped or paid that the supported firm has confirmed. Each counts once."),
            FIRMS: _("Firms selected that accepted their place and did not withdraw."),
            BUDGET: _("The programme's budget from all sources of funding."),
        }
        return str(meanings.get(self.indicator) or STAGE_MEANINGS[self.indicator])

    @cached_property
    def facts(self) -> list[Fact]:
        if self.indicator == WINS:
            won = {fact.consultation for fact in self.found.facts if fact.confirmed and fact.stage in WINNING}
            return [f for f in self.found.facts if f.stage == Stage.SIGNED and f.consultation in won]
        return [fact for fact in self.found.facts if fact.stage == self.indicator]

    @property
    def firms(self) -> int:
        return len({fact.firm for fact in self.facts})

    @property
    def without_rate(self) -> int:
        return sum(fact.amount is None for fact in self.facts)

    @property
    def by_day(self) -> list[Row]:
        counts: dict[Any, int] = {}
        for fact in self.facts:
            counts[fact.day] = counts.get(fact.day, 0) + 1
        return [Row(day.isoformat(), count) for day, count in sorted(counts.items())]

    @property
    def by_country(self) -> list[Row]:
        counts: dict[str, int] = {}
        for fact in self.facts:
            counts[fact.country] = counts.get(fact.country, 0) + 1
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return [Row(country_name(code) if code else "–", count) for code, count in ordered]


def figure_of(token: Token, found: Results) -> Figure:
    if token.indicator == FIRMS:
        return Figure(token, found, found.firms, None, found.currency)
    if token.indicator == BUDGET:
        return Figure(token, found, None, found.balance.total, "KRW")
    rung = found.wins if token.indicator == WINS else found.ladder[token.indicator]
    return Figure(token, found, rung.count, rung.amount, found.currency)


class Figures:
    """The figures of one release. Each programme is read once for each moment, however often it is mentioned."""

    def __init__(self, moment: datetime, explained_at: str = "") -> None:
        self.moment, self.explained_at = moment, explained_at
        self.mentioned: dict[str, Figure] = {}
        self._found: dict[tuple[str, datetime], Results] = {}
        self._programmes: dict[str, Programme] = {}

    def figure(self, token: Token) -> Figure:
        programme = self._programme(token.programme)
        moment = self.moment if token.day is None else end_of(token, programme)
        key = (programme.slug, moment)
        if key not in self._found:
            self._found[key] = results(programme, moment)
        figure = figure_of(token, self._found[key])
        self.mentioned.setdefault(token.anchor, figure)
        return figure

    def plain(self, text: str) -> str:
        return replace_tokens(text, lambda token, linked: self.figure(token).text)

    def html(self, text: str) -> SafeString:
        """A plain text, escaped, its figures linked to their records."""
        return self.rich(str(escape(text)))

    def rich(self, markup: str) -> SafeString:
        """HTML that is already safe, its figures linked to their records."""
        return mark_safe(replace_tokens(markup, self._shown))

    def _shown(self, token: Token, linked: bool) -> str:
        figure = self.figure(token)
        if linked or not self.explained_at:
            return format_html('<data value="{}">{}</data>', figure.exact or figure.count, figure.text)
        address = f"{self.explained_at}#{token.anchor}"
        return format_html('<a class="bh-live-figure" href="{}">{}</a>', address, figure.text)

    def _programme(self, slug: str) -> Programme:
        if slug not in self._programmes:
            programme = Programme.objects.filter(slug=slug).first()
            if programme is None:
                raise BadFigure(_("There is no programme “%(slug)s”.") % {"slug": slug})
            self._programmes[slug] = programme
        return self._programmes[slug]


def end_of(token: Token, programme: Programme) -> datetime:
    """A figure as of a day counts what was recorded by that day's end, where the programme is run."""
    assert token.day is not None
    midnight = datetime.combine(token.day + timedelta(days=1), time.min, ZoneInfo(programme.zone))
    return min(midnight - timedelta(microseconds=1), timezone.now())


def check_figures(markup: str, programmes: set[str]) -> None:
    """Raises BadFigure unless every figure of the text can be read and is of one of these programmes."""
    for token in tokens_in(markup):
        if token.programme not in programmes:
            raise BadFigure(
                _(
                    "“%(slug)s” is no programme whose figures this office may publish. Take one from the list of figures."
                )
                % {"slug": token.programme}
            )
