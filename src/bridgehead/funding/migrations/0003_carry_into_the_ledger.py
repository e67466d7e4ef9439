"""What was recorded before there was a ledger becomes its first entries; balances follow from them.

A cost item that was promised more than its budget keeps its promises: its budget is entered as large as they are.
"""

from decimal import Decimal

from django.db import migrations

COMMITTED, SPENT = ("promised", "claimed", "approved"), ("paid", "given")


def carry(apps, schema_editor):
    Line, Account, Item = (apps.get_model("funding", name) for name in ("SupportLine", "FirmAccount", "CostItem"))
    accounts = {(a.programme_id, a.firm_id): a for a in Account.objects.all()}
    used = {}
    for item in Item.objects.order_by("pk"):
        used[item.pk] = [Decimal(0), Decimal(0)]
    lines = []
    for line in Line.objects.order_by("pk"):
        line.promised = line.amount
        line.committed = line.amount if line.state in COMMITTED else Decimal(0)
        line.paid = line.amount if line.state in SPENT else Decimal(0)
        line.approved = line.amount if line.state in ("approved", *SPENT) else None
        line.save(update_fields=["promised", "committed", "paid", "approved"])
        used[line.cost_item_id][0] += line.committed
        used[line.cost_item_id][1] += line.paid
        lines.append(line)
    _items(apps, used)
    for account in accounts.values():
        own = [line for line in lines if (line.programme_id, line.firm_id) == (account.programme_id, account.firm_id)]
        account.committed = sum((line.committed for line in own), Decimal(0))
        account.spent = sum((line.paid for line in own), Decimal(0))
        account.save(update_fields=["committed", "spent"])
    _lines(apps, lines, accounts)


def _items(apps, used):
    Item, Entry = apps.get_model("funding", "CostItem"), apps.get_model("funding", "LedgerEntry")
    for item in Item.objects.select_related("programme").order_by("pk"):
        item.committed, item.spent = used[item.pk]
        item.budget = max(item.budget, item.committed + item.spent)
        item.save(update_fields=["budget", "committed", "spent"])
        if item.budget:
            Entry.objects.create(
                programme=item.programme, kind="budget", cost_item=item, budget=item.budget, on=item.programme.starts_on
            )


def _lines(apps, lines, accounts):
    Entry = apps.get_model("funding", "LedgerEntry")
    for line in lines:
        if not line.committed and not line.paid:
            continue
        facts = {
            "programme_id": line.programme_id,
            "cost_item_id": line.cost_item_id,
            "account": accounts[line.programme_id, line.firm_id],
            "line": line,
        }
        promise = Entry(**facts, kind="promise", committed=line.amount, on=line.recorded_at.date(), by_id=line.recorded_by_id)
        promise.save()
        if line.paid:
            kind = "payment" if line.state == "paid" else "in_kind"
            Entry.objects.create(**facts, kind=kind, committed=-line.amount, spent=line.amount, on=line.settled_on)


class Migration(migrations.Migration):
    dependencies = [("funding", "0002_ledger")]
    operations = [migrations.RunPython(carry, migrations.RunPython.noop)]
