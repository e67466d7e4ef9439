"""The firm's city or district is one of those named."""

from django.utils.translation import gettext as _

from bridgehead.calls.eligibility.facts import Facts, Parameters
from bridgehead.calls.eligibility.places import listed, named
from bridgehead.calls.eligibility.verdict import AT_FIRM, UNKNOWN, Verdict, unknown, verdict

MENDED = AT_FIRM


def judge(parameters: Parameters, facts: Facts) -> Verdict:
    if not facts.region.strip():
        return unknown()
    return verdict(named(facts.region, parameters["values"]), region=facts.region)


def asks(parameters: Parameters, facts: Facts) -> str:
    return _("Place of business in: %(places)s") % {"places": listed(parameters["values"])}


def found(parameters: Parameters, facts: Facts, given: Verdict) -> str:
    if given.state == UNKNOWN:
        return _("Your firm's page does not say its city or district yet. Write it there.")
    return _("The firm is in %(region)s.") % given.figures
