"""What the rooms say about a programme and about a person's tasks, put side by side."""

from collections.abc import Callable

from django.db.models import QuerySet

from bridgehead.accounts.models import User
from bridgehead.calls import steps as calls
from bridgehead.fairs import steps as fairs
from bridgehead.floor import steps as floor
from bridgehead.funding import steps as funding
from bridgehead.kit.steps import Progress, Step, Task
from bridgehead.matchmaking import steps as matchmaking
from bridgehead.outcomes import steps as outcomes
from bridgehead.programmes.models import Programme

Provider = Callable[[Programme], Step]

SELECTING: list[Provider] = [calls.call_step, calls.application_step, calls.selection_step]
AT_THE_FAIR: list[Provider] = [fairs.step, matchmaking.matchmaking_step, floor.floor_step]
AFTERWARDS: list[Provider] = [floor.follow_up_step, outcomes.results_step]

#: Which stages a kind of programme has; an incoming grant is spent, not called for.
STAGES: dict[str, list[Provider]] = {
    Programme.Kind.FAIR: [*SELECTING, *AT_THE_FAIR, *AFTERWARDS],
    Programme.Kind.GRANT: [],
}

TASKS: list[Callable[[User], list[Task]]] = [
    calls.tasks_of,
    funding.tasks_of,
    matchmaking.tasks_of,
    floor.tasks_of,
]


def stages(programme: Programme) -> list[Step]:
    return [provider(programme) for provider in STAGES.get(programme.kind, SELECTING)]


def current_stage(steps: list[Step]) -> Step | None:
    """The first stage under way, else the first one not done."""
    return next(
        (step for step in steps if step.progress == Progress.CURRENT),
        next((step for step in steps if step.progress == Progress.TODO), None),
    )


def tasks_of(user: User) -> list[Task]:
    """Everything that waits for this person, the most urgent first; what has no date comes last."""
    tasks = [task for room in TASKS for task in room(user)]
    return sorted(tasks, key=lambda task: (task.due is None, task.due or 0, task.title))


def recent(programmes: QuerySet[Programme], count: int = 12) -> list[Programme]:
    return list(programmes.order_by("-starts_on")[:count])
