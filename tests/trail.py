"""The audit trail between tests that really commit: the database refuses to empty it, so its guards step aside."""

from django.db import connection


def empty_the_trail() -> None:
    """On SQLite a test database is emptied by DELETE, which the trail's triggers refuse; PostgreSQL truncates."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'"
        )
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("DELETE FROM audit_entry")
        for _name, sql in triggers:
            cursor.execute(sql)
