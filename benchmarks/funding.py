"""Money at 10 programmes × 300 firms × 40 lines: the finance page, the check for double support, the settlement bundle.

    python benchmarks/funding.py [--programmes 10] [--firms 300] [--lines 40] [--receipts 600] [--pages 5]

120,000 lines, each paid, with its ledger entries and the print of its receipt. The limits: 200 ms for the finance page, 50 ms for
a check, 60 s for the bundle of one programme, whose `--receipts` photos are read from storage. The ratio is measured / limit,
below 1 is good. With DATABASE_URL the same on PostgreSQL.
"""

import argparse
import gc
import hashlib
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from calls_fixture import temporary_database
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from bridgehead.accounts.models import User
from bridgehead.funding import guards, settlement
from bridgehead.funding.models import (
    Ceiling,
    CostItem,
    FirmAccount,
    FundingSource,
    LedgerEntry,
    PlannedSpending,
    ReceiptPrint,
    SupportLine,
)
from bridgehead.funding.overlaps import overlaps
from bridgehead.kit.validators import business_number_check_digit
from bridgehead.organisations.models import Host, HostMembership, Organisation
from bridgehead.programmes.models import Programme
from bridgehead.questions.models import Attachment

PAGE_LIMIT, CHECK_LIMIT, BUNDLE_LIMIT = 0.2, 0.05, 60.0
ROW = "{:<34} {:>10} {:>8} {:>8}\n"
ITEMS, SOURCES, AMOUNT = 8, 3, Decimal(100_000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, size in [("programmes", 10), ("firms", 300), ("lines", 40), ("receipts", 600), ("pages", 5)]:
        parser.add_argument(f"--{name}", type=int, default=size)
    arguments = parser.parse_args()
    settings.ALLOWED_HOSTS = ["*"]
    with tempfile.TemporaryDirectory() as folder, temporary_database():
        settings.MEDIA_ROOT = folder
        programme, officer = _fixture(arguments)
        gc.collect()
        gc.freeze()  # as the server does when it has loaded: see config/wsgi.py
        sys.stdout.write(ROW.format(connection.vendor, "seconds", "ratio", "queries"))
        _pages(programme, officer, arguments.pages)
        _checks(programme, arguments.pages)
        _bundle(programme)


def _pages(programme: Programme, officer: User, times: int) -> None:
    client = Client()
    client.force_login(officer)
    base = f"/ko/desk/programmes/{programme.slug}/funding/"
    firm = programme.firm_accounts.first().firm.slug  # type: ignore[union-attr]
    for name, path in [
        ("finance page", ""),
        ("ledger", "ledger/?of=spent"),
        ("plan", "plan/"),
        ("firm", f"firms/{firm}/"),
    ]:
        client.get(base + path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(base + path).status_code == 200
        asked = len(queries.captured_queries)
        _line(name, _best(lambda at=path: client.get(base + at), times), PAGE_LIMIT, asked)


def _checks(programme: Programme, times: int) -> None:
    lines = list(
        SupportLine.objects.filter(programme=programme).select_related("programme", "cost_item")[:20]
    )
    seconds = _best(lambda: [overlaps(line) for line in lines], times) / len(lines)
    _line("double-support check of a claim", seconds, CHECK_LIMIT)


def _bundle(programme: Programme) -> None:
    told: list[int] = []
    with tempfile.TemporaryFile() as out:
        begun = time.perf_counter()
        settlement.write(
            out, programme=programme, firm=None, language="ko", tell=lambda done, _all: told.append(done)
        )
        _line("bundle of a programme", time.perf_counter() - begun, BUNDLE_LIMIT)
        sys.stdout.write(f"progress told {len(told)} times, {out.tell() / 1e6:.0f} MB\n")


def _fixture(of: argparse.Namespace) -> tuple[Programme, User]:
    """Written in bulk with the guards taken off, as they sum up at every row; put back before anything is measured."""
    dice = random.Random(of.firms)
    host = Host.objects.create(
        slug="large", kind=Host.Kind.PROVINCE, name_ko="큰도", name_en="Large Province"
    )
    officer = User.objects.create_user("finance@large.example")
    HostMembership.objects.create(host=host, user=officer, role="finance")
    firms = _firms(of.firms)
    _guards_off()
    programmes = [_programme(host, number, firms, of, dice) for number in range(of.programmes)]
    guards.install(using="default")
    _photos(programmes[0], of.receipts, dice)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return programmes[0], officer


def _firms(count: int) -> list[Organisation]:
    numbers = [f"{100_000_000 + n}" for n in range(count)]
    return Organisation.objects.bulk_create(
        Organisation(
            slug=f"firm-{n}",
            kind=Organisation.Kind.FIRM,
            name_ko=f"공방 {n}",
            name_en=f"Workshop {n}",
            business_number=number + str(business_number_check_digit(number)),
        )
        for n, number in enumerate(numbers)
    )


def _guards_off() -> None:
    with connection.cursor() as cursor:
        for table in [guards.ENTRY, *guards.BALANCES]:
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            else:
                cursor.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
                )
                for (name,) in cursor.fetchall():
                    cursor.execute(f"DROP TRIGGER {name}")


def _programme(
    host: Host, number: int, firms: list[Organisation], of: argparse.Namespace, dice: random.Random
) -> Programme:
    programme = Programme.objects.create(
        host=host, slug=f"large-{number}", title_ko=f"큰 사업 {number}", title_en=f"Large programme {number}",
        starts_on=date(2015 + number, 1, 1), ends_on=date(2015 + number, 12, 31),
    )  # fmt: skip
    count = len(firms) * of.lines
    budget, share = AMOUNT * count, AMOUNT * count // SOURCES
    Ceiling.objects.create(
        programme=programme, amount=AMOUNT * of.lines * 2, effective_from=programme.starts_on
    )
    sources = [
        FundingSource.objects.create(
            programme=programme, kind="city", name_ko=f"재원 {n}", amount=budget, order=n + 1, spent=share
        )
        for n in range(SOURCES)
    ]
    items = [
        CostItem.objects.create(
            programme=programme,
            code=f"item-{n}",
            name_ko=f"항목 {n}",
            budget=budget,
            spent=AMOUNT * (count // ITEMS),
        )
        for n in range(ITEMS)
    ]
    PlannedSpending.objects.bulk_create(
        PlannedSpending(cost_item=item, month=date(2015 + number, month, 1), amount=budget / 12)
        for item in items
        for month in range(1, 13)
    )
    accounts = FirmAccount.objects.bulk_create(
        FirmAccount(programme=programme, firm=firm, ceiling=AMOUNT * of.lines * 2, spent=AMOUNT * of.lines)
        for firm in firms
    )
    _lines(programme, items, sources, accounts, of.lines, dice)
    return programme


def _lines(
    programme: Programme,
    items: list[CostItem],
    sources: list[FundingSource],
    accounts: list[FirmAccount],
    each: int,
    dice: random.Random,
) -> None:
    first, days = programme.starts_on, 360
    lines = SupportLine.objects.bulk_create(
        [
            SupportLine(
                programme=programme, firm_id=account.firm_id, cost_item=items[n % ITEMS], mode="cash", state="paid",
                amount=AMOUNT, promised=AMOUNT, approved=AMOUNT, paid=AMOUNT, receipt_number=f"R-{n}",
                receipt_issuer="운송", receipt_on=first, receipt_amount=AMOUNT, settled_on=first,
                receipt_key=f"{programme.pk}|{account.pk}|{n}", claimed_at=timezone.now(),
            )
            for account in accounts
            for n in range(each)
        ],
        batch_size=500,
    )  # fmt: skip
    of_firm = {account.firm_id: account for account in accounts}
    LedgerEntry.objects.bulk_create(
        [
            LedgerEntry(
                programme=programme, kind=LedgerEntry.Kind.PAYMENT, cost_item=line.cost_item,
                account=of_firm[line.firm_id], line=line, source=sources[n % SOURCES], spent=AMOUNT,
                on=date.fromordinal(first.toordinal() + n % days),
            )
            for n, line in enumerate(lines)
        ],
        batch_size=500,
    )  # fmt: skip
    ReceiptPrint.objects.bulk_create([_print(line, dice) for line in lines], batch_size=500)


def _print(line: SupportLine, dice: random.Random) -> ReceiptPrint:
    perceptual = dice.randbytes(8)
    columns: dict[str, Any] = {f"byte{n}": perceptual[n] for n in range(8)}
    digest = hashlib.sha256(str(line.pk).encode()).hexdigest()
    return ReceiptPrint(line=line, sha256=digest, perceptual=perceptual.hex(), **columns)


def _photos(programme: Programme, count: int, dice: random.Random) -> None:
    """Photos of a phone, already made smaller: 1240 × 1754 with noise, so that they do not shrink to nothing."""
    pictures = []
    for _number in range(8):
        content = BytesIO()
        noise = Image.frombytes("L", (310, 438), dice.randbytes(310 * 438)).resize((1240, 1754))
        noise.save(content, "JPEG", quality=60)
        pictures.append(content.getvalue())
    for n, line in enumerate(SupportLine.objects.filter(programme=programme).order_by("pk")[:count]):
        content = pictures[n % len(pictures)]
        attachment = Attachment(
            name="r.jpg", content_type="image/jpeg", size=len(content), sha256="0" * 64,
            owner_kind="funding.supportline", owner_id=str(line.pk),
        )  # fmt: skip
        attachment.file.save("r.jpg", ContentFile(content), save=False)
        attachment.save()
        SupportLine.objects.filter(pk=line.pk).update(receipt=attachment)


def _best(work: Callable[[], object], times: int) -> float:
    """The fastest of several: what the work takes when nothing else holds the machine."""
    taken = []
    for _time in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def _line(name: str, seconds: float, limit: float, queries: int | str = "") -> None:
    sys.stdout.write(ROW.format(name, f"{seconds:.4f}", f"{seconds / limit:.2f}", queries))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
