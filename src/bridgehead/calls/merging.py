"""Two people, one draft: what each changed is told apart from where both began, question by question.

Changes to different questions are both kept. Only the same question changed differently is a conflict, and then both
texts are kept (`AnswerConflict`) until somebody chooses. Nothing here knows the database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Conflict:
    """One question, two texts."""

    kept: Any
    other: Any


@dataclass
class Merge:
    """`answers` is what to store; `foreign` are the questions whose stored answer the page does not show yet."""

    answers: dict[str, Any] = field(default_factory=dict)
    foreign: list[str] = field(default_factory=list)
    conflicts: dict[str, Conflict] = field(default_factory=dict)


def changed(before: Answers, after: Answers) -> set[str]:
    """The questions answered otherwise; an answer that is missing differs from every other."""
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def last_pages(history: Iterable[tuple[str, Answers]]) -> dict[str, str]:
    """Question → the page that changed it last, from saves in their order. The first is the common ground."""
    found: dict[str, str] = {}
    before: Answers | None = None
    for page, answers in history:
        if before is not None:
            found |= dict.fromkeys(changed(before, answers), page)
        before = answers
    return found


def merge(base: Answers, mine: Answers, stored: Answers, own: Iterable[str] = ()) -> Merge:
    """`base`: what the page began from. `own`: questions the page itself changed last, whose answer it may replace
    even if it never heard that its earlier save arrived."""
    result, mine_alone = Merge(), set(own)
    for key in sorted(base.keys() | mine.keys() | stored.keys()):
        typed, kept = mine.get(key), stored.get(key)
        if key in mine_alone or kept == base.get(key) or typed == kept:
            _put(result.answers, key, typed)
            continue
        _put(result.answers, key, kept)
        if typed == base.get(key):
            result.foreign.append(key)
        else:
            result.conflicts[key] = Conflict(kept, typed)
    return result


def _put(answers: dict[str, Any], key: str, value: Any) -> None:
    if value is not None:
        answers[key] = value
