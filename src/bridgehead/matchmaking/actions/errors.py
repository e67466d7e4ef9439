"""What may stand in the way of a change to a timetable, in words for whoever asked for it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from bridgehead.kit.clock import with_zone
from bridgehead.matchmaking.models import Timetable


class NothingToPlan(Exception):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Nobody who takes part wishes to meet anybody yet. A timetable needs wishes of at least one side."
            )
        )


class OutOfDate(Exception):
    """What the timetable was made of has changed since."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Since this timetable was computed, somebody has left or a meeting was cancelled. Compute it again."
            )
        )


class PublishedMeanwhile(Exception):
    """Somebody else published, or changed what is published, after this page was shown."""

    def __init__(self, current: Timetable) -> None:
        who = current.published_by
        super().__init__(
            _(
                "Meanwhile version %(version)d of %(moment)s (%(who)s) is published or was changed. Look at what yours "
                "would change against it, then publish again."
            )
            % {
                "version": current.version or 0,
                "moment": with_zone(current.published_at, current.forum.zone) if current.published_at else "",
                "who": getattr(who, "name", "") or _("the system"),
            }
        )
        self.current = current


class ChangedMeanwhile(Exception):
    """Somebody else changed this draft after it was shown."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody else has changed this draft meanwhile. You see it as it is now; please repeat your change."
            )
        )


class NotADraft(Exception):
    def __init__(self) -> None:
        super().__init__(_("Only a draft is changed by hand. Make a draft of this timetable first."))


class Conflict(Exception):
    """`words` says what stands in the way, one sentence each."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(" ".join(words))
        self.words = list(words)
