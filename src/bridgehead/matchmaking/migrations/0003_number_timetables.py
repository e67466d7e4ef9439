"""Timetables made before they were numbered get their numbers, and the published ones their versions."""

from django.db import migrations


def number(apps, schema_editor):
    timetables = apps.get_model("matchmaking", "Timetable")
    numbers, versions = {}, {}
    for timetable in timetables.objects.order_by("made_at", "pk"):
        forum = timetable.forum_id
        timetable.number = numbers[forum] = numbers.get(forum, 0) + 1
        if timetable.published_at or timetable.replaced_at:
            timetable.version = versions[forum] = versions.get(forum, 0) + 1
        timetable.save(update_fields=["number", "version"])


class Migration(migrations.Migration):
    dependencies = [("matchmaking", "0002_runs_and_pins")]
    operations = [migrations.RunPython(number, migrations.RunPython.noop)]
