"""Buyers who took part before there was a directory stand in that of the host who invited them first."""

from django.db import migrations


def remember(apps, schema_editor):
    record = apps.get_model("matchmaking", "BuyerRecord")
    party = apps.get_model("matchmaking", "Party")
    contact = apps.get_model("organisations", "Contact")
    buyers = party.objects.filter(side="buyer").select_related("forum__programme").order_by("pk")
    for one in buyers.iterator():
        record.objects.get_or_create(
            organisation_id=one.organisation_id,
            defaults={"host_id": one.forum.programme.host_id, "interest": one.interest},
        )
        known = contact.objects.filter(organisation_id=one.organisation_id, email__iexact=one.email)
        if one.email and not known.exists():
            contact.objects.create(
                organisation_id=one.organisation_id,
                name=one.contact_name or one.email[:100],
                email=one.email,
                language=one.language,
            )


class Migration(migrations.Migration):
    dependencies = [
        ("matchmaking", "0008_fair_day_and_interpreters"),
        ("organisations", "0001_initial"),
    ]
    operations = [migrations.RunPython(remember, migrations.RunPython.noop)]
