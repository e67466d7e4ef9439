"""The trail only grows, and shows when somebody tampered with it behind the application's back."""

import pytest
from django.db import DatabaseError, connection, transaction

from bridgehead.audit.actions import record
from bridgehead.audit.models import Chain, Entry
from bridgehead.audit.queries import entries_about, first_break
from tests.factories.organisations import a_firm, a_user

pytestmark = pytest.mark.django_db


def three_entries():
    firm, user = a_firm(), a_user(name="Kim")
    for verb in ("firm.add", "firm.rename", "firm.close"):
        record(by=user, verb=verb, target=firm, chain="jongno", reason="because", data={"n": 1})
    return firm, user


def rewrite(sql):
    """Change the table as somebody with the database password could, without its triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER audit_entry_no_update")
            cursor.execute("DROP TRIGGER audit_entry_no_delete")
        cursor.execute(sql)


def test_record_chains_each_entry_to_the_one_before():
    firm, _user = three_entries()
    first, second, third = Entry.objects.filter(chain="jongno").order_by("position")
    assert (first.previous, second.previous, third.previous) == ("0" * 64, first.hash, second.hash)
    assert Chain.objects.get(name="jongno").head == third.hash
    assert [entry.verb for entry in entries_about(firm)] == ["firm.close", "firm.rename", "firm.add"]


def test_entry_survives_deletion_of_the_person():
    firm, user = three_entries()
    user.delete()
    assert {entry.actor for entry in entries_about(firm)} == {"Kim"}
    assert first_break("jongno") is None


@pytest.mark.parametrize("change", [{"verb": "nothing"}, None])
def test_database_refuses_update_and_delete(change):
    three_entries()
    entries = Entry.objects.filter(position=2)
    with pytest.raises(DatabaseError), transaction.atomic():
        entries.update(**change) if change else entries.delete()
    assert first_break("jongno") is None


def test_first_break_of_a_whole_chain_is_none():
    three_entries()
    assert first_break("jongno") is None
    assert first_break("never used") is None


@pytest.mark.parametrize(
    ("sql", "position"),
    [
        ("UPDATE audit_entry SET actor = 'Lee' WHERE position = 2", 2),
        ("DELETE FROM audit_entry WHERE position = 1", 1),
        ("DELETE FROM audit_entry WHERE position = 3", 3),
    ],
    ids=["altered", "first removed", "last removed"],
)
def test_first_break_names_the_entry_tampered_with(sql, position):
    three_entries()
    rewrite(sql)
    assert first_break("jongno") == position
