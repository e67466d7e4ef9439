"""What-ifs kept under a name, and the one the committee goes by."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls.actions.deciding import ranked_decisions, undecided
from bridgehead.calls.models import Call, Scenario
from bridgehead.calls.queries.rows import WhatIf


class NameTaken(ValueError):
    def __init__(self, name: str) -> None:
        super().__init__(_("There is a scenario “%(name)s” already. Choose another name.") % {"name": name})


class DecidedAlready(Exception):
    def __init__(self) -> None:
        super().__init__(_("The decisions are written down. Take them back first, then choose."))


class StillChosen(Exception):
    def __init__(self) -> None:
        super().__init__(_("The committee goes by this scenario. Choose another one, then delete it."))


@transaction.atomic
def save_scenario(*, call: Call, name: str, trial: WhatIf, by: User | None) -> Scenario:
    locked = undecided(call)
    weights = {str(key): weight for key, weight in trial.criteria.items()}
    weights |= {f"stage-{key}": weight for key, weight in trial.stages.items()}
    try:
        with transaction.atomic():
            scenario = Scenario.objects.create(
                call=locked,
                name=name,
                weights=weights,
                places=locked.places if trial.places is None else trial.places,
                threshold=locked.threshold if trial.threshold is None else trial.threshold,
                normalised=trial.levelled,
                made_by=by,
            )
    except IntegrityError:
        raise NameTaken(name) from None
    _record(scenario, "scenario.save", by, data=terms_of(scenario))
    return scenario


def terms_of(scenario: Scenario) -> dict[str, object]:
    """What the trail keeps of it."""
    return {
        "scenario": scenario.name,
        "places": scenario.places,
        "threshold": str(scenario.threshold),
        "weights": scenario.weights,
        "levelled": scenario.normalised,
    }


@transaction.atomic
def choose_scenario(*, scenario: Scenario, reason: str, by: User | None) -> Scenario:
    """Decisions are written from it; the reason stands in the trail and in the committee's paper."""
    _put_back(scenario.call)
    scenario.chosen_at, scenario.chosen_reason = timezone.now(), reason
    scenario.save(update_fields=["chosen_at", "chosen_reason"])
    _record(scenario, "scenario.choose", by, reason=reason, data=terms_of(scenario))
    return scenario


@transaction.atomic
def choose_none(*, call: Call, reason: str, by: User | None) -> None:
    """Back to the conditions of the call itself."""
    _put_back(call)
    chain = call.programme.host.slug
    audit.record(by=by, verb="scenario.choose_none", target=call, chain=chain, reason=reason)


def _put_back(call: Call) -> None:
    if ranked_decisions(undecided(call)).exists():
        raise DecidedAlready
    Scenario.objects.filter(call=call).update(chosen_at=None, chosen_reason="")


@transaction.atomic
def delete_scenario(*, scenario: Scenario, by: User | None) -> None:
    """One that is not chosen."""
    undecided(scenario.call)
    if scenario.chosen_at:
        raise StillChosen
    _record(scenario, "scenario.delete", by, data=terms_of(scenario))
    scenario.delete()


def _record(
    scenario: Scenario, verb: str, by: User | None, *, reason: str = "", data: dict[str, object]
) -> None:
    call = scenario.call
    audit.record(by=by, verb=verb, target=call, chain=call.programme.host.slug, reason=reason, data=data)
