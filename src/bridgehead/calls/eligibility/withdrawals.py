"""Places given up without a reason the office accepted: how many at most."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.calls.eligibility.facts import Facts, Parameters
from bridgehead.calls.eligibility.history import counted
from bridgehead.calls.eligibility.verdict import Verdict, verdict

MENDED = ""


def judge(parameters: Parameters, facts: Facts) -> Verdict:
    times = sum(s.withdrawn and not s.excused for s in counted(parameters, facts))
    return verdict(times <= int(parameters["maximum"]), times=times)


def asks(parameters: Parameters, facts: Facts) -> str:
    most, years = int(parameters["maximum"]), parameters.get("years")
    if not most and years:
        return _("No place given up without excuse in the last %(years)s years") % {"years": years}
    if not most:
        return _("No place given up without excuse")
    return ngettext(
        "At most %(most)s place given up without excuse",
        "At most %(most)s places given up without excuse",
        most,
    ) % {"most": most}


def found(parameters: Parameters, facts: Facts, given: Verdict) -> str:
    times = given.figures["times"]
    if not times:
        return _("None given up without excuse.")
    return ngettext(
        "%(count)s place given up without excuse.", "%(count)s places given up without excuse.", times
    ) % {"count": times}
