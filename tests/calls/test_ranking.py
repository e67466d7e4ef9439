"""The ranking: figures that can be checked by hand, and promises that hold for every list there is."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from bridgehead.calls.explaining import sentences
from bridgehead.calls.ranking import Kept, Point, Row, Terms, Weight, rank

NOON = datetime(2025, 11, 3, 12, tzinfo=UTC)
CRITERIA = (Weight(1, 60, {"ko": "제품력", "en": "Product"}), Weight(2, 40, {"en": "Readiness"}))
YEOJU, ICHEON = ("region", "yeoju"), ("region", "icheon")


def row(key, *scores, bonus=(), groups=(), minutes=0):
    return Row(
        key,
        NOON + timedelta(minutes=minutes),
        [dict(zip((1, 2), values, strict=True)) for values in scores],
        [Point(Decimal(points), {"en": "Women-led"}) for points in bonus],
        frozenset(groups),
    )


def terms(**fields):
    return Terms(criteria=CRITERIA, **{"places": 2, **fields})


def codes(line):
    return [reason["code"] for reason in line.reasons]


def test_score_is_the_weighted_mean_over_reviewers_of_100():
    (line,) = rank([row(1, (5, 5), (4, 2))], terms())
    assert line.reviewers == [Decimal("100.000"), Decimal("64.000")]
    assert (line.score, line.spread) == (Decimal("82.000"), Decimal("36.000"))


def test_lowest_values_give_20_and_thirds_are_rounded():
    (line,) = rank([row(1, (1, 1), (1, 1), (1, 2))], terms())
    assert line.score == Decimal("22.667")


def test_bonus_is_added_and_named():
    lines = rank([row(1, (4, 4)), row(2, (4, 4), bonus=["2"])], terms())
    assert [(line.key, line.total) for line in lines] == [(2, Decimal("82.000")), (1, Decimal("80.000"))]
    assert lines[0].reasons[1] == {"code": "bonus", "name": {"en": "Women-led"}, "points": "2"}


def test_bonus_never_lifts_over_the_threshold():
    (line,) = rank([row(1, (3, 2), bonus=["20"])], terms(threshold=Decimal(60)))
    assert (line.outcome, codes(line)) == ("declined", ["ranked", "bonus", "below_threshold"])


def test_tie_is_broken_by_the_heaviest_criterion():
    lines = rank([row(1, (3, 5), minutes=-5), row(2, (5, 2))], terms(places=1, reserves=1))
    assert [(line.key, line.outcome) for line in lines] == [(2, "selected"), (1, "reserved")]
    assert [reason for line in lines for reason in line.reasons if reason["code"] == "tie_criterion"] == [
        {"code": "tie_criterion", "name": {"ko": "제품력", "en": "Product"}, "value": "100.000"},
        {"code": "tie_criterion", "name": {"ko": "제품력", "en": "Product"}, "value": "60.000"},
    ]


def test_full_tie_goes_to_the_earlier_submission():
    lines = rank([row(1, (4, 4), minutes=9), row(2, (4, 4))], terms(places=1))
    assert [(line.key, line.outcome) for line in lines] == [(2, "selected"), (1, "declined")]
    assert codes(lines[0]) == ["ranked", "tie_submitted", "within_places"]


def test_quota_keeps_a_place_from_a_better_application():
    rows = [row(1, (5, 5)), row(2, (4, 4)), row(3, (3, 3), groups=[YEOJU])]
    lines = rank(rows, terms(quotas=[Kept(YEOJU, 1, {"en": "Yeoju"})], reserves=2))
    assert [(line.key, line.outcome) for line in lines] == [(1, "selected"), (2, "reserved"), (3, "selected")]
    assert codes(lines[1]) == ["ranked", "beyond_places", "kept_for_others", "reserve"]
    assert codes(lines[2]) == ["ranked", "kept"]


def test_quota_places_nobody_qualifies_for_go_by_rank():
    rows = [row(1, (5, 5)), row(2, (4, 4)), row(3, (1, 1), groups=[YEOJU])]
    lines = rank(rows, terms(quotas=[Kept(YEOJU, 1)], threshold=Decimal(60)))
    assert [line.outcome for line in lines] == ["selected", "selected", "declined"]


def test_six_and_six_takes_six_of_each():
    rows = [row(n, (5, 5), groups=[ICHEON]) for n in range(10)]
    rows += [row(100 + n, (3, 3), groups=[YEOJU]) for n in range(8)]
    lines = rank(rows, terms(places=12, quotas=[Kept(ICHEON, 6), Kept(YEOJU, 6)], reserves=3))
    chosen = [line.key for line in lines if line.outcome == "selected"]
    assert (len([k for k in chosen if k < 100]), len([k for k in chosen if k >= 100])) == (6, 6)
    assert [line.reserve_rank for line in lines if line.outcome == "reserved"] == [1, 2, 3]


def test_reasons_read_as_sentences():
    line = rank([row(1, (5, 4), bonus=["2"])], terms(places=4))[0]
    from_english = [
        "Ranked 1 of 1 with 92 + 2 bonus = 94 points.",
        "Bonus: Women-led, 2 points.",
        "Within the 4 places.",
    ]
    with translation.override("en"):
        assert sentences(line.reasons) == from_english


GROUPS = st.frozensets(st.sampled_from([YEOJU, ICHEON, ("size", "small")]))
VALUES = st.tuples(st.integers(1, 5), st.integers(1, 5))


@st.composite
def lists(draw):
    count = draw(st.integers(0, 14))
    rows = [
        row(
            key,
            *draw(st.lists(VALUES, min_size=1, max_size=3)),
            bonus=draw(st.lists(st.sampled_from(["1", "2.5"]), max_size=2)),
            groups=draw(GROUPS),
            minutes=draw(st.integers(0, 3)),
        )
        for key in range(count)
    ]
    places = draw(st.integers(1, 8))
    quotas, left = [], places
    for group in (YEOJU, ICHEON, ("size", "small")):
        size = draw(st.integers(0, left))
        left -= size
        quotas.append(Kept(group, size))
    threshold = Decimal(draw(st.sampled_from([0, 60, 80])))
    return rows, terms(places=places, reserves=draw(st.integers(0, 4)), threshold=threshold, quotas=quotas)


@given(lists())
def test_never_more_selected_than_places_and_none_left_empty(given_list):
    rows, conditions = given_list
    lines = rank(rows, conditions)
    good = [line for line in lines if line.score >= conditions.threshold]
    assert len([line for line in lines if line.outcome == "selected"]) == min(len(good), conditions.places)
    reserves = [line.reserve_rank for line in lines if line.outcome == "reserved"]
    expected = min(conditions.reserves, len(good) - min(len(good), conditions.places))
    assert reserves == list(range(1, expected + 1))


@given(lists())
def test_every_quota_is_filled_as_far_as_there_are_applications(given_list):
    rows, conditions = given_list
    groups = {one.key: one.groups for one in rows}
    lines = rank(rows, conditions)
    for quota in conditions.quotas:
        good = [x for x in lines if quota.group in groups[x.key] and x.score >= conditions.threshold]
        chosen = [x for x in good if x.outcome == "selected"]
        assert len(chosen) >= min(len(good), quota.places)


@given(lists())
def test_higher_total_never_loses_to_a_lower_one_of_the_same_groups(given_list):
    rows, conditions = given_list
    groups = {one.key: one.groups for one in rows}
    lines = [line for line in rank(rows, conditions) if line.score >= conditions.threshold]
    value = {"selected": 0, "reserved": 1, "declined": 2}
    for better in lines:
        for worse in lines:
            if groups[better.key] == groups[worse.key] and better.total > worse.total:
                assert value[better.outcome] <= value[worse.outcome]


@given(lists(), st.randoms())
def test_order_of_the_rows_does_not_matter(given_list, random):
    rows, conditions = given_list
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert rank(shuffled, conditions) == rank(rows, conditions)


@given(lists())
def test_every_line_says_why(given_list):
    rows, conditions = given_list
    for line in rank(rows, conditions):
        said = codes(line)
        assert said[0] == "ranked"
        assert {"selected": {"kept", "within_places"}, "reserved": {"reserve"}}.get(
            line.outcome, {"below_threshold", "beyond_places"}
        ) & set(said)
