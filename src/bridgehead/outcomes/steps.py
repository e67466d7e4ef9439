"""The last stage of a programme, for the cockpit."""

from django.urls import reverse
from django.utils.translation import gettext as _

from bridgehead.kit.money import format_money
from bridgehead.kit.steps import Progress, Step
from bridgehead.outcomes.labels import STAGE_LABELS
from bridgehead.outcomes.queries import results
from bridgehead.programmes.models import Programme


def results_step(programme: Programme) -> Step:
    found = results(programme)
    url = reverse("outcomes:programme", args=[programme.slug])
    facts = [
        f"{STAGE_LABELS[stage]}: {rung.count:,} · {format_money(rung.amount, found.currency)}"
        for stage, rung in found.ladder.rungs.items()
        if rung.count
    ]
    if not facts:
        return Step("results", _("Results"), url, Progress.TODO, [_("No consultations are logged yet.")])
    progress = Progress.DONE if found.wins.count else Progress.CURRENT
    return Step("results", _("Results"), url, progress, facts, _("Download the report"), url)
