"""Autocomplete of the dictionary through HTTP: the 95th percentile as a ratio to its limit.

    python benchmarks/terms_http.py [--terms 9600] [--queries 1000] [--keep FOLDER]

A database of its own in a temporary folder (or in FOLDER, where a second run finds it again) is filled with the shipped termbase and made-up compounds of its terms, then
asked through the production server on one connection, each query once: beginnings of terms letter by letter as people
type them, initial consonants, romanisations, keyboard slips, and typos. Limits: 20 ms up to 10,000 terms (about 2,000
concepts), 50 ms above that, typos 100 ms. Runs on SQLite, or where DATABASE_URL says (an empty database).

Beside the time on the wall stands the processor time the server took for the query (where /proc tells it; SQLite works
inside of it, PostgreSQL does not): on a busy machine it is the figure that is about this program.
"""

import argparse
import http.client
import itertools
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

SMALL, SMALL_LIMIT, LARGE_LIMIT, TYPO_LIMIT = 10_000, 20.0, 50.0, 100.0
CHUNK = 4_000  # concepts stored together
Times = dict[str, list[tuple[float, float]]]  # kind → (on the wall, of the processor), both in ms
ROW = "{:<14} {:>8} {:>10} {:>10} {:>10} {:>8} {:>8} {:>10}\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--terms", type=int, default=9_600)
    parser.add_argument("--queries", type=int, default=1_000)
    parser.add_argument("--keep", metavar="FOLDER", default="")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or temporary
        environment = os.environ | {
            "BRIDGEHEAD_VAR": folder,
            "DJANGO_SETTINGS_MODULE": "bridgehead.config.settings",
        }
        os.environ.update(environment)
        started = time.perf_counter()
        terms = _fill(arguments.terms)
        sys.stdout.write(f"{len(terms):,} terms stored in {time.perf_counter() - started:.1f} s\n")
        queries = list(itertools.islice(_queries(terms), arguments.queries))
        return _report(_ask(queries, environment), len(terms))


def _fill(wanted: int) -> list[str]:
    import django  # noqa: PLC0415  (the environment has to be set first)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from bridgehead.terminology import shipped  # noqa: PLC0415
    from bridgehead.terminology.actions.storing import Section, store  # noqa: PLC0415
    from bridgehead.terminology.models import Concept, Term  # noqa: PLC0415

    for room in ("audit", "terminology"):
        call_command("migrate", room, verbosity=0)
    shipped.load()
    there = Term.objects.count()
    made = _compounds(
        list(Term.objects.filter(lang__in=["ko", "en"]).values_list("lang", "text", "romanisation"))
    )
    for first in range(there, wanted, CHUNK * 4):
        size = min(CHUNK, (wanted - first) // 4)  # concepts, of four terms each
        concepts = Concept.objects.bulk_create(
            Concept(code=f"made-{first}-{number}", is_approved=False) for number in range(size)
        )
        sections = [
            Section(concept, lang, {"terms": [next(made[lang]), next(made[lang])]})
            for concept in concepts
            for lang in ("ko", "en")
        ]
        store([*(Section(concept, "", {}) for concept in concepts), *sections])
    return list(Term.objects.filter(lang__in=["ko", "en"]).values_list("text", flat=True))


def _compounds(terms: list[tuple[str, str, str]]) -> dict[str, Iterator[dict[str, str]]]:
    """Pairs and triples of real terms: as alike as the words of a trade are."""
    chance = random.Random(1)

    def pairs(lang: str) -> Iterator[dict[str, str]]:
        words = [text for tag, text, _roman in terms if tag == lang]
        while True:
            several = chance.sample(words, chance.choice((2, 2, 3)))
            yield {"term": " ".join(several)[:200], "status": chance.choice(("preferred", "admitted"))}

    return {lang: pairs(lang) for lang in ("ko", "en")}


def _queries(terms: list[str]) -> Iterator[tuple[str, str]]:
    """(kind, query), every query once."""
    from bridgehead.engines.termbase import romanisations  # noqa: PLC0415
    from bridgehead.engines.termbase.hangul import has_hangul, initials, strokes  # noqa: PLC0415

    chance, asked = random.Random(2), set()
    while True:
        term = chance.choice(terms)
        kinds = {"typed": term[: chance.randint(1, max(1, len(term)))], "typo": _slip(term, chance)}
        if has_hangul(term):
            kinds |= {"initials": initials(term)[:4], "keyboard": strokes(term)[:8]}
            kinds |= {"romanised": romanisations(term)[0][:10]}
        for kind, query in kinds.items():
            if query.strip() and query not in asked:
                asked.add(query)
                yield kind, query


def _slip(term: str, chance: random.Random) -> str:
    at = chance.randrange(len(term))
    return term[:at] + term[at + 1 :] if len(term) > 3 else ""


def _ask(queries: list[tuple[str, str]], environment: dict[str, str]) -> "Times":
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).parent / "bridgehead"), "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        connection = _connected(port)
        _one(connection, "warm")
        _one(connection, "wram up")
        times: Times = defaultdict(list)
        processes = _family(server.pid)
        for kind, query in queries:
            before = _spent(processes)
            wall = _one(connection, query)
            times[kind].append((wall, _spent(processes) - before))
        return times
    finally:
        server.terminate()
        server.wait(10)


def _family(process: int) -> list[int]:
    """The process and all its descendants; empty where the system does not tell."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []
    return [process, *(each for child in children for each in _family(int(child)))]


def _spent(processes: list[int]) -> float:
    """Milliseconds of processor time of all their threads so far."""
    files = [file for each in processes for file in Path(f"/proc/{each}/task").glob("*/schedstat")]
    return sum(int(file.read_text().split()[0]) for file in files) / 1_000_000


def _connected(port: int) -> http.client.HTTPConnection:
    for _attempt in range(150):
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return http.client.HTTPConnection("127.0.0.1", port)
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


def _one(connection: http.client.HTTPConnection, query: str) -> float:
    started = time.perf_counter()
    connection.request("GET", f"/api/terms/search?q={quote(query)}&limit=10")
    answer = connection.getresponse()
    body = answer.read()
    taken = (time.perf_counter() - started) * 1000
    if answer.status != http.HTTPStatus.OK:
        raise SystemExit(f"{answer.status} for {query}: {body[:200]!r}")
    json.loads(body)
    return taken


def _report(times: Times, terms: int) -> int:
    heads = ("", "queries", "median ms", "p95 ms", "cpu p95 ms", "limit", "ratio", "cpu ratio")
    sys.stdout.write(ROW.format(*heads))
    worst = 0.0
    for kind, taken in times.items():
        ordinary = SMALL_LIMIT if terms <= SMALL else LARGE_LIMIT
        limit = TYPO_LIMIT if kind == "typo" else ordinary
        walls, spent = sorted(wall for wall, _cpu in taken), sorted(cpu for _wall, cpu in taken)
        at = int(len(taken) * 0.95)
        median, p95, cpu = walls[len(walls) // 2], walls[at], spent[at]
        worst = max(worst, p95 / limit)
        figures = (f"{median:.1f}", f"{p95:.1f}", f"{cpu:.1f}", f"{limit:.0f}", f"{p95 / limit:.2f}")
        sys.stdout.write(ROW.format(kind, len(taken), *figures, f"{cpu / limit:.2f}"))
    return 0 if worst <= 1 else 1


if __name__ == "__main__":
    raise SystemExit(main())
