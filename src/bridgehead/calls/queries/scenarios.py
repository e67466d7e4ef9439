"""The scenarios of a call side by side: who is in under each, and who comes in or goes out against the call's own."""

from dataclasses import dataclass

from bridgehead.calls.models import Application, Call, Scenario
from bridgehead.calls.queries.ranking import ranked
from bridgehead.calls.queries.rows import AS_IT_IS, ReadOnce, conditions_of, what_if_of


@dataclass(frozen=True)
class Compared:
    """`scenario` None is the call itself. Names are of those whose place depends on it."""

    scenario: Scenario | None
    places: int
    threshold: object
    weights: list[tuple[str, int, int]]
    selected: int
    comes_in: list[str]
    goes_out: list[str]


def comparison(call: Call) -> list[Compared]:
    conditions, read = conditions_of(call), ReadOnce()
    trials: list[Scenario | None] = [None, *call.scenarios.select_related("made_by")]
    chosen: list[set[int]] = []
    terms = []
    for scenario in trials:
        ranking = ranked(conditions, what_if_of(scenario) if scenario else AS_IT_IS, read)
        terms.append(ranking.terms)
        chosen.append({line.key for line in ranking.lines if line.outcome == "selected"})
    moving = chosen[0].union(*chosen) - chosen[0].intersection(*chosen)
    names = _names(moving)
    own = {criterion.pk: criterion for criterion in conditions.criteria}
    return [
        Compared(
            scenario,
            term.places,
            term.threshold,
            [
                (own[w.key].name, w.weight, own[w.key].weight)
                for w in term.criteria
                if w.weight != own[w.key].weight
            ],
            len(inside),
            [names[key] for key in sorted(inside - chosen[0])],
            [names[key] for key in sorted(chosen[0] - inside)],
        )
        for scenario, term, inside in zip(trials, terms, chosen, strict=True)
    ]


def _names(keys: set[int]) -> dict[int, str]:
    found = Application.objects.filter(pk__in=keys).select_related("firm").defer("answers")
    return {application.pk: application.firm.name for application in found}
