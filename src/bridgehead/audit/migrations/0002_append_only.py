"""The trail can only grow: the database itself refuses UPDATE and DELETE."""

from django.db import migrations

SQLITE = [
    "CREATE TRIGGER audit_entry_no_{op} BEFORE {OP} ON audit_entry "
    "BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END"
]
POSTGRES_FUNCTION = (
    "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger AS $$ "
    "BEGIN RAISE EXCEPTION 'audit entries are append-only'; END $$ LANGUAGE plpgsql"
)
POSTGRES = "CREATE TRIGGER audit_entry_no_{op} BEFORE {OP} ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_refuse()"


def add_triggers(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(POSTGRES_FUNCTION)
    for operation in ("update", "delete"):
        template = POSTGRES if vendor == "postgresql" else SQLITE[0]
        schema_editor.execute(template.format(op=operation, OP=operation.upper()))


def remove_triggers(apps, schema_editor):
    on_table = " ON audit_entry" if schema_editor.connection.vendor == "postgresql" else ""
    for operation in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER audit_entry_no_{operation}{on_table}")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, remove_triggers)]
