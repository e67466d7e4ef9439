"""What the rooms say about a programme and about a person's tasks, put side by side."""

from collections.abc import Callable

from django.db.models import QuerySet

from bridgehead.accounts.models import User
from bridgehead.calls import steps as calls
from bridgehead.catalogue import steps as catalogue
from bridgehead.certification import steps as certification
from bridgehead.fairs import steps as fairs
from bridgehead.floor import steps as floor
from bridgehead.funding import steps as funding
from bridgehead.funding.queries import Balance
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
    certification.tasks_of,
    catalogue.tasks_of,
]


def stages(programme: Programme) -> list[Step]:
    known = [provider(programme) for provider in STAGES.get(programme.kind, SELECTING)]
    return [*known, *certification.steps(programme)]


def next_stages(steps: list[Step]) -> list[Step]:
    """The stages under way in which something is to be done; where there is none, the next one to begin."""
    waiting = [step for step in steps if step.next_action and step.next_url]
    under_way = [step for step in waiting if step.progress == Progress.CURRENT]
    return under_way or [step for step in waiting if step.progress == Progress.TODO][:1]


def money_shares(balance: Balance) -> dict[str, str]:
    """How wide the parts of the budget are drawn, in hundredths; what is overdrawn fills the whole."""
    whole = max(balance.total, balance.spent + balance.committed)
    parts = {"spent": balance.spent, "committed": balance.committed}
    return {name: f"{amount / whole * 100:.2f}" if whole else "0" for name, amount in parts.items()}


def tasks_of(user: User) -> list[Task]:
    """Everything that waits for this person, the most urgent first; what has no date comes last."""
    tasks = [task for room in TASKS for task in room(user)]
    return sorted(tasks, key=lambda task: (task.due is None, task.due or 0, task.title))


def recent(programmes: QuerySet[Programme], count: int = 12) -> list[Programme]:
    return list(programmes.order_by("-starts_on")[:count])
