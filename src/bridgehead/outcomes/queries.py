"""A programme's results, computed from its records every time they are asked for."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from bridgehead.calls.models import Award
from bridgehead.floor.queries import consultations_as_of, stages_as_of
from bridgehead.funding.models import Ceiling
from bridgehead.funding.queries import Balance, ceiling_on, programme_balance
from bridgehead.kit.clock import local_day
from bridgehead.kit.countries import country_name
from bridgehead.kit.money import NoRate, convert
from bridgehead.organisations.models import Organisation
from bridgehead.outcomes.rules import CONSULTATION, Fact, Ladder, Rung, confirmed_wins, ladder_of, ladders_by
from bridgehead.programmes.models import Programme, Statement


@dataclass(frozen=True)
class Results:
    """Everything a report, a page or the JSON interface says about one programme at one moment."""

    programme: Programme
    as_of: datetime
    planned: dict[str, int]
    firms: int
    facts: list[Fact]
    ladder: Ladder
    wins: Rung
    balance: Balance
    ceiling: Ceiling | None

    @property
    def currency(self) -> str:
        return self.programme.result_currency

    @property
    def without_rate(self) -> int:
        return sum(rung.without_rate for rung in self.ladder.rungs.values())


def results(programme: Programme, as_of: datetime | None = None) -> Results:
    """As of a moment: by default the programme's own, else now. Seven queries, whatever the number of records."""
    moment = as_of or programme.results_as_of or timezone.now()
    facts = facts_of(programme, moment)
    awards = Award.objects.filter(programme=programme, state=Award.State.ACCEPTED, made_at__lte=moment)
    return Results(
        programme=programme,
        as_of=moment,
        planned=planned(programme),
        firms=awards.count(),
        facts=facts,
        ladder=ladder_of(facts),
        wins=confirmed_wins(facts),
        balance=programme_balance(programme),
        ceiling=ceiling_on(programme, local_day(moment, programme.zone)),
    )


def facts_of(programme: Programme, as_of: datetime) -> list[Fact]:
    currency = programme.result_currency
    talks = {
        pk: (firm, country, day, amount, source)
        for pk, firm, country, day, amount, source in consultations_as_of(programme, as_of)
        .order_by()
        .values_list("pk", "firm", "buyer_country", "held_on", "amount", "currency")
    }
    facts = [
        Fact(CONSULTATION, str(pk), firm, country, day, _converted(amount, source, currency, day))
        for pk, (firm, country, day, amount, source) in talks.items()
    ]
    records = (
        stages_as_of(programme, as_of)
        .order_by()
        .values_list("consultation", "stage", "amount", "currency", "reached_on", "confirmed_at")
    )
    for pk, stage, amount, source, reached_on, confirmed_at in records:
        firm, country, day, *_rest = talks[pk]
        converted = _converted(amount, source, currency, reached_on)
        confirmed = confirmed_at is not None and confirmed_at <= as_of
        facts.append(Fact(stage, str(pk), firm, country, day, converted, confirmed))
    return facts


def _converted(amount: Decimal, source: str, target: str, on: date) -> Decimal | None:
    try:
        return convert(amount, source, target, on=on).money.amount
    except NoRate:
        return None


def planned(programme: Programme) -> dict[str, int]:
    """What was announced beforehand, by whoever said it last: {"firms": 26}."""
    said = (
        Statement.objects.filter(programme=programme, subject="planned_firms")
        .order_by("said_on", "pk")
        .last()
    )
    return {"firms": int(said.value)} if said else {}


@dataclass(frozen=True)
class Line:
    """One row of a breakdown: whom or what it is about, and its ladder."""

    label: str
    key: str
    ladder: Ladder


def by_firm(found: Results) -> list[Line]:
    """Firms with the most pursued first, then the most consulted."""
    ladders = ladders_by(found.facts, lambda fact: fact.firm)
    firms = Organisation.objects.in_bulk(list(ladders))
    lines = [Line(firms[pk].name, firms[pk].slug, ladder) for pk, ladder in ladders.items()]
    return sorted(lines, key=_biggest_first)


def by_country(found: Results) -> list[Line]:
    """Named in the active language; a buyer without a country is under "–"."""
    ladders = ladders_by(found.facts, lambda fact: fact.country)
    lines = [Line(country_name(code) or "–", code, ladder) for code, ladder in ladders.items()]
    return sorted(lines, key=_biggest_first)


def by_day(found: Results) -> list[tuple[date, Ladder]]:
    """By the day the consultation was held, also for the stages that came of it."""
    return sorted(ladders_by(found.facts, lambda fact: fact.day).items())


def _biggest_first(line: Line) -> tuple[Decimal, Decimal, int, str]:
    return (
        -line.ladder["pursued"].amount,
        -line.ladder[CONSULTATION].amount,
        -line.ladder[CONSULTATION].count,
        line.label,
    )


def published_results() -> QuerySet[Programme]:
    """Programmes whose results the public may read: public ones whose consultations were logged."""
    return (
        Programme.objects.filter(is_public=True, consultations__isnull=False)
        .select_related("host", "edition")
        .distinct()
        .order_by("-starts_on")
    )
