"""Which of the places a firm was awarded count for a rule."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

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


def said(sentence: str, parameters: Parameters) -> str:
    """The sentence, and that other kinds of programme do not count where the rule leaves them out."""
    if not parameters.get("same_kind"):
        return sentence
    return _("%(sentence)s (only programmes of this kind count)") % {"sentence": sentence}
