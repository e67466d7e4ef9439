"""A decision remembers that its letter was written. Those released before have theirs."""

from django.db import migrations, models


def mark_told(apps, schema_editor):
    Call, Decision = apps.get_model("calls", "Call"), apps.get_model("calls", "Decision")
    for call in Call.objects.filter(released_at__isnull=False):
        Decision.objects.filter(application__call=call).update(told_at=call.released_at)


class Migration(migrations.Migration):
    dependencies = [("calls", "0006_reviewing_belongs_to_stages")]
    operations = [
        migrations.AddField(
            model_name="decision",
            name="told_at",
            field=models.DateTimeField(
                blank=True,
                help_text="Set with the letter, so that it is written once",
                null=True,
                verbose_name="letter written",
            ),
        ),
        migrations.RunPython(mark_told, migrations.RunPython.noop),
    ]
