"""The order of the day of an interview: as it would be, as it was published, and what one applicant may know of it."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bridgehead.calls.models import Appearance, Application, Stage
from bridgehead.calls.queries.stages import applications_in, current_stage


def order_of(stage: Stage) -> QuerySet[Appearance]:
    """As published. Whoever withdrew is left out; the others keep their places."""
    there = stage.appearances.exclude(application__state=Application.State.WITHDRAWN)
    return there.select_related("stage__call", "application__firm")


def without_a_place(stage: Stage) -> QuerySet[Application]:
    """Who would be added by publishing: everybody at first, later those let through after all."""
    there = stage.appearances.values("application")
    return applications_in(stage).exclude(pk__in=there).select_related("firm").order_by("number", "pk")


def appearance_of(application: Application) -> Appearance | None:
    """The latest one of an applicant; none before the order is published."""
    if application.state == Application.State.WITHDRAWN:
        return None
    return application.appearances.select_related("stage__call").order_by("-stage__order").first()


def has_a_day(stage: Stage) -> bool:
    return stage.kind != Stage.Kind.DOCUMENTS


def obstacles_to_publishing(stage: Stage) -> list[str]:
    """What has to be done before firms can be told their times; empty when nothing is in the way."""
    is_over = stage.closed_at is not None or stage.call.released_at is not None
    texts = [
        (is_over, _("This stage is over.")),
        (not is_over and current_stage(stage.call) != stage, _("An earlier stage is still open.")),
        (stage.held_at is None, _("The day is missing.")),
        (not stage.place_ko, _("The place is missing.")),
        (not without_a_place(stage).exists(), _("There is no application in this stage without a place.")),
    ]
    return [text for applies, text in texts if applies]
