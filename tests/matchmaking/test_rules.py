from datetime import UTC, date, datetime, time, timedelta

import pytest

from bridgehead.matchmaking.rules import (
    BadHours,
    Seat,
    closed,
    is_late,
    keep_tables,
    link_expires_at,
    periods,
    read_pauses,
    worth,
    write_pauses,
)

DAY = date(2026, 1, 16)
NOON_UTC = datetime(2026, 1, 1, 12, tzinfo=UTC)


def hours(**fields):
    usual = {
        "days": [DAY],
        "starts": time(10),
        "ends": time(14),
        "minutes": 60,
        "pauses": [],
        "zone": "Europe/Rome",
    }
    return periods(**{**usual, **fields})


def test_periods_fill_the_hours_on_the_clock_of_the_place():
    found = hours()
    assert [f"{period.starts_at:%H:%M %Z}" for period in found] == [
        "10:00 CET",
        "11:00 CET",
        "12:00 CET",
        "13:00 CET",
    ]
    assert [period.session for period in found] == ["am", "am", "pm", "pm"]


def test_periods_after_a_pause_begin_when_it_ends():
    found = hours(pauses=[(time(11, 30), time(12, 30))])
    assert [f"{period.starts_at:%H:%M}" for period in found] == ["10:00", "12:30"]


def test_periods_on_several_days_are_in_order_and_once():
    found = hours(days=[date(2026, 1, 17), DAY, DAY], ends=time(11))
    assert [period.starts_at.date() for period in found] == [DAY, date(2026, 1, 17)]


def test_periods_without_room_say_so():
    with pytest.raises(BadHours):
        hours(ends=time(10, 30))


def test_pauses_are_read_as_people_write_them():
    assert read_pauses("12:00–13:00, 9:30 - 9:45") == [(time(9, 30), time(9, 45)), (time(12), time(13))]
    assert write_pauses(read_pauses("12:00~13:00")) == "12:00-13:00"


@pytest.mark.parametrize("text", ["noon", "13:00-12:00", "25:00-26:00", "12:00-"])
def test_pauses_that_make_no_sense_are_refused(text):
    with pytest.raises(BadHours):
        read_pauses(text)


def test_worth_of_wishes():
    assert {(a, b): worth(a, b) for a in range(4) for b in range(a, 4)} == {
        (0, 0): 0,
        (0, 1): 1,
        (0, 2): 3,
        (0, 3): 6,
        (1, 1): 6,
        (1, 2): 8,
        (1, 3): 11,
        (2, 2): 10,
        (2, 3): 13,
        (3, 3): 16,
    }


def test_link_lives_a_year_after_the_fair_and_never_less_than_sixty_days():
    assert link_expires_at(now=NOON_UTC, last_day=DAY) == datetime(2027, 1, 16, 12, tzinfo=UTC)
    assert link_expires_at(now=NOON_UTC, last_day=date(2024, 1, 1)) == NOON_UTC + timedelta(days=60)


def test_late_after_a_week_of_silence():
    week = timedelta(days=7, seconds=1)
    assert is_late(NOON_UTC - week, None, NOON_UTC)
    assert not is_late(NOON_UTC - week, NOON_UTC, NOON_UTC)
    assert not is_late(NOON_UTC - timedelta(days=6), None, NOON_UTC)
    assert not is_late(None, None, NOON_UTC)


def test_wishes_without_a_closing_moment_stay_open():
    assert not closed(None, NOON_UTC)
    assert closed(NOON_UTC, NOON_UTC)


def test_tables_are_swapped_so_that_meetings_that_stay_keep_theirs():
    before = [Seat((1, 4), 1, "T01"), Seat((2, 5), 1, "T02"), Seat((3, 6), 2, "T02")]
    found = [Seat((2, 5), 1, "T01"), Seat((7, 8), 1, "T02"), Seat((3, 6), 1, "T03"), Seat((9, 9), 1, None)]
    assert [seat.table for seat in keep_tables(found, before, ["T01", "T02", "T03"])] == [
        "T02",
        "T01",
        "T03",
        None,
    ]
