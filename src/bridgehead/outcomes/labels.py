"""The words for stages and breakdowns, the same on pages, in charts and in files."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bridgehead.floor.models import Stage

STAGE_LABELS: dict[str, str | Promise] = {"consultation": _("consultation"), **dict(Stage.choices)}

#: What a stage means, for whoever reads a figure for the first time.
STAGE_MEANINGS: dict[str, Promise] = {
    "consultation": _(
        "A talk between a supported firm and a buyer at the fair, with the amount talked about."
    ),
    "pursued": _("Both sides go on towards a contract. Nothing is signed yet."),
    "signed": _("A contract or an order is signed, with evidence."),
    "shipped": _("The goods have left, with evidence."),
    "paid": _("The money has arrived, with evidence."),
}
