"""Local search on a timetable: chain moves, compiled by numba, that keep every rule at every step."""
