"""The guards step aside while a migration changes tables full of rows, and are back afterwards."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models.signals import pre_migrate

from bridgehead.funding import guards
from bridgehead.funding.models import CostItem, SupportLine
from tests.factories.funding import a_paid_line


@pytest.mark.django_db(transaction=True)
def test_table_with_rows_is_rebuilt_between_the_signals_of_migrate_and_guarded_again():
    line = a_paid_line()
    assert pre_migrate.has_listeners(apps.get_app_config("funding"))
    guards.remove(using="default", plan=["a migration"])
    extra = models.JSONField(default=list)
    extra.set_attributes_from_name("extra")
    extra.model = CostItem
    with connection.schema_editor() as editor:
        editor.add_field(CostItem, extra)
        editor.remove_field(CostItem, extra)
    guards.install(using="default")
    assert CostItem.objects.get(pk=line.cost_item_id).spent == line.paid
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportLine.objects.filter(pk=line.pk).update(paid=line.paid - 1)
