"""Nobody else supports the firm for the same edition of the same fair."""

from django.utils.translation import gettext as _

from bridgehead.calls.eligibility.facts import Facts, Parameters
from bridgehead.calls.eligibility.verdict import MET, Verdict, verdict

MENDED = ""


def judge(parameters: Parameters, facts: Facts) -> Verdict:
    same = [s for s in facts.supports if facts.edition and s.edition == facts.edition and not s.withdrawn]
    return verdict(not same, times=len(same))


def asks(parameters: Parameters, facts: Facts) -> str:
    return _("Not supported by another office for the same fair")


def found(parameters: Parameters, facts: Facts, given: Verdict) -> str:
    if given.state == MET:
        return _("No other office supports the firm for this fair.")
    return _("Another office supports the firm for this fair.")
