"""Earlier support, by any host: how often at most, ever or in the last years."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.calls.eligibility.facts import Facts, Parameters
from bridgehead.calls.eligibility.history import counted
from bridgehead.calls.eligibility.verdict import Verdict, verdict

MENDED = ""


def judge(parameters: Parameters, facts: Facts) -> Verdict:
    times = sum(not support.withdrawn for support in counted(parameters, facts))
    return verdict(times <= int(parameters["maximum"]), times=times)


def asks(parameters: Parameters, facts: Facts) -> str:
    most, years = int(parameters["maximum"]), parameters.get("years")
    if years:
        return ngettext(
            "Supported at most %(most)s time in the last %(years)s years, by whichever office",
            "Supported at most %(most)s times in the last %(years)s years, by whichever office",
            most,
        ) % {"most": most, "years": years}
    return ngettext(
        "Supported at most %(most)s time before, by whichever office",
        "Supported at most %(most)s times before, by whichever office",
        most,
    ) % {"most": most}


def found(parameters: Parameters, facts: Facts, given: Verdict) -> str:
    times = given.figures["times"]
    if not times:
        return _("Not supported before.")
    return ngettext("Supported %(count)s time.", "Supported %(count)s times.", times) % {"count": times}
