"""On PostgreSQL the triggers write the case instead of only locking it.

A lock makes two sessions wait for each other, but at REPEATABLE READ the one that waited still reads its old snapshot and
would miss the other's part. A row written in the meantime ends it with a serialization failure instead.
"""

from importlib import import_module

from django.db import migrations

FIRST = import_module("bridgehead.certification.migrations.0002_who_evaluates_does_not_decide")
LOCK = "PERFORM 1 FROM certification_case c WHERE c.id = NEW.case_id FOR UPDATE;"
WRITE = "UPDATE certification_case SET state = state WHERE id = NEW.case_id;"


def replace(schema_editor, first):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table, condition in FIRST.REFUSED.items():
        schema_editor.execute(
            f"CREATE OR REPLACE FUNCTION certification_{table}_parts() RETURNS trigger AS $$ BEGIN {first}"
            f" IF {condition} THEN RAISE EXCEPTION '{FIRST.WORDS}' USING ERRCODE = 'integrity_constraint_violation';"
            " END IF; RETURN NEW; END $$ LANGUAGE plpgsql"
        )


class Migration(migrations.Migration):
    dependencies = [("certification", "0003_limits_say_what_is_confirmed")]
    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: replace(schema_editor, WRITE),
            lambda apps, schema_editor: replace(schema_editor, LOCK),
        )
    ]
