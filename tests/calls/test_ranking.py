"""The ranking: figures that can be checked by hand, and promises that hold for every list there is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from bridgehead.calls.explaining import sentences
from bridgehead.calls.levelling_rows import level
from bridgehead.calls.ranking import Kept, Point, Row, Terms, draw, rank
from bridgehead.calls.scoring import Reading, StageWeight, Weight, reading, rounded

NOON = datetime(2025, 11, 3, 12, tzinfo=UTC)
STAGES = (StageWeight(0, 70, {"en": "Documents"}), StageWeight(9, 30, {"en": "Interview"}))
INTERVIEW = Weight(3, 100, {"en": "Presence"}, stage=9)
CRITERIA = (Weight(1, 60, {"ko": "제품력", "en": "Product"}), Weight(2, 40, {"en": "Readiness"}))
YEOJU, ICHEON = ("region", "yeoju"), ("region", "icheon")


def readings(scores, best=5):
    given = [dict(zip((1, 2), values, strict=True)) for values in scores]
    return [reading(values, CRITERIA, best=best, reviewer=n) for n, values in enumerate(given)]


def row(key, *scores, bonus=(), groups=(), minutes=0, interview=None, **fields):
    found = readings(scores)
    if interview:
        found.append(Reading(7, 9, Fraction(interview)))
    return Row(
        key,
        NOON + timedelta(minutes=minutes),
        found,
        [Point(Decimal(points), {"en": "Women-led"}) for points in bonus],
        frozenset(groups),
        **{"number": f"A-{key:03}", **fields},
    )


def terms(**fields):
    return Terms(**{"criteria": CRITERIA, "places": 2, **fields})


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


def test_stages_are_combined_by_their_weights_and_named():
    (line,) = rank([row(1, (4, 4), interview=50)], terms(stages=STAGES, criteria=(*CRITERIA, INTERVIEW)))
    assert line.score == Decimal("71.000")
    assert line.reasons[1:3] == [
        {"code": "stage", "name": {"en": "Documents"}, "weight": 70, "score": "80.000"},
        {"code": "stage", "name": {"en": "Interview"}, "weight": 30, "score": "50.000"},
    ]


def test_who_did_not_pass_a_stage_comes_last_whatever_the_score():
    rows = [row(1, (5, 5), stopped=0), row(2, (2, 2), interview=40)]
    lines = rank(rows, terms(stages=STAGES, criteria=(*CRITERIA, INTERVIEW)))
    assert [(line.key, line.outcome) for line in lines] == [(2, "selected"), (1, "declined")]
    assert lines[1].reasons[-1] == {"code": "not_passed", "name": {"en": "Documents"}}


def test_score_is_a_share_of_the_best_value_of_the_scale():
    (one,) = readings([(10, 5)], best=10)
    assert one.points == Fraction(80)


def test_threshold_selects_everybody_who_reaches_it_where_no_places_are_given():
    rows = [row(n, (4, 4)) for n in range(5)] + [row(9, (2, 2))]
    lines = rank(rows, terms(rule="threshold", places=0, threshold=Decimal(60)))
    assert [line.outcome for line in lines] == ["selected"] * 5 + ["declined"]
    assert lines[0].reasons[-1] == {"code": "reaches_threshold", "threshold": "60"}


def test_threshold_keeps_to_the_places_where_they_are_given():
    lines = rank([row(n, (4, 4)) for n in range(5)], terms(rule="threshold", threshold=Decimal(60)))
    assert [line.outcome for line in lines] == ["selected"] * 2 + ["declined"] * 3


def test_first_come_takes_the_earliest_and_needs_no_review():
    rows = [row(1, minutes=2), row(2, minutes=0), row(3, minutes=1)]
    lines = rank(rows, terms(rule="first_come", reserves=1))
    assert [(line.key, line.outcome) for line in lines] == [(2, "selected"), (3, "selected"), (1, "reserved")]
    assert codes(lines[0]) == ["came", "within_places"]


def test_lottery_can_be_repeated_with_nothing_but_the_seed_and_the_numbers():
    lines = rank([row(n) for n in range(20)], terms(rule="lottery", seed="2026-11-22"))
    numbers = sorted(
        (f"A-{n:03}" for n in range(20)), key=lambda n: sha256(f"2026-11-22{n}".encode()).hexdigest()
    )
    assert [line.reasons[0]["number"] for line in lines] == numbers
    assert lines[0].reasons[0]["hash"] == draw("2026-11-22", numbers[0])


def test_lottery_explains_its_recipe():
    line = rank([row(1)], terms(rule="lottery", seed="dice"))[0]
    with translation.override("en"):
        said = sentences(line.reasons)[0]
    assert said == (
        "Drawn by lot: place 1 of 1. The SHA-256 of “diceA-001” is "
        f"{draw('dice', 'A-001')}; the smallest comes first."
    )


def test_levelled_scores_forgive_a_strict_reviewer():
    def read(by, points):
        return Reading(by, 0, Fraction(points), Fraction(points))

    strict = [Row(n, NOON, [read(1, points)]) for n, points in enumerate((40, 50, 60))]
    generous = [Row(10 + n, NOON, [read(2, points)]) for n, points in enumerate((70, 80, 90))]
    raw = {row.key: row.readings[0].points for row in [*strict, *generous]}
    levelled = {row.key: row.readings[0].points for row in level([*strict, *generous])}
    assert [raw[0] < raw[10], levelled[0] == levelled[10], levelled[2] > levelled[11]] == [True] * 3


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
    rule = draw(st.sampled_from(["rank", "threshold", "first_come", "lottery"]))
    return rows, terms(
        places=places,
        reserves=draw(st.integers(0, 4)),
        threshold=Decimal(draw(st.sampled_from([0, 60, 80]))),
        quotas=quotas,
        rule=rule,
        seed="seed",
    )


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
    conditions = replace(conditions, rule="rank")
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
        assert said[0] in {"ranked", "came", "drawn"}
        assert {"selected": {"kept", "within_places"}, "reserved": {"reserve"}}.get(
            line.outcome, {"below_threshold", "beyond_places"}
        ) & set(said)


@given(lists(), st.data())
def test_raising_a_score_never_lowers_the_rank_or_the_outcome(given_list, data):
    rows, conditions = given_list
    if not rows:
        return
    chosen = data.draw(st.sampled_from(rows))
    more = data.draw(st.integers(1, 40))
    raised = [replace(one, points=one.points + more, first=one.first + more) for one in chosen.readings]
    after = [replace(one, readings=raised) if one is chosen else one for one in rows]
    value = {"selected": 0, "reserved": 1, "declined": 2}
    (was,) = [line for line in rank(rows, conditions) if line.key == chosen.key]
    (now,) = [line for line in rank(after, conditions) if line.key == chosen.key]
    assert (now.rank <= was.rank, value[now.outcome] <= value[was.outcome]) == (True, True)


@given(lists())
def test_explanation_agrees_with_the_outcome(given_list):
    rows, conditions = given_list
    for line in rank(rows, conditions):
        said = {reason["code"]: reason for reason in line.reasons}
        assert ("reserve" in said) == (line.outcome == "reserved")
        assert ("below_threshold" in said) == (line.score < conditions.threshold)
        assert bool({"kept", "within_places"} & set(said)) == (line.outcome == "selected")
        assert next(iter(said.values()))["rank"] == line.rank


@given(st.fractions(0, 100))
def test_rounding_is_half_up_at_the_third_place(value):
    assert abs(Fraction(rounded(value)) - value) <= Fraction(1, 2000)
    assert rounded(Fraction(125, 10000)) == Decimal("0.013")
