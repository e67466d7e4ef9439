"""What an entry keeps, and that each host has a chain of its own."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from bridgehead.audit.actions import INSTALLATION, record
from bridgehead.audit.models import Chain, Entry
from bridgehead.audit.queries import entries_of, first_break
from bridgehead.audit.rules import entry_hash
from tests.factories.organisations import a_firm, a_user

pytestmark = pytest.mark.django_db


def test_entry_keeps_who_what_and_why_in_words():
    firm, user = a_firm(name_ko="소유"), a_user(name="김서연")
    entry = record(by=user, verb="firm.close", target=firm, chain="jongno", reason="폐업")
    assert (entry.actor, entry.actor_id, entry.verb) == ("김서연", user.pk, "firm.close")
    assert (entry.target_kind, entry.target_id) == ("organisations.organisation", str(firm.pk))
    assert (entry.target, entry.reason, entry.data) == ("소유", "폐업", {})
    assert str(entry).endswith("김서연: firm.close 소유")


def test_without_a_person_it_was_the_system():
    entry = record(by=None, verb="firm.close", target=a_firm())
    assert (entry.actor, entry.actor_id, entry.chain) == ("system", None, INSTALLATION)


def test_data_of_all_kinds_reads_the_same_from_the_database():
    data = {
        "amount": Decimal("1180.20"),
        "day": date(2026, 1, 16),
        "at": datetime(2026, 1, 16, 9, 30, tzinfo=UTC),
        "id": UUID(int=7),
        "names": ["더여운", None, 1.5],
    }
    entry = record(by=None, verb="x", target=a_firm(), data=data)
    entry.refresh_from_db()
    assert entry.data == {
        "amount": "1180.20",
        "day": "2026-01-16",
        "at": "2026-01-16T09:30:00Z",
        "id": "00000000-0000-0000-0000-000000000007",
        "names": ["더여운", None, 1.5],
    }
    assert entry_hash(entry) == entry.hash
    assert first_break(INSTALLATION) is None


def test_long_names_are_cut_to_fit_and_still_hash_the_same():
    record(by=a_user(name="가" * 100), verb="x", target=a_firm(name_ko="나" * 120), chain="jongno")
    assert first_break("jongno") is None


def test_moment_in_another_zone_is_the_same_moment():
    at = datetime.fromisoformat("2026-01-16T18:30:00.123456+09:00")
    entry = record(by=None, verb="x", target=a_firm(), chain="jongno", at=at)
    written = entry.hash
    entry.refresh_from_db()
    assert entry.at == at
    assert entry_hash(entry) == written


def test_each_host_has_a_chain_of_its_own():
    firm = a_firm()
    for chain in ("jongno", "iksan", "jongno"):
        record(by=None, verb="x", target=firm, chain=chain)
    assert dict(Chain.objects.values_list("name", "length")) == {"jongno": 2, "iksan": 1}
    assert [entry.position for entry in entries_of(["jongno"])] == [2, 1]
    assert entries_of([]).count() == 0
    assert [first_break(chain) for chain in ("jongno", "iksan")] == [None, None]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("verb", "y"),
        ("actor", "Lee"),
        ("actor_id", 99),
        ("target", "other"),
        ("target_id", "0"),
        ("reason", "because"),
        ("data", {"n": 2}),
        ("at", datetime(2020, 1, 1, tzinfo=UTC)),
        ("position", 7),
        ("chain", "iksan"),
        ("previous", "f" * 64),
    ],
)
def test_hash_covers_every_fact(field, value):
    entry = record(by=a_user(), verb="x", target=a_firm(), chain="jongno", data={"n": 1})
    setattr(entry, field, value)
    assert entry_hash(entry) != entry.hash


def test_recording_takes_few_queries_however_long_the_chain(django_assert_num_queries):
    firm = a_firm()
    for _ in range(3):
        record(by=None, verb="x", target=firm, chain="jongno")
    with django_assert_num_queries(6):  # savepoint, find, lock, insert, update the end, release
        record(by=None, verb="x", target=firm, chain="jongno")
    assert Entry.objects.count() == 4
