"""Why an application cannot be saved or sent, in words for whoever tried."""

from datetime import datetime

from django.utils.translation import gettext as _

from bridgehead.calls.models import Application, Call
from bridgehead.kit.clock import with_zone


class NotOpen(Exception):
    """The call takes no applications now. Raised by the clock of the server, never of the browser."""

    def __init__(self, about: Application | Call, at: datetime) -> None:
        call = about.call if isinstance(about, Application) else about
        if call.published_at is None or at < call.opens_at:
            text, moment = _("This call opens on %(moment)s."), call.opens_at
        elif isinstance(about, Application) and about.state == Application.State.RETURNED:
            text, moment = (
                _("The time to complete this application ended on %(moment)s."),
                about.return_due_at or at,
            )
        else:
            text, moment = (
                _(
                    "This call closed on %(moment)s. What you typed is kept as a draft, but it can no longer be sent."
                ),
                call.closes_at,
            )
        super().__init__(text % {"moment": with_zone(moment, call.zone)})


class Incomplete(Exception):
    """`problems` is {question key: what is wrong}; the key "" stands for the application as a whole."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(_("The application is not complete yet."))
        self.problems = problems


class ConsentMissing(Exception):
    def __init__(self) -> None:
        super().__init__(_("Without your consent to the handling of the application it cannot be accepted."))
