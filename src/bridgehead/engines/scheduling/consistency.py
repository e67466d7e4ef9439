"""Whether the ids of an instance exist, are single and agree with each other."""

from collections.abc import Iterable

from bridgehead.engines.scheduling.fields import InstanceError
from bridgehead.engines.scheduling.instance import CHANGE_METRICS, Instance


def check(instance: Instance) -> None:
    """Raises `InstanceError` at the first fault.

    The previous plan may name requests and slots that no longer exist: they are what has been cancelled.
    """
    slots = _single("slots", (slot.id for slot in instance.slots))
    _single("tables", (table.id for table in instance.tables))
    _single("interpreters", (interpreter.id for interpreter in instance.interpreters))
    _days_in_order(instance)
    for kind in ("participants", "tables", "interpreters"):
        for i, row in enumerate(getattr(instance, kind)):
            _known(row.unavailable, slots, f"{kind}[{i}].unavailable", "slot")
    _check_requests(instance, slots)
    _no_cycle(instance)
    if instance.previous is None:
        for i, goal in enumerate(instance.objective):
            for metric in goal.terms:
                if metric in CHANGE_METRICS:
                    raise InstanceError(f"objective[{i}].terms.{metric}", "needs a previous plan")


def _check_requests(instance: Instance, slots: set[str]) -> None:
    participants = _single("participants", (participant.id for participant in instance.participants))
    requests = _single("requests", (request.id for request in instance.requests))
    for i, request in enumerate(instance.requests):
        place = f"requests[{i}]"
        if request.a == request.b:
            raise InstanceError(place, f"{request.id}: {request.a} cannot meet itself")
        _known((request.a,), participants, f"{place}.a", "participant")
        _known((request.b,), participants, f"{place}.b", "participant")
        if request.host is not None:
            _known((request.host,), participants, f"{place}.host", "participant")
        if request.fixed_slot is not None:
            _known((request.fixed_slot,), slots, f"{place}.fixed_slot", "slot")
        _known(request.allowed_slots or (), slots, f"{place}.allowed_slots", "slot")
        _known(request.forbidden_slots, slots, f"{place}.forbidden_slots", "slot")
        _known(request.after, requests, f"{place}.after", "request")


def _single(kind: str, ids: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    for i, key in enumerate(ids):
        if key in seen:
            raise InstanceError(f"{kind}[{i}].id", f"{key} is given twice")
        seen.add(key)
    return seen


def _known(ids: Iterable[str], known: set[str], place: str, kind: str) -> None:
    for key in ids:
        if key not in known:
            raise InstanceError(place, f"unknown {kind} {key}")


def _days_in_order(instance: Instance) -> None:
    seen: set[str] = set()
    last = None
    for i, slot in enumerate(instance.slots):
        if slot.day != last and slot.day in seen:
            raise InstanceError(f"slots[{i}].day", f"{slot.day} comes again: not in time order")
        seen.add(slot.day)
        last = slot.day


def _no_cycle(instance: Instance) -> None:
    """Kahn's topological sort: what cannot be removed lies on, or behind, a cycle."""
    index = {request.id: i for i, request in enumerate(instance.requests)}
    waiting = {r.id: len(set(r.after)) for r in instance.requests if r.after}
    if not waiting:
        return
    followers: dict[str, list[str]] = {}
    for key in waiting:
        for earlier in set(instance.requests[index[key]].after):
            followers.setdefault(earlier, []).append(key)
    ready = [key for key in followers if key not in waiting]
    while ready:
        for key in followers.get(ready.pop(), ()):
            waiting[key] -= 1
            if not waiting[key]:
                ready.append(key)
    stuck = [key for key, count in waiting.items() if count]
    if stuck:
        raise InstanceError(f"requests[{index[stuck[0]]}].after", f"{stuck[0]} would have to be after itself")
