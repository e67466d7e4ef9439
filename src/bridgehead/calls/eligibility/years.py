"""Earlier support, by any host: how many years in a row at most, counted back from the year before."""

from itertools import count, takewhile

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.calls.eligibility.facts import Facts, Parameters
from bridgehead.calls.eligibility.history import counted
from bridgehead.calls.eligibility.verdict import Verdict, verdict

MENDED = ""


def judge(parameters: Parameters, facts: Facts) -> Verdict:
    supported = {support.year for support in counted(parameters, facts) if not support.withdrawn}
    run = list(takewhile(supported.__contains__, count(facts.year - 1, -1)))
    return verdict(len(run) <= int(parameters["maximum"]), years=run)


def asks(parameters: Parameters, facts: Facts) -> str:
    most = int(parameters["maximum"])
    return ngettext(
        "Supported at most %(most)s year in a row before this one",
        "Supported at most %(most)s years in a row before this one",
        most,
    ) % {"most": most}


def found(parameters: Parameters, facts: Facts, given: Verdict) -> str:
    years = given.figures["years"]
    if not years:
        return _("Not supported in the year before.")
    words = {"years": ", ".join(str(year) for year in sorted(years)), "count": len(years)}
    return (
        ngettext(
            "Supported %(count)s year in a row: %(years)s.",
            "Supported %(count)s years in a row: %(years)s.",
            len(years),
        )
        % words
    )
