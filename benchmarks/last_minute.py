"""200 applicants in the last minute of a call, against the real server on loopback: none lost, none twice, no gap.

    python benchmarks/last_minute.py [--applicants 200] [--seconds 60]         # SQLite
    DATABASE_URL=postgres://…/empty_database python benchmarks/last_minute.py  # PostgreSQL

Every applicant opens the page, saves itself once more and presses "send" twice, at a random moment of the time given.
Prints the times of sending and their ratio to the limit (at most 1 is within it). Exit 1 when anything was lost.
"""

import argparse
import http.client
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
LIMIT_MS = 2000
TOKEN = "a" * 32
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Referer": "http://127.0.0.1/"}


@dataclass
class Applicant:
    """One person with a session, and what became of each request."""

    pk: int
    session: str
    port: int
    sent_ms: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def ask(self, method: str, path: str, data: dict[str, Any] | None = None) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookies = f"sessionid={self.session}; csrftoken={TOKEN}"
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **data}) if data is not None else None
        try:
            connection.request(method, path, body, {**FORM, "Cookie": cookies})
            response = connection.getresponse()
            response.read()
        except OSError as error:
            self.failed.append(f"{path}: {error}")
            return 0
        finally:
            connection.close()
        if response.status not in {200, 302}:
            self.failed.append(f"{path}: {response.status}")
        return response.status

    def apply(self, wait: float) -> None:
        time.sleep(wait)
        here = f"/en/my/applications/{self.pk}"
        self.ask("GET", f"{here}/edit/")
        self.ask(
            "POST", f"{here}/autosave/", {"version": 2, "page": "bench", "q-product": f"rings {self.pk}"}
        )
        twice = [threading.Thread(target=self.send, args=(here,)) for _ in range(2)]
        for click in twice:
            click.start()
        for click in twice:
            click.join()

    def send(self, here: str) -> None:
        began = time.perf_counter()
        self.ask("POST", f"{here}/submit/", {"application": "on"})
        self.sent_ms.append((time.perf_counter() - began) * 1000)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--applicants", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--port", type=int, default=8198)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as var:
        os.environ |= {
            "BRIDGEHEAD_VAR": var,
            "DJANGO_SETTINGS_MODULE": "bridgehead.config.settings",
            "BRIDGEHEAD_EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        }
        return _measure(options.applicants, options.seconds, options.port)


def _measure(count: int, seconds: float, port: int) -> int:
    people, load_before = _prepare(count, port), os.getloadavg()[0]
    server = subprocess.Popen([sys.executable, "-m", "bridgehead.config.cli", "serve", "--port", str(port)])
    try:
        _wait_for(port)
        with ThreadPoolExecutor(count) as pool:
            list(pool.map(lambda one: one.apply(random.uniform(0, seconds)), people))
    finally:
        server.terminate()
        server.wait()
    return _report(people, load_before)


def _prepare(count: int, port: int) -> list[Applicant]:
    sys.path.insert(0, str(ROOT))
    import django  # noqa: PLC0415  (the settings are known only now)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from bridgehead.calls.actions import applying  # noqa: PLC0415
    from tests.factories.calls import a_call  # noqa: PLC0415
    from tests.factories.organisations import a_firm, maker_of  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call, people = a_call(slug="last-minute"), []
    for _number in range(count):
        firm = a_firm()
        maker = maker_of(firm)
        draft = applying.start(call=call, firm=firm, by=maker)
        applying.save_answers(
            application=draft, answers={"product": "rings"}, version=1, page="bench", by=maker
        )
        client = Client()
        client.force_login(maker)
        people.append(Applicant(draft.pk, client.cookies["sessionid"].value, port))
    return people


def _wait_for(port: int) -> None:
    for _attempt in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/en/calls/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def _report(people: list[Applicant], load_before: float) -> int:
    from django.db import connection  # noqa: PLC0415

    from bridgehead.calls.models import Application, Submission  # noqa: PLC0415

    rows = list(Application.objects.order_by("number"))
    wanted = [f"LAST-MINUTE-{n:04d}" for n in range(1, len(people) + 1)]
    gapless = [row.number for row in rows] == wanted
    kept = all(row.answers == {"product": f"rings {row.pk}"} for row in rows)
    once = Submission.objects.count() == len(people)
    failed = [text for one in people for text in one.failed]
    times = sorted(ms for one in people for ms in one.sent_ms)
    p50, p95 = statistics.median(times), times[int(len(times) * 0.95) - 1]
    sys.stdout.write(
        f"{connection.vendor}: {len(rows)} applicants, numbers gapless {gapless}, each once {once}, "
        f"last words kept {kept}, failed requests {len(failed)}\n"
        f"sending: p50 {p50:.0f} ms, p95 {p95:.0f} ms, limit {LIMIT_MS} ms, ratio {p95 / LIMIT_MS:.2f}\n"
        f"on {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} now against {load_before:.1f} before; "
        "other work on the machine makes the times longer\n"
    )
    for text in failed[:10]:
        sys.stderr.write(f"{text}\n")
    return 0 if gapless and kept and once and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
