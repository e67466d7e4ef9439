"""The page that verifies a certificate, through HTTP: the 95th percentile as a ratio to its limit of 100 ms.

    python benchmarks/certificate_page.py [--requests 200] [--certificates 300]

A database of its own in a temporary folder gets one scheme and many signed certificates, a tenth of them suspended. Then
the production server is asked on one connection: the file of a certificate sent to the verification page (signature, key,
period and both status lists, signed anew for each request), the public page of a certificate, and the register. Runs on
SQLite, or where DATABASE_URL says (an empty database).
"""

import argparse
import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

LIMIT = 100.0  # milliseconds
ROW = "{:<26} {:>8} {:>10} {:>8} {:>8} {:>6}\n"
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "bridgehead.config.settings",
    "BRIDGEHEAD_KEY_PASSPHRASE": "benchmark",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--certificates", type=int, default=300)
    arguments = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            ENVIRONMENT
            | {
                "BRIDGEHEAD_VAR": folder,
                "BRIDGEHEAD_DEMO": "1",
                "BRIDGEHEAD_SITE_URL": f"http://127.0.0.1:{port}",
            }
        )
        documents = _fill(arguments.certificates)
        return _report(_ask(port, documents, arguments.requests))


def _fill(count: int) -> dict[str, str]:
    """Number → signed file, by the actions people use."""
    import django  # noqa: PLC0415  (the environment has to be set first)

    django.setup()
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    from bridgehead.certification.actions import deciding  # noqa: PLC0415
    from bridgehead.certification.models import Certificate  # noqa: PLC0415
    from tests.factories.certification import a_case, a_scheme, certified  # noqa: PLC0415
    from tests.factories.organisations import staff  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        version = a_scheme()
        decider = staff(version.scheme.host)
        for number in range(count):
            case = certified(a_case(version), by=decider)
            if number % 10 == 0:
                deciding.decide(case=case, outcome="suspend", reason="Benchmark.", by=decider)
    return {one.number: str(one.credential and one.credential.document) for one in Certificate.objects.all()}


def _ask(port: int, documents: dict[str, str], requests: int) -> dict[str, list[float]]:
    command = [str(Path(sys.executable).parent / "bridgehead"), "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        connection = _connected(port)
        numbers = list(documents)
        asked: dict[str, Callable[[str], float]] = {
            "verify a file": lambda number: _one(
                connection, "/en/certificates/verify/", urlencode({"text": documents[number]})
            ),
            "page of a certificate": lambda number: _one(connection, f"/en/certificates/{number}/"),
            "register": lambda number: _one(connection, f"/en/certificates/?{urlencode({'q': number[:6]})}"),
        }
        for ask in asked.values():
            ask(numbers[0])
        return {
            name: [ask(numbers[turn % len(numbers)]) for turn in range(requests)]
            for name, ask in asked.items()
        }
    finally:
        server.terminate()
        server.wait(10)


def _connected(port: int) -> http.client.HTTPConnection:
    for _attempt in range(150):
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return http.client.HTTPConnection("127.0.0.1", port)
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


def _one(connection: http.client.HTTPConnection, path: str, form: str = "") -> float:
    started = time.perf_counter()
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
    connection.request("POST" if form else "GET", path, form or None, headers)
    answer = connection.getresponse()
    body = answer.read()
    taken = (time.perf_counter() - started) * 1000
    if answer.status != http.HTTPStatus.OK or (form and b"krds" not in body):
        raise SystemExit(f"{answer.status} for {path}: {body[:200]!r}")
    return taken


def _report(times: dict[str, list[float]]) -> int:
    sys.stdout.write(ROW.format("", "requests", "median ms", "p95 ms", "limit", "ratio"))
    worst = 0.0
    for name, taken in times.items():
        taken.sort()
        median, p95 = taken[len(taken) // 2], taken[int(len(taken) * 0.95)]
        worst = max(worst, p95 / LIMIT)
        sys.stdout.write(
            ROW.format(name, len(taken), f"{median:.1f}", f"{p95:.1f}", f"{LIMIT:.0f}", f"{p95 / LIMIT:.2f}")
        )
    return 0 if worst <= 1 else 1


if __name__ == "__main__":
    raise SystemExit(main())
