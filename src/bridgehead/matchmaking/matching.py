"""From what the parties of a forum have entered to the suggestion for each pair."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from bridgehead.kit.countries import country_name
from bridgehead.kit.money import NoRate, convert, format_money
from bridgehead.matchmaking.models import Meeting, Party
from bridgehead.matchmaking.profiles import CATEGORIES, LANGUAGES
from bridgehead.matchmaking.suggesting import Facts, PriceRange, Suggestion, suggest

Outcome = Meeting.Outcome
#: Who came, by what became of the meeting.
CAME = {
    Party.Side.FIRM: (Outcome.HELD, Outcome.BUYER_MISSED),
    Party.Side.BUYER: (Outcome.HELD, Outcome.FIRM_MISSED),
}
#: Rates are the European Central Bank's last; a suggestion needs no rate of the day.
LOOK_BACK = 1000
COMMON = "USD"


def facts_of(party: Party, attendance: dict[int, tuple[int, int]]) -> Facts:
    """A buyer's own country is its market, and the language of its mails one it speaks: it was entered with it."""
    markets, languages = set(party.markets), set(party.languages)
    if not party.is_firm:
        markets |= {party.organisation.country}
        languages = languages or {party.language[:2]}
    came, missed = attendance.get(party.organisation_id, (0, 0))
    return Facts(
        categories=frozenset(party.categories),
        price=_price(party),
        markets=frozenset(markets),
        languages=frozenset(languages),
        came=came,
        missed=missed,
    )


def _price(party: Party) -> PriceRange:
    """In dollars, so that two currencies can be compared; without a rate it is not known."""
    try:
        low, high = (_common(amount, party.currency) for amount in (party.price_from, party.price_to))
    except NoRate:
        return PriceRange()
    return PriceRange(low, high)


def _common(amount: Decimal | None, currency: str) -> Decimal | None:
    if amount is None or not currency:
        return None
    return convert(amount, currency, COMMON, on=timezone.now().date(), look_back=LOOK_BACK).money.amount


def attendance_of(organisations: Iterable[int], *, but: int | None = None) -> dict[int, tuple[int, int]]:
    """Organisation → (meetings it came to, meetings it missed) at all fairs of all hosts, but the forum `but`."""
    keys = list(organisations)
    found: Counter[tuple[int, bool]] = Counter()
    for side, came in CAME.items():
        rows = (
            Meeting.objects.filter(
                **{f"{side}__organisation__in": keys}, timetable__published_at__isnull=False
            )
            .exclude(outcome="")
            .exclude(timetable__forum=but)
            .order_by()
            .values_list(f"{side}__organisation", "outcome")
            .annotate(Count("pk"))
        )
        for organisation, outcome, count in rows:
            found[organisation, outcome in came] += count
    return {
        key: (found[key, True], found[key, False]) for key in keys if found[key, True] or found[key, False]
    }


def met_before(party: Party) -> Counter[int]:
    """Organisation → how often it met this party's organisation at other fairs."""
    rows = (
        Meeting.objects.filter(
            Q(firm__organisation=party.organisation_id) | Q(buyer__organisation=party.organisation_id),
            outcome=Outcome.HELD,
            timetable__published_at__isnull=False,
        )
        .exclude(timetable__forum=party.forum_id)
        .values_list("firm__organisation", "buyer__organisation")
    )
    return Counter(buyer if firm == party.organisation_id else firm for firm, buyer in rows)


def suggestions_for(party: Party, others: Iterable[Party]) -> dict[int, Suggestion]:
    """For each of `others` (by its key) how well it suits this party; the same number of questions for any number."""
    rows = list(others)
    attendance = attendance_of([other.organisation_id for other in rows], but=party.forum_id)
    met, mine = met_before(party), facts_of(party, {})
    found = {}
    for other in rows:
        theirs = facts_of(other, attendance)
        firm, buyer = (mine, theirs) if party.is_firm else (theirs, mine)
        found[other.pk] = suggest(
            firm, buyer, other=theirs, met=met[other.organisation_id], country=country_name
        )
    return found


def shown_facts(party: Party) -> list[tuple[str, str]]:
    """What a party said about itself, for the other side to read; nothing is shown of what it did not say."""
    rows = [
        (_("What they make") if party.is_firm else _("Looking for"), _names(party.categories, CATEGORIES)),
        (_("Price of a piece"), _price_words(party)),
        (_("Markets"), ", ".join(country_name(code) for code in party.markets)),
        (_("Languages spoken"), _names(party.languages, LANGUAGES)),
        (
            _("Pieces a month") if party.is_firm else _("Order quantity"),
            number_format(party.capacity, force_grouping=True) if party.capacity is not None else "",
        ),
    ]
    return [row for row in rows if row[1]]


def _names(codes: list[str], names: Mapping[str, Any]) -> str:
    return ", ".join(str(names[code]) for code in codes if code in names)


def _price_words(party: Party) -> str:
    low, high = (
        format_money(amount, party.currency) if amount is not None else ""
        for amount in (party.price_from, party.price_to)
    )
    if low and high:
        return f"{low} – {high}"
    if low:
        return _("from %(price)s") % {"price": low}
    return _("up to %(price)s") % {"price": high} if high else ""
