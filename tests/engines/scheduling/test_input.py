"""Input that makes no sense is refused with the place in the file."""

import gzip
import json

import pytest

from bridgehead.engines.scheduling import Instance, InstanceError, Table, check, solve
from bridgehead.engines.scheduling.files import read_instance
from tests.engines.scheduling.build import goals, instance, meet, shape


def with_request(**changes):
    participants = [{"id": "a"}, {"id": "b"}, {"id": "c"}]
    return instance([meet("r0", "ab"), meet("r1", "ac") | changes], participants=participants)


FAULTS = [
    ({"format": "b2b-instance/9"}, "format: must be 'b2b-instance/1'"),
    ({"problem": "both"}, "problem: must be one of fixed, select"),
    ({"slots": [{"day": "d1"}]}, "slots[0].id: is missing"),
    ({"slots": {"id": "s1"}}, "slots: must be a list"),
    ({"slots": [{"id": "s"}, {"id": "s"}]}, "slots[1].id: s is given twice"),
    ({"slots": [*shape(1, 1), {"id": "s", "day": "d1"}]}, "slots[2].day: d1 comes again: not in time order"),
    ({"tables": {"count": -1}}, "tables.count: must be a whole number, 0 or more"),
    ({"tables": {"count": 10**9}}, "tables.count: must be at most 100000"),
    ({"interpreters": ["i1"]}, "interpreters[0]: must be an object"),
    ({"guarantee_bonus": float("nan")}, "guarantee_bonus: must be a finite number"),
    ({"idle_counts_unavailable": "no"}, "idle_counts_unavailable: must be true or false"),
    ({"objective": goals(("min", "joy"))}, "objective[0].terms.joy: unknown metric"),
    ({"objective": goals(("up", "held"))}, "objective[0].sense: must be max or min"),
    ({"objective": goals(("min", "moved"))}, "objective[0].terms.moved: needs a previous plan"),
    (
        {"previous": {"assignments": [{"request": "r0", "slot": "d1s1"}] * 2}},
        "previous.assignments[1].request: r0 is assigned twice",
    ),
]

REQUEST_FAULTS = [
    ({"id": "r0"}, "requests[1].id: r0 is given twice"),
    ({"b": "a"}, "requests[1]: r1: a cannot meet itself"),
    ({"b": "nobody"}, "requests[1].b: unknown participant nobody"),
    ({"host": "nobody"}, "requests[1].host: unknown participant nobody"),
    ({"weight": "heavy"}, "requests[1].weight: must be a finite number"),
    ({"weight": True}, "requests[1].weight: must be a finite number"),
    ({"mode": "phone"}, "requests[1].mode: must be one of onsite, online"),
    ({"fixed_slot": "s9"}, "requests[1].fixed_slot: unknown slot s9"),
    ({"allowed_slots": ["s9"]}, "requests[1].allowed_slots: unknown slot s9"),
    ({"forbidden_slots": [9]}, "requests[1].forbidden_slots[0]: must be a text"),
    ({"after": ["r9"]}, "requests[1].after: unknown request r9"),
    ({"after": ["r1"]}, "requests[1].after: r1 would have to be after itself"),
]


@pytest.mark.parametrize(("changes", "message"), FAULTS)
def test_faults_are_named_with_their_place(changes, message):
    with pytest.raises(InstanceError) as fault:
        check(Instance.from_dict(instance([meet("r0", "ab")], **changes)))
    assert str(fault.value).startswith(message)


@pytest.mark.parametrize(("changes", "message"), REQUEST_FAULTS)
def test_faults_of_requests_are_named_with_their_place(changes, message):
    with pytest.raises(InstanceError) as fault:
        check(Instance.from_dict(with_request(**changes)))
    assert str(fault.value) == message


def test_long_cycles_of_after_are_refused():
    requests = [meet(f"r{i}", "ab", after=[f"r{(i + 1) % 4}"]) for i in range(4)]
    with pytest.raises(InstanceError, match=r"requests\[0\].after: r0 would have to be after itself"):
        check(Instance.from_dict(instance(requests)))


def test_solve_checks_instances_built_by_hand():
    broken = Instance(slots=(), participants=(), requests=(), tables=(Table("T1"), Table("T1")))
    with pytest.raises(InstanceError, match=r"tables\[1\].id"):
        solve(broken)


@pytest.mark.parametrize("weights", [[0.1234567], [1e-6, 1e12]])
def test_numbers_that_cannot_be_counted_exactly_are_refused(weights):
    requests = [meet(f"r{i}", "ab", weight=weight) for i, weight in enumerate(weights)]
    data = instance(requests, problem="select", objective=goals(("max", "held_weight")))
    with pytest.raises(InstanceError, match=r"six decimals|too large"):
        solve(Instance.from_dict(data))


def test_table_count_means_ids_from_t1():
    assert [table.id for table in Instance.from_dict(instance([])).tables] == ["T1", "T2"]


def test_unknown_keys_and_nulls_are_ignored():
    data = with_request(mood="good", session=None, weight=None)
    assert Instance.from_dict(data | {"colour": 1}) == Instance.from_dict(with_request())


def test_gzip_and_plain_files_read_the_same(tmp_path):
    text = json.dumps(with_request()).encode()
    (tmp_path / "plain.json").write_bytes(text)
    (tmp_path / "packed.json.gz").write_bytes(gzip.compress(text))
    assert read_instance(tmp_path / "plain.json") == read_instance(tmp_path / "packed.json.gz")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "line 1, column 2: is not JSON"),
        (b"[]", "(the file): must be an object"),
        (b'{"a": NaN}', "(the file): NaN is not a number that can be used"),
        (b'{"a": "\xff"}', "byte 7: is not UTF-8"),
        (b"\x1f\x8bbroken", "(the file): is damaged gzip"),
        (b"[" * 200_000, "(the file): is nested too deeply"),
    ],
)
def test_damaged_files_are_refused(tmp_path, content, message):
    path = tmp_path / "instance.json"
    path.write_bytes(content)
    with pytest.raises(InstanceError) as fault:
        read_instance(path)
    assert str(fault.value).startswith(message)
