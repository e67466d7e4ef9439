"""Calls written before there were stages get one, the reading of the documents, with all that belonged to it."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def give_stages(apps, schema_editor):
    Call, Stage = apps.get_model("calls", "Call"), apps.get_model("calls", "Stage")
    for call in Call.objects.all():
        stage = Stage.objects.create(
            call=call,
            order=1,
            name_ko="서류 심사",
            name_en="Documents",
            reviews_wanted=call.reviews_wanted,
            reviews_due_at=call.reviews_due_at,
        )
        apps.get_model("calls", "Criterion").objects.filter(call=call).update(stage=stage)
        apps.get_model("calls", "Review").objects.filter(application__call=call).update(stage=stage)
        undecided = call.applications.exclude(state__in=["draft", "submitted", "returned", "withdrawn"])
        undecided.update(stage=stage)
    seen = Call.objects.filter(pk=OuterRef("call")).values("question_set")
    apps.get_model("calls", "Application").objects.update(question_set=Subquery(seen))


class Migration(migrations.Migration):
    dependencies = [("calls", "0002_a_call_system")]
    operations = [migrations.RunPython(give_stages, migrations.RunPython.noop)]
