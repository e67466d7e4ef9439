"""What each room tells the cockpit about its stage of a programme, and a person about their tasks.

A room with a stage has a module `steps.py` with `step(programme) -> Step` and, where somebody waits for a person,
`tasks_of(user) -> list[Task]`. The portal collects them.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Progress(StrEnum):
    TODO = "todo"
    CURRENT = "current"
    DONE = "done"


@dataclass(frozen=True)
class Step:
    """One stage: where it stands, what is next, who is late. All texts are ready for the reader's language."""

    code: str
    title: str
    url: str
    progress: Progress
    facts: list[str] = field(default_factory=list)
    next_action: str = ""
    next_url: str = ""
    late: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Task:
    """Something one person has to do."""

    title: str
    url: str
    about: str = ""
    due: datetime | None = None
