"""Why a wished meeting is not held, found by looking at the finished timetable."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bridgehead.engines.scheduling import Instance, Request

NO_COMMON_TIME, MAXIMUM, NO_TABLE, BUSY = "no_common_time", "maximum", "no_table", "busy"


@dataclass(frozen=True)
class Unheld:
    """A request without a meeting; `party` is the id of whoever reached the maximum."""

    request: str
    code: str
    weight: float
    party: str = ""


def unheld(instance: Instance, held: dict[str, str]) -> list[Unheld]:
    """The requests that are not in `held` (request → slot), the heaviest first.

    Reasons in the order in which they bind: no time suits both; one of them has the most meetings allowed; whenever
    both are free, all tables are taken; otherwise one or the other meets somebody else whenever both could.
    """
    look = _Look(instance, held)
    found = [look.why(request) for request in instance.requests if request.id not in held]
    return sorted(found, key=lambda one: (-one.weight, one.request))


def words(code: str, name: str = "") -> str:
    return {
        NO_COMMON_TIME: _("There is no time at which both are available."),
        MAXIMUM: _("%(name)s has the most meetings allowed.") % {"name": name},
        NO_TABLE: _("Whenever both are free, all tables are taken."),
        BUSY: _("Whenever both could, one of them has another meeting that weighs more or fits better."),
    }[code]


class _Look:
    def __init__(self, instance: Instance, held: dict[str, str]) -> None:
        self.instance = instance
        self.slots = [slot.id for slot in instance.slots]
        self.party = {party.id: party for party in instance.participants}
        self.count: Counter[str] = Counter()
        self.busy: set[tuple[str, str]] = set()
        self.tables_used: Counter[str] = Counter()
        for request in instance.requests:
            slot = held.get(request.id)
            if slot is None:
                continue
            self.count.update((request.a, request.b))
            self.busy.update({(request.a, slot), (request.b, slot)})
            self.tables_used[slot] += not self._at_a_stand(request)

    def _at_a_stand(self, request: Request) -> bool:
        return bool(self.party[request.a].booth or self.party[request.b].booth)

    def why(self, request: Request) -> Unheld:
        code, party = self._reason(request)
        return Unheld(request.id, code, request.weight, party)

    def _reason(self, request: Request) -> tuple[str, str]:
        away = {
            *self.party[request.a].unavailable,
            *self.party[request.b].unavailable,
            *request.forbidden_slots,
        }
        common = [slot for slot in self.slots if slot not in away]
        if not common:
            return NO_COMMON_TIME, ""
        for name in (request.a, request.b):
            most = self.party[name].max_meetings
            if most is not None and self.count[name] >= most:
                return MAXIMUM, name
        free = [s for s in common if (request.a, s) not in self.busy and (request.b, s) not in self.busy]
        tables = len(self.instance.tables)
        if not self._at_a_stand(request) and (
            not tables or (free and all(self.tables_used[s] >= tables for s in free))
        ):
            return NO_TABLE, ""
        return BUSY, ""


def most_extra(instance: Instance, held: dict[str, str], value: float, bound: float) -> int:
    """How many meetings could at most be added on top of those held: each would add its weight to the value."""
    lightest = sorted(request.weight for request in instance.requests if request.id not in held)
    left, extra = bound - value, 0
    for weight in lightest:
        left -= weight
        if left < 0:
            break
        extra += 1
    return extra
