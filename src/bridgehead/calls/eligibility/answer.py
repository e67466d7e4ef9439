"""A certain answer to a question of the form: one of some choices, or a number within bounds."""

from typing import Any

from django.utils.translation import gettext as _

from bridgehead.calls.eligibility.bounds import between, bounds
from bridgehead.calls.eligibility.facts import Facts, Parameters
from bridgehead.calls.eligibility.verdict import AT_QUESTION, UNKNOWN, Verdict, unknown, verdict
from bridgehead.questions.rules.answers import is_empty, read_decimal

MENDED = AT_QUESTION


def _codes(given: Any) -> list[str]:
    return [str(one) for one in (given if isinstance(given, list) else [given])]


def judge(parameters: Parameters, facts: Facts) -> Verdict:
    given = facts.answers.get(parameters["key"])
    if is_empty(given):
        return unknown()
    if parameters.get("values"):
        return verdict(any(code in parameters["values"] for code in _codes(given)), given=_codes(given))
    number = read_decimal(given)
    return unknown() if number is None else verdict(between(number, parameters), given=[str(number)])


def asks(parameters: Parameters, facts: Facts) -> str:
    key = parameters["key"]
    wanted = ", ".join(facts.name(key, value) for value in parameters.get("values") or [])
    words = {"question": facts.label(key), "wanted": wanted or bounds(parameters)}
    return _("“%(question)s”: %(wanted)s") % words


def found(parameters: Parameters, facts: Facts, given: Verdict) -> str:
    key = parameters["key"]
    if given.state == UNKNOWN:
        return _("“%(question)s” is not answered yet. Answer it in the form.") % {
            "question": facts.label(key)
        }
    answer = ", ".join(facts.name(key, value) for value in given.figures["given"])
    return _("The answer is: %(answer)s") % {"answer": answer}
