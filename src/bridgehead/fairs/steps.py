"""The pavilion as a stage of the programme: drawn, and every firm on its stand."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.fairs import queries
from bridgehead.fairs.models import Stand
from bridgehead.fairs.plan import metres
from bridgehead.kit.steps import Progress, Step
from bridgehead.programmes.models import Programme


def step(programme: Programme) -> Step:
    """Three queries: the pavilion, its stands, the firms without one."""
    url, title = reverse("fairs:pavilion", args=[programme.slug]), _("Pavilion")
    pavilion = queries.pavilion_of(programme)
    if pavilion is None:
        return Step("pavilion", title, url, Progress.TODO, [], _("Draw the pavilion"), url)
    firm_stand = Q(kind=Stand.Kind.FIRM)
    counts = Stand.objects.filter(pavilion=pavilion).aggregate(
        stands=Count("pk", filter=firm_stand), taken=Count("pk", filter=firm_stand & Q(award__isnull=False))
    )
    waiting = queries.without_stand(programme).count()
    facts = [
        _("%(area)s m² in %(hall)s") % {"area": metres(pavilion.area), "hall": pavilion.hall}
        if pavilion.hall
        else _("%(area)s m²") % {"area": metres(pavilion.area)},
        _("%(taken)s of %(stands)s stands taken") % counts,
    ]
    if not counts["stands"]:
        return Step("pavilion", title, url, Progress.CURRENT, facts, _("Draw the stands"), url)
    if not counts["taken"] or waiting:
        late = [_late(waiting)] if waiting else []
        return Step(
            "pavilion", title, url, Progress.CURRENT, facts, _("Give the firms their stands"), url, late
        )
    return Step("pavilion", title, url, Progress.DONE, facts, _("Print the plan"), url)


def _late(waiting: int) -> str:
    return ngettext("%(n)s firm has no stand", "%(n)s firms have no stand", waiting) % {"n": waiting}
