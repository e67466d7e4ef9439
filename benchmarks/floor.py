# ruff: noqa: PLC0415, T201  (Django is set up first; a benchmark prints)
"""The floor against its limits: a workbook of 100,000 rows in 20 s and 500 MB, and phones that send all at once.

    .venv/bin/python benchmarks/floor.py --rows 100000 --phones 1000 --entries 50

Prints one line per limit with what was measured, the limit and their ratio (below 1 is within it). Everything happens in
a database of its own that is thrown away. The phones' requests go through the whole stack of middleware, one after another
in one process, so that what is measured is the server's own work: processor time, which a busy machine does not stretch.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
IMPORT_SECONDS, IMPORT_MEGABYTES = 20.0, 500.0
SYNC_SECONDS, SYNC_P95 = 60.0, 0.5


def say(name: str, measured: float, limit: float, unit: str) -> None:
    print(f"{name}: {measured:.2f} {unit} of {limit:g} {unit}, ratio {measured / limit:.2f}", flush=True)


def a_workbook(names: list[str], rows: int) -> bytes:
    """As an office keeps it: a title, headings in Korean, dates written by hand, amounts in thousands of dollars."""
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": False})
    sheet = book.add_worksheet("상담실적")
    sheet.write_row(0, 0, ["2026년 상담실적 (단위: 천불)"])
    sheet.write_row(1, 0, ["기업명", "상담일", "바이어", "국가", "품목", "상담액", "계약추진액"])
    for n in range(rows):
        day = f"2026.1.{16 + n % 4}"
        row = [names[n % len(names)], day, f"Buyer {n}", "이탈리아", "반지", 1 + n % 90, n % 3]
        sheet.write_row(n + 2, 0, row)
    book.close()
    return out.getvalue()


def import_rows(programme, names: list[str], rows: int) -> None:
    from bridgehead.floor.actions.workbooks import import_batch, upload_batch
    from bridgehead.floor.models import Consultation

    content = a_workbook(names, rows)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    clock, work = time.perf_counter(), time.process_time()
    batch = upload_batch(programme=programme, file_name="talks.xlsx", content=content, by=None)
    count = import_batch(batch=batch, partial=False, by=None)
    work, clock = time.process_time() - work, time.perf_counter() - clock
    assert count == Consultation.objects.filter(programme=programme).count() == rows
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"import of {rows} rows: {clock:.1f} s by the clock; {peak - before / 1024:.0f} MB more than before"
    )
    say("import, processor", work, IMPORT_SECONDS * rows / 100_000, "s")
    say("import, memory of the whole process", peak, IMPORT_MEGABYTES, "MB")


def send_all(programme, firms, phones: int, entries: int) -> None:
    from django.test import Client
    from django.urls import reverse

    from bridgehead.floor.models import Consultation
    from tests.factories.organisations import maker_of

    before = Consultation.objects.count()
    handsets = []
    for n in range(phones):
        client, device = Client(), str(uuid4())
        client.force_login(maker_of(firms[n % len(firms)]))
        said = {"phone": device, "label": "bench", "waiting": entries}
        client.post(reverse("floor:app_hello"), json.dumps(said), "application/json")
        handsets.append((client, device, firms[n % len(firms)]))
    times = []
    for client, device, firm in handsets:
        now = datetime.now(UTC).isoformat()
        edits = [an_edit(programme, firm, n, now) for n in range(entries)]
        body = json.dumps({"phone": device, "clock": now, "edits": edits})
        work = time.process_time()
        answer = client.post(reverse("floor:app_sync"), body, "application/json")
        times.append(time.process_time() - work)
        assert {one["state"] for one in answer.json()["outcomes"]} == {"created"}
        if len(times) % 10 == 0:  # one in ten loses its answer and sends again
            again = client.post(reverse("floor:app_sync"), body, "application/json")
            assert {one["state"] for one in again.json()["outcomes"]} == {"same"}
    assert Consultation.objects.count() - before == phones * entries
    say("sync, processor of all phones", sum(times), SYNC_SECONDS * phones / 1000, "s")
    say("sync, 95th percentile of one request", sorted(times)[int(len(times) * 0.95)], SYNC_P95, "s")


def an_edit(programme, firm, n: int, now: str) -> dict:
    content = {"buyer_name": f"Phone buyer {n}", "amount": "1200", "currency": "USD", "product": "rings"}
    return {
        "edit": str(uuid4()), "id": str(uuid4()), "programme": programme.slug, "firm": firm.pk, "made_at": now,
        "base": None, "content": {**content, "reached": "pursued", "pursued_amount": "600"},
    }  # fmt: skip


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--rows", type=int, default=100_000)
    asked.add_argument("--phones", type=int, default=1000)
    asked.add_argument("--entries", type=int, default=50)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BRIDGEHEAD_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "bridgehead.config.settings"
        os.environ.setdefault("BRIDGEHEAD_DEMO", "1")
        sys.path.insert(0, str(ROOT))
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.ALLOWED_HOSTS = ["*"]
        call_command("migrate", verbosity=0)
        from tests.factories.floor import a_participant
        from tests.factories.programmes import a_programme

        programme = a_programme(starts_on=date(2026, 1, 16), ends_on=date(2026, 1, 20))
        firms = [a_participant(programme) for _ in range(26)]
        if options.rows:
            import_rows(programme, [firm.name_ko for firm in firms], options.rows)
        if options.phones:
            send_all(programme, firms, options.phones, options.entries)


if __name__ == "__main__":
    main()
