"""The suggestion explains itself completely, and silence never counts against anybody."""

from dataclasses import fields, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridgehead.matchmaking.matching import suggestions_for
from bridgehead.matchmaking.models import Meeting
from bridgehead.matchmaking.profiles import CATEGORIES, LANGUAGES, MARKETS
from bridgehead.matchmaking.suggesting import MOST, Facts, PriceRange, suggest
from tests.factories.matchmaking import a_buyer_party, a_firm_party, a_forum, a_timetable, a_wish

prices = st.decimals(min_value=0, max_value=10_000, places=2)
ranges = st.tuples(st.none() | prices, st.none() | prices).map(
    lambda pair: PriceRange(*sorted(pair)) if None not in pair else PriceRange(*pair)
)


def some(codes):
    return st.frozensets(st.sampled_from(sorted(codes)), max_size=4)


facts = st.builds(
    Facts,
    categories=some(CATEGORIES),
    price=ranges,
    markets=some(MARKETS),
    languages=some(LANGUAGES),
    came=st.integers(0, 30),
    missed=st.integers(0, 30),
)
PART_OF = {"categories": "category", "price": "price", "markets": "market", "languages": "language"}
MISSING = {field.name: field.default for field in fields(Facts)}


@given(facts, facts, st.integers(0, 5))
def test_parts_add_up_to_the_score_and_each_says_why(firm, buyer, met):
    suggestion = suggest(firm, buyer, other=buyer, met=met)
    assert [part.code for part in suggestion.parts] == list(MOST)
    assert suggestion.score == sum(part.points for part in suggestion.parts)
    assert all(0 <= part.points <= part.most == MOST[part.code] and part.words for part in suggestion.parts)
    assert sum(part.most for part in suggestion.parts) == 100


@given(facts, facts, st.sampled_from(sorted(PART_OF)), st.booleans())
def test_saying_nothing_gives_half_of_that_part_and_touches_no_other(firm, buyer, name, of_firm):
    full = suggest(firm, buyer, other=buyer)
    silent = (
        (replace(firm, **{name: MISSING[name]}), buyer)
        if of_firm
        else (firm, replace(buyer, **{name: MISSING[name]}))
    )
    less = suggest(*silent, other=silent[1])
    for before, after in zip(full.parts, less.parts, strict=True):
        if after.code == PART_OF[name]:
            assert (after.points, after.known) == (after.most // 2, False)
        else:
            assert after == before


@given(facts, facts)
def test_who_said_nothing_never_ranks_below_who_fits_in_nothing(firm, buyer):
    """The worst one can say gives nothing; silence gives half."""
    stranger = suggest(firm, Facts(), other=Facts())
    worst = sum(part.points for part in suggest(firm, buyer, other=buyer).parts if part.points == 0)
    assert stranger.score >= worst
    assert stranger.score == sum(most // 2 for most in MOST.values())


@given(facts, facts, st.integers(0, 20))
def test_a_missed_meeting_more_never_helps_and_a_kept_one_never_harms(firm, buyer, met):
    def past(came, missed):
        other = replace(buyer, came=came, missed=missed)
        return suggest(firm, buyer, other=other, met=met).parts[-1].points

    for came in range(1, 4):
        for missed in range(1, 4):
            assert past(came, missed + 1) <= past(came, missed) <= past(came + 1, missed)


@pytest.mark.parametrize(
    ("firm", "buyer", "points"),
    [
        (PriceRange(Decimal(100), Decimal(200)), PriceRange(Decimal(200), None), 20),
        (PriceRange(Decimal(120), Decimal(200)), PriceRange(None, Decimal(100)), 8),
        (PriceRange(Decimal(126), Decimal(200)), PriceRange(None, Decimal(100)), 0),
    ],
)
def test_price_ranges_that_meet_nearly_meet_and_do_not(firm, buyer, points):
    assert suggest(Facts(price=firm), Facts(price=buyer), other=Facts()).parts[1].points == points


@pytest.mark.django_db
def test_prices_in_two_currencies_are_compared_and_attendance_elsewhere_counts():
    earlier, forum = a_forum(), a_forum()
    firm = a_firm_party(forum, price_from=Decimal(1_000_000), currency="KRW", categories=["rings", "gold"])
    buyer = a_buyer_party(forum, name="Kanda")
    buyer.price_to, buyer.currency, buyer.categories = Decimal(100), "USD", ["rings"]
    buyer.save()
    before = a_buyer_party(earlier, name="Kanda")
    a_wish(before, a_firm_party(earlier))
    timetable = a_timetable(earlier)
    timetable.published_at = timetable.made_at
    timetable.save()
    Meeting.objects.filter(timetable=timetable).update(outcome=Meeting.Outcome.BUYER_MISSED)
    parts = {part.code: part for part in suggestions_for(firm, [buyer])[buyer.pk].parts}
    assert before.organisation == buyer.organisation
    assert (parts["category"].points, parts["price"].points) == (30, 0)
    assert (parts["past"].points, parts["past"].words) == (7, "came to 0 of 1 meeting")
