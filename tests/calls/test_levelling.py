"""Scores levelled by reviewer: what the formula says, and where it keeps its hands off."""

from itertools import pairwise
from statistics import fmean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridgehead.calls.levelling import LEVELLED, NO_SPREAD, TOO_FEW, levelled


def test_strict_and_generous_reviewer_of_the_same_order_become_equal():
    result = levelled({1: {10: 20, 11: 40, 12: 60}, 2: {10: 60, 11: 80, 12: 100}})
    assert result.scores[1] == pytest.approx(result.scores[2])
    assert (result.mean, {habit.rule for habit in result.habits.values()}) == (60.0, {LEVELLED})


def test_fewer_than_three_readings_are_left_as_they_are():
    result = levelled({1: {10: 20, 11: 90}, 2: {10: 60, 11: 80, 12: 100}})
    assert (result.scores[1], result.habits[1].rule) == ({10: 20.0, 11: 90.0}, TOO_FEW)


def test_the_same_score_for_everybody_becomes_the_common_mean():
    result = levelled({1: {10: 100, 11: 100, 12: 100}, 2: {10: 20, 11: 40, 12: 60}})
    assert (set(result.scores[1].values()), result.habits[1].rule) == ({result.mean}, NO_SPREAD)


def test_no_scores_give_no_scores():
    assert levelled({}).scores == {}


POINTS = st.dictionaries(st.integers(0, 30), st.integers(20, 100), min_size=3, max_size=12)


@given(st.dictionaries(st.integers(1, 6), POINTS, min_size=1, max_size=5))
def test_every_levelled_reviewer_ends_with_the_common_mean_and_deviation(scores):
    result = levelled(scores)
    for reviewer, moved in result.scores.items():
        if result.habits[reviewer].rule == LEVELLED:
            assert fmean(moved.values()) == pytest.approx(result.mean)
            assert pstdev(moved.values()) == pytest.approx(result.deviation)


@given(POINTS)
def test_order_within_one_reviewer_never_changes(given_by_one):
    moved = levelled({1: given_by_one, 2: {1: 20, 2: 60, 3: 100}}).scores[1]
    for one, other in pairwise(given_by_one):
        if given_by_one[one] < given_by_one[other]:
            assert moved[one] <= moved[other]
