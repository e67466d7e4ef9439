"""What statements may be about, and when two of them contradict each other."""

from django.utils.translation import gettext_lazy as _

#: Code → what people read. The codes are stable: results and releases look statements up by them.
SUBJECTS = {
    "planned_firms": _("firms planned"),
    "selected_firms": _("firms selected"),
    "exhibitors": _("exhibitors at the fair"),
    "exhibitor_countries": _("countries of the exhibitors"),
    "visitors": _("visitors of the fair"),
    "visitor_countries": _("countries of the visitors"),
    "consultations": _("consultations"),
    "consultation_amount": _("amount consulted"),
    "pursued": _("contracts pursued"),
    "pursued_amount": _("amount of the contracts pursued"),
    "signed": _("contracts signed"),
    "signed_amount": _("amount of the contracts signed"),
    "budget": _("budget"),
}


def subject_label(code: str) -> str:
    return str(SUBJECTS.get(code, code))
