"""No tax arrears, as the applicant declares in an answer. The certificate is looked at later, with the documents."""

from django.utils.translation import gettext as _

from bridgehead.calls.eligibility import answer
from bridgehead.calls.eligibility.facts import Facts, Parameters
from bridgehead.calls.eligibility.verdict import AT_QUESTION, MET, UNKNOWN, Verdict

MENDED = AT_QUESTION
judge = answer.judge


def asks(parameters: Parameters, facts: Facts) -> str:
    return _("No national or local taxes in arrears")


def found(parameters: Parameters, facts: Facts, given: Verdict) -> str:
    if given.state == UNKNOWN:
        return answer.found(parameters, facts, given)
    return _("Declared: no arrears.") if given.state == MET else _("Arrears are declared.")
