"""Assignment of reviewers: even for every mix of applications, people and conflicts."""

from itertools import chain, combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from bridgehead.calls.assignment import assign


@given(st.integers(0, 14), st.integers(1, 6), st.integers(1, 3))
def test_loads_differ_by_one_at_most_without_conflicts(applications, reviewers, wanted):
    result = assign(range(applications), range(100, 100 + reviewers), wanted)
    assert max(result.loads.values()) - min(result.loads.values()) <= 1
    assert len(result.pairs) == applications * min(wanted, reviewers) == len(set(result.pairs))


PAIRS = st.sets(st.tuples(st.integers(0, 8), st.integers(100, 105)))


@given(PAIRS, PAIRS, st.integers(1, 3))
def test_conflicts_are_kept_and_no_single_move_would_be_fairer(blocked, earlier, wanted):
    applications, reviewers = range(9), range(100, 106)
    earlier -= blocked
    result = assign(applications, reviewers, wanted, blocked=blocked, given=earlier)
    new = set(result.pairs)
    assert not new & (blocked | earlier)
    for application in applications:
        before = sum(1 for pair in earlier if pair[0] == application)
        able = [r for r in reviewers if (application, r) not in blocked | earlier]
        got = sum(1 for pair in new if pair[0] == application)
        assert got == min(max(wanted - before, 0), len(able))
        assert result.short.get(application, 0) == max(wanted - before, 0) - got
    for application, busy in new:
        for other in reviewers:
            if (application, other) not in new | blocked | earlier:
                assert result.loads[other] >= result.loads[busy] - 1


def test_same_input_gives_the_same_answer():
    blocked = {(1, 101), (2, 102)}
    first, second = (assign(range(7), range(100, 104), 2, blocked=blocked) for _ in range(2))
    assert first == second


def test_chain_frees_a_reviewer_nobody_can_replace_directly():
    # 100 could read everything; 101 only application 0; 102 only 0 and 1: passing on goes through the middle.
    blocked = {(1, 101), (2, 101), (3, 101), (2, 102), (3, 102)}
    result = assign(range(4), [100, 101, 102], 1, blocked=blocked)
    assert sorted(result.loads.values()) == [1, 1, 2]


SMALL = st.sets(st.tuples(st.integers(0, 3), st.integers(100, 103)))


@settings(deadline=None)
@given(SMALL, SMALL, SMALL)
def test_no_other_hand_out_is_more_even_or_knows_more_at_the_same_evenness(blocked, earlier, known):
    applications, reviewers, earlier = range(4), range(100, 104), earlier - blocked
    expertise = dict.fromkeys(known, 1)
    result = assign(applications, reviewers, 2, blocked=blocked, given=earlier, expertise=expertise)
    choices = []
    for application in applications:
        able = [r for r in reviewers if (application, r) not in blocked | earlier]
        lacking = max(2 - sum(1 for pair in earlier if pair[0] == application), 0)
        choices.append(
            [[(application, r) for r in some] for some in combinations(able, min(lacking, len(able)))]
        )
    best = min(
        _worth(list(chain.from_iterable(pairs)), earlier, reviewers, known) for pairs in product(*choices)
    )
    assert _worth(result.pairs, earlier, reviewers, known) == best
    assert result.matched == -best[1]


def _worth(pairs, earlier, reviewers, known):
    """Loads from the busiest down, then readings without expertise: the smaller, the better."""
    loads = [sum(1 for pair in {*pairs, *earlier} if pair[1] == reviewer) for reviewer in reviewers]
    return sorted(loads, reverse=True), -len(known & set(pairs))


def test_expertise_never_makes_the_loads_less_even():
    known = {(application, 100): 1 for application in range(6)}
    result = assign(range(6), [100, 101], 1, expertise=known)
    assert (result.loads, result.matched) == ({100: 3, 101: 3}, 3)


def test_a_large_call_is_handed_out_evenly():
    blocked = {(application, 2000 + application % 40) for application in range(1000)}
    result = assign(range(1000), range(2000, 2040), 3, blocked=blocked)
    assert (result.gap, len(result.pairs), result.short) == (0, 3000, {})
