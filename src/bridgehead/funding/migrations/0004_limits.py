"""The limits of the balances, once what was recorded before the ledger is carried into it."""

import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("funding", "0003_carry_into_the_ledger")]

    operations = [
        migrations.AddConstraint(
            model_name='costitem',
            constraint=models.CheckConstraint(condition=models.Q(('committed__gte', 0), ('spent__gte', 0)), name='cost_item_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='costitem',
            constraint=models.CheckConstraint(condition=models.Q(('budget__gte', django.db.models.expressions.CombinedExpression(models.F('committed'), '+', models.F('spent')))), name='cost_item_within_budget', violation_error_message='More than this budget is already committed and spent.'),
        ),
        migrations.AddConstraint(
            model_name='fundingsource',
            constraint=models.CheckConstraint(condition=models.Q(('spent__gte', 0), ('spent__lte', models.F('amount'))), name='funding_source_not_overdrawn', violation_error_message='More than this has already been paid out of the source.'),
        ),
        migrations.AddConstraint(
            model_name='supportline',
            constraint=models.CheckConstraint(condition=models.Q(('committed__gte', 0), models.Q(('paid', 0), models.Q(('approved__isnull', False), ('paid__gt', 0), ('paid__lte', models.F('approved'))), _connector='OR')), name='support_line_paid_within_approval'),
        ),
    ]
