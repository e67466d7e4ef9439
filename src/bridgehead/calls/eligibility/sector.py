"""The firm's sector is one of those named."""

from django.utils.translation import gettext as _

from bridgehead.calls.eligibility.facts import Facts, Parameters
from bridgehead.calls.eligibility.places import listed, named
from bridgehead.calls.eligibility.verdict import AT_FIRM, UNKNOWN, Verdict, unknown, verdict

MENDED = AT_FIRM


def judge(parameters: Parameters, facts: Facts) -> Verdict:
    if not facts.sector.strip():
        return unknown()
    return verdict(named(facts.sector, parameters["values"]), sector=facts.sector)


def asks(parameters: Parameters, facts: Facts) -> str:
    return _("Sector: %(sectors)s") % {"sectors": listed(parameters["values"])}


def found(parameters: Parameters, facts: Facts, given: Verdict) -> str:
    if given.state == UNKNOWN:
        return _("Your firm's page does not say its sector yet. Write it there.")
    return _("The firm's sector is %(sector)s.") % given.figures
