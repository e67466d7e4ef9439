"""The firm has so many employees, at least or at most."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.calls.eligibility.bounds import between, bounds
from bridgehead.calls.eligibility.facts import Facts, Parameters
from bridgehead.calls.eligibility.verdict import AT_FIRM, UNKNOWN, Verdict, unknown, verdict

MENDED = AT_FIRM


def judge(parameters: Parameters, facts: Facts) -> Verdict:
    if facts.employees is None:
        return unknown()
    return verdict(between(facts.employees, parameters), employees=facts.employees)


def asks(parameters: Parameters, facts: Facts) -> str:
    return _("Number of employees: %(bounds)s") % {"bounds": bounds(parameters)}


def found(parameters: Parameters, facts: Facts, given: Verdict) -> str:
    if given.state == UNKNOWN:
        return _("Your firm's page does not say the number of employees yet. Write it there.")
    count = given.figures["employees"]
    return ngettext("The firm has %(count)s employee.", "The firm has %(count)s employees.", count) % {
        "count": count
    }
