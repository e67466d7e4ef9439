from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridgehead.fairs import rules
from bridgehead.fairs.rules import Place


def place(*numbers):
    return Place(*(Decimal(str(number)) for number in numbers))


ROOM = place(0, 0, 10, 3)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (place(0, 0, 2, 2), place(2, 0, 2, 2), False),
        (place(0, 0, 2, 2), place(0, 2, 2, 2), False),
        (place(0, 0, 2, 2), place("1.99", 0, 2, 2), True),
        (place(0, 0, 4, 4), place(1, 1, 1, 1), True),
    ],
)
def test_overlap_is_a_shared_area_and_not_a_common_wall(one, other, together):
    assert rules.overlap(one, other) is rules.overlap(other, one) is together


def test_inside_reaches_up_to_the_wall():
    assert rules.inside(place(8, 1, 2, 2), ROOM)
    assert not rules.inside(place(8, 1, "2.01", 2), ROOM)
    assert not rules.inside(place(8, "1.01", 2, 2), ROOM)


def test_four_stands_in_one_row_of_30_square_metres():
    assert rules.equal_places(ROOM, 4, 1) == [place(x, 0, "2.5", 3) for x in ("0", "2.5", "5", "7.5")]


@pytest.mark.parametrize(("number", "rows"), [(2, 3), (0, 0), (200, 1)])
def test_stands_that_do_not_fit_are_refused(number, rows):
    with pytest.raises(ValueError):
        rules.equal_places(ROOM, number, rows)


@given(st.decimals(1, 60, places=2), st.decimals(1, 60, places=2), st.integers(1, 60), st.integers(1, 8))
def test_equal_stands_are_inside_apart_and_as_many_as_asked(width, depth, number, rows):
    room = Place(Decimal(0), Decimal(0), width, depth)
    try:
        places = rules.equal_places(room, number, rows)
    except ValueError:
        return
    assert len(places) == number
    assert all(rules.inside(one, room) for one in places)
    assert not any(rules.overlap(a, b) for i, a in enumerate(places) for b in places[:i])


def test_next_codes_leave_out_those_taken():
    assert rules.next_codes(["A1", "A3"], 2) == ["A2", "A4"]
