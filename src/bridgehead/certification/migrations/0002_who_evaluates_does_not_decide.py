"""Who evaluates does not decide, and neither answers the complaint: the database itself refuses the rows.

A finding, a nonconformity, a laboratory's or a visit's file, a surveillance, a decision and an answer to a complaint need
the involvement of who made it; an involvement that clashes with another of the same person is refused, nobody who acts for
the firm has any, and none is ever changed or removed. So there is no order of statements that mixes the parts.
"""

from django.db import migrations

PARTS = {"evaluation": "'decision', 'appeal'", "decision": "'evaluation', 'appeal'", "appeal": "'evaluation', 'decision'"}
CLASH = " OR ".join(
    f"(NEW.part = '{part}' AND EXISTS (SELECT 1 FROM certification_involvement i WHERE i.case_id = NEW.case_id"
    f" AND i.person_id = NEW.person_id AND i.part IN ({others})))"
    for part, others in PARTS.items()
)
OWN_FIRM = (
    "EXISTS (SELECT 1 FROM organisations_organisationmembership m JOIN certification_case c ON c.firm_id = m.organisation_id"
    " WHERE c.id = NEW.case_id AND m.user_id = NEW.person_id)"
)


def lacks(part, person):
    return (
        f"NEW.{person} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM certification_involvement i WHERE"
        f" i.case_id = NEW.case_id AND i.person_id = NEW.{person} AND i.part = '{part}')"
    )


#: Table → when a row of it is refused, as a condition on NEW.
REFUSED = {
    "involvement": f"({CLASH}) OR {OWN_FIRM}",
    "finding": lacks("evaluation", "by_id"),
    "nonconformity": lacks("evaluation", "by_id"),
    "evidence": f"NEW.kind <> 'maker' AND {lacks('evaluation', 'by_id')}",
    "surveillance": lacks("evaluation", "by_id"),
    "decision": lacks("decision", "by_id"),
    "complaint": lacks("appeal", "handled_by_id"),
}
WORDS = "certification: who evaluates does not decide"
KEPT = "certification: involvements and decisions are never changed or removed"


def statements(vendor):
    for table, condition in REFUSED.items():
        name = f"certification_{table}_parts"
        if vendor == "postgresql":
            # One writer at a time for each case: two transactions cannot both miss the other's row.
            yield (
                f"CREATE FUNCTION {name}() RETURNS trigger AS $$ BEGIN"
                " PERFORM 1 FROM certification_case c WHERE c.id = NEW.case_id FOR UPDATE;"
                f" IF {condition} THEN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation';"
                " END IF; RETURN NEW; END $$ LANGUAGE plpgsql"
            )
            yield (
                f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON certification_{table}"
                f" FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
            continue
        for operation in ("INSERT", "UPDATE"):
            yield (
                f"CREATE TRIGGER {name}_{operation.lower()} BEFORE {operation} ON certification_{table}"
                f" WHEN {condition} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
            )
    if vendor == "postgresql":
        yield (
            "CREATE FUNCTION certification_keep() RETURNS trigger AS $$ BEGIN"
            f" RAISE EXCEPTION '{KEPT}' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql"
        )
    for table in ("involvement", "decision"):
        for operation in ("UPDATE", "DELETE"):
            head = (
                f"CREATE TRIGGER certification_{table}_no_{operation.lower()} BEFORE {operation} ON certification_{table}"
            )
            if vendor == "postgresql":
                yield f"{head} FOR EACH ROW EXECUTE FUNCTION certification_keep()"
            else:
                yield f"{head} BEGIN SELECT RAISE(ABORT, '{KEPT}'); END"


def add(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    for table in REFUSED:
        name = f"certification_{table}_parts"
        if postgres:
            schema_editor.execute(f"DROP FUNCTION {name}() CASCADE")
        else:
            for operation in ("insert", "update"):
                schema_editor.execute(f"DROP TRIGGER {name}_{operation}")
    if postgres:
        schema_editor.execute("DROP FUNCTION certification_keep() CASCADE")
        return
    for table in ("involvement", "decision"):
        for operation in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER certification_{table}_no_{operation}")


class Migration(migrations.Migration):
    dependencies = [("certification", "0001_initial"), ("organisations", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
