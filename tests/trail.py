"""The audit trail between tests that really commit: the database refuses to empty it, so its guards step aside."""

from django.db import connection


def empty_the_trail() -> None:
    """On SQLite a test database is emptied by DELETE, which the trail's triggers refuse; PostgreSQL truncates."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND (tbl_name = 'audit_entry'"
            " OR tbl_name IN ('certification_involvement', 'certification_decision', 'funding_ledgerentry'))"
        )
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        for table in (
            "audit_entry",
            "certification_involvement",
            "certification_decision",
            "funding_ledgerentry",
        ):
            cursor.execute(f"DELETE FROM {table}")
        for _name, sql in triggers:
            cursor.execute(sql)
