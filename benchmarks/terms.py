"""The dictionary engine against its peers: SQLite FTS5 (trigram), a full scan with rapidfuzz, and Python's `re`.

    python benchmarks/terms.py [--terms 100000] [--queries 200] [--text-mb 5]

One line per measure: ours, the peer's, and the ratio peer/ours (above 1: ours is faster). Names are made up from
syllables, so that they resemble each other as terms do. The limits are those of the dictionary's issue. Everything runs
in one thread and is timed in processor time, so that a busy machine changes the figures little.
"""

import argparse
import random
import re
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Sequence

from ahocorasick_rs import AhoCorasick
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bridgehead.engines.termbase import Concept, Recogniser, Term, TermIndex
from bridgehead.engines.termbase.hangul import initials, strokes

SYLLABLES = "보석가공난집세팅연마주조각인합금은동진주산호박비취수정루비반지목걸이귀왁스고무틀줄톱집게망치핀셋광도금선판봉관침"
ROW = "{:<44} {:>12} {:>12} {:>8}\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--terms", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--text-mb", type=float, default=5.0)
    arguments = parser.parse_args()
    rng = random.Random(8)
    names = _names(rng, arguments.terms)
    sys.stdout.write(ROW.format("measure", "ours", "peer", "ratio"))
    _searches(rng, names, arguments.queries)
    _recognition(rng, names[:2000], int(arguments.text_mb * 1_000_000))
    return 0


def _names(rng: random.Random, count: int) -> list[str]:
    names: dict[str, None] = {}
    while len(names) < count:
        names["".join(rng.choice(SYLLABLES) for _ in range(rng.randint(3, 7)))] = None
    return list(names)


def _searches(rng: random.Random, names: list[str], count: int) -> None:
    begun = time.thread_time()
    index = TermIndex(Concept(str(number), (Term("ko", name),)) for number, name in enumerate(names))
    sys.stdout.write(ROW.format("build, seconds", f"{time.thread_time() - begun:.1f}", "", ""))
    full_text = _full_text(names)
    asked = [rng.choice(names) for _ in range(count)]
    prefixes = [name[:3] for name in asked]
    slipped = [_slipped(rng, name) for name in asked]
    keys = [strokes(name) for name in names]
    _row("prefix of 3, p95 ms (FTS5 trigram)", prefixes, index.search, full_text)
    _row("exact, p95 ms (FTS5 trigram)", asked, index.search, full_text)
    _row("initials, p95 ms", [initials(name) for name in asked], index.search)
    _row("keyboard in English, p95 ms", [strokes(name) for name in asked], index.search)
    _row("one typo, p95 ms (rapidfuzz over all)", slipped, index.search, lambda text: _scan(text, keys))
    found = sum(
        names[int(hits[0].concept)] == want
        for text, want in zip(slipped, asked, strict=True)
        if (hits := index.search(text))
    )
    sys.stdout.write(ROW.format("one typo, meant term first", f"{found / count:.3f}", "", ""))


def _full_text(names: list[str]) -> Callable[[str], list[tuple[int]]]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(name, tokenize='trigram')")
    connection.executemany("INSERT INTO t VALUES (?)", ((name,) for name in names))
    sql = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10"
    return lambda text: connection.execute(sql, (f'"{text}"',)).fetchall()


def _scan(text: str, keys: Sequence[str]) -> object:
    return process.extract(strokes(text), keys, scorer=OSA.distance, score_cutoff=3, limit=10)


def _slipped(rng: random.Random, name: str) -> str:
    """One syllable with the vowel beside its own."""
    at = rng.randrange(len(name))
    code = ord(name[at]) - 0xAC00
    vowel = (code % 588 // 28 + 1) % 21
    return name[:at] + chr(0xAC00 + code // 588 * 588 + vowel * 28 + code % 28) + name[at + 1 :]


def _row(
    name: str, queries: list[str], ours: Callable[[str], object], peer: Callable[[str], object] | None = None
) -> None:
    mine = _p95(queries, ours)
    other = _p95(queries[:100], peer) if peer else 0.0
    theirs, ratio = (f"{other:.2f}", f"{other / mine:.1f}") if peer else ("", "")
    sys.stdout.write(ROW.format(name, f"{mine:.2f}", theirs, ratio))


def _p95(queries: list[str], search: Callable[[str], object]) -> float:
    times = []
    for query in queries:
        begun = time.thread_time()
        search(query)
        times.append((time.thread_time() - begun) * 1000)
    return statistics.quantiles(times, n=20)[-1]


def _recognition(rng: random.Random, names: list[str], size: int) -> None:
    filler = [
        "그리고",
        "전시회에서",
        "오늘은",
        "많은",
        "사람이",
        "보았다.",
        "지금",
        "금요일에",
        "시장이",
        "넓다.",
    ]
    words: list[str] = []
    written = 0
    while written < size:
        words.append(
            rng.choice(names) + rng.choice(["은", "을", "의", ""])
            if rng.random() < 0.02
            else rng.choice(filler)
        )
        written += 3 * len(words[-1]) + 1
    text = " ".join(words)
    megabytes = len(text.encode()) / 1_000_000
    pattern = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    automaton, recogniser = AhoCorasick(names), Recogniser(names)
    raw = megabytes / _seconds(lambda: automaton.find_matches_as_indexes(text, overlapping=True))
    expression = len(text[:200_000].encode()) / 1_000_000 / _seconds(lambda: pattern.findall(text[:200_000]))
    whole = megabytes / _seconds(lambda: recogniser.find(text))
    sys.stdout.write(
        ROW.format("automaton alone, MB/s (re)", f"{raw:.0f}", f"{expression:.1f}", f"{raw / expression:.0f}")
    )
    sys.stdout.write(
        ROW.format(
            "with grammar, MB/s (re)", f"{whole:.0f}", f"{expression:.1f}", f"{whole / expression:.0f}"
        )
    )


def _seconds(work: Callable[[], object]) -> float:
    return min(_once(work) for _time in range(3))


def _once(work: Callable[[], object]) -> float:
    begun = time.thread_time()
    work()
    return time.thread_time() - begun


if __name__ == "__main__":
    sys.exit(main())
