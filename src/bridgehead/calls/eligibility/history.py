"""Which of the places a firm was awarded count for a rule."""

from collections.abc import Iterator

from bridgehead.calls.eligibility.facts import Facts, Parameters, Support


def counted(parameters: Parameters, facts: Facts) -> Iterator[Support]:
    """Those of the last `years` years, and with `same_kind` those of programmes of the same kind only."""
    years = parameters.get("years")
    for support in facts.supports:
        if years and support.year <= facts.year - int(years):
            continue
        if parameters.get("same_kind") and support.kind != facts.kind:
            continue
        yield support
