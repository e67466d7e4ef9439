"""What the database itself holds about money, on SQLite and PostgreSQL: the ledger only grows, and every balance is the sum
of its entries.

Entries are carried into balances by triggers, so that no path into the database can forget one, and a balance that is
written by hand is refused. The limits themselves (ceiling, budget, source, approved claim) are check constraints of the
models over these balances. Installed after every `migrate`, because SQLite loses the triggers of a table it rebuilds.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connections

ENTRY = "funding_ledgerentry"
APPEND_ONLY = "funding: the ledger only grows; corrections are reversals"
NOT_THE_SUM = "funding: a balance is the sum of its ledger entries"
NOT_ITS_OWN = (
    "funding: a ledger entry belongs to one line of one firm, and a reversal takes back exactly one entry"
)

#: Table → the entry's column that points to it, and each balance with the entry's column it sums up.
BALANCES = {
    "funding_firmaccount": ("account_id", {"committed": "committed", "spent": "spent"}),
    "funding_costitem": ("cost_item_id", {"budget": "budget", "committed": "committed", "spent": "spent"}),
    "funding_supportline": ("line_id", {"committed": "committed", "paid": "spent"}),
    "funding_fundingsource": ("source_id", {"spent": "spent"}),
}
#: Everything but who wrote it, which is taken off when that person's account is deleted.
FIXED = "programme_id, kind, cost_item_id, account_id, line_id, source_id, transfer_id, reverses_id, budget, committed, spent"
FIXED += ', "on", reason, at'


def _stray(same: str) -> str:
    """When an entry's keys contradict each other. `same` compares two values of which both may be missing."""
    return (
        "(NEW.line_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM funding_supportline l JOIN funding_firmaccount a"
        " ON a.firm_id = l.firm_id AND a.programme_id = l.programme_id WHERE l.id = NEW.line_id"
        " AND a.id = NEW.account_id AND l.cost_item_id = NEW.cost_item_id AND l.programme_id = NEW.programme_id))"
        f" OR (NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {ENTRY} o WHERE o.id = NEW.reverses_id"
        f" AND o.line_id = NEW.line_id AND o.source_id {same} NEW.source_id AND o.spent = -NEW.spent))"
    )


def _wrong(table: str) -> str:
    key, columns = BALANCES[table]
    return " OR ".join(
        f"NEW.{mine} <> (SELECT COALESCE(SUM({theirs}), 0) FROM {ENTRY} WHERE {key} = NEW.id)"
        for mine, theirs in columns.items()
    )


def _carry(table: str) -> str:
    key, columns = BALANCES[table]
    sums = ", ".join(f"{mine} = {mine} + NEW.{theirs}" for mine, theirs in columns.items())
    moved = " OR ".join(f"NEW.{theirs} <> 0" for theirs in columns.values())
    return f"UPDATE {table} SET {sums} WHERE id = NEW.{key} AND ({moved})"


def _sqlite() -> Iterator[tuple[str, str]]:
    refuse = "SELECT RAISE(ABORT, '{words}')"
    carried = "; ".join(_carry(table) for table in BALANCES)
    yield (
        f"{ENTRY}_keep_change",
        f"BEFORE UPDATE OF {FIXED} ON {ENTRY} BEGIN {refuse.format(words=APPEND_ONLY)}",
    )
    yield f"{ENTRY}_keep_delete", f"BEFORE DELETE ON {ENTRY} BEGIN {refuse.format(words=APPEND_ONLY)}"
    yield (
        f"{ENTRY}_stray",
        f"BEFORE INSERT ON {ENTRY} WHEN {_stray('IS')} BEGIN {refuse.format(words=NOT_ITS_OWN)}",
    )
    yield f"{ENTRY}_carry", f"AFTER INSERT ON {ENTRY} BEGIN {carried}"
    for table, (_key, columns) in BALANCES.items():
        told = refuse.format(words=NOT_THE_SUM)
        yield f"{table}_sum_new", f"AFTER INSERT ON {table} WHEN {_wrong(table)} BEGIN {told}"
        changed = ", ".join(columns)
        yield f"{table}_sum", f"AFTER UPDATE OF {changed} ON {table} WHEN {_wrong(table)} BEGIN {told}"


def _postgres() -> Iterator[tuple[str, str, str, str]]:
    """(trigger, when and on what, function, its body)"""
    refuse = "RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation';"
    keep, carried = refuse.format(words=APPEND_ONLY), "; ".join(_carry(table) for table in BALANCES)
    yield f"{ENTRY}_keep_change", f"BEFORE UPDATE OF {FIXED} ON {ENTRY}", f"{ENTRY}_keep", keep
    yield f"{ENTRY}_keep_delete", f"BEFORE DELETE ON {ENTRY}", f"{ENTRY}_keep", keep
    stray = f"IF {_stray('IS NOT DISTINCT FROM')} THEN {refuse.format(words=NOT_ITS_OWN)} END IF; RETURN NEW;"
    yield f"{ENTRY}_stray", f"BEFORE INSERT ON {ENTRY}", f"{ENTRY}_stray", stray
    yield f"{ENTRY}_carry", f"AFTER INSERT ON {ENTRY}", f"{ENTRY}_carry", f"{carried}; RETURN NULL;"
    for table, (_key, columns) in BALANCES.items():
        body = f"IF {_wrong(table)} THEN {refuse.format(words=NOT_THE_SUM)} END IF; RETURN NULL;"
        changed = ", ".join(columns)
        yield f"{table}_sum", f"AFTER INSERT OR UPDATE OF {changed} ON {table}", f"{table}_sum", body


def statements(vendor: str) -> Iterator[str]:
    """Every statement that puts the guards in place, whether they are there already or not."""
    if vendor == "postgresql":
        for name, when, function, body in _postgres():
            yield (
                f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger AS $$ BEGIN {body} END $$ LANGUAGE plpgsql"
            )
            yield f"CREATE OR REPLACE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {function}()"
        return
    for name, rest in _sqlite():
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield f"CREATE TRIGGER {name} {rest}; END"


def remove(*, using: str, plan: Any = (), **_facts: Any) -> None:
    """Receiver of `pre_migrate`. SQLite changes a table by building another under its name, and refuses that while a trigger of
    a third table names it; so the guards step aside while tables change, and `install` puts them back."""
    connection = connections[using]
    if connection.vendor == "postgresql" or not plan:
        return
    with connection.cursor() as cursor:
        for name, _rest in _sqlite():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def install(*, using: str, **_facts: Any) -> None:
    """Receiver of `post_migrate`; does nothing where the ledger's table is not there (migrated back)."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if ENTRY not in connection.introspection.table_names(cursor):
            return
        for statement in statements(connection.vendor):
            cursor.execute(statement)
