"""What an award means for a forum that is already open: the firm takes part, and leaves when it gives up its place."""

from typing import Any

from django.utils.translation import gettext as _

from bridgehead.calls.models import Award
from bridgehead.matchmaking import actions
from bridgehead.matchmaking.models import Forum, Party


def take_in(*, award: Award, by: Any = None, **_facts: Any) -> None:
    """Only a place that is accepted already; the others come with “take over the participating firms”."""
    forum = Forum.objects.filter(programme=award.programme_id).first()
    if forum is not None and award.state == Award.State.ACCEPTED:
        actions.take_over_firms(forum=forum, by=by)


def let_go(*, award: Award, by: Any = None, **_facts: Any) -> None:
    party = Party.objects.filter(forum__programme=award.programme_id, organisation=award.firm_id).first()
    if party is not None and party.state != Party.State.DECLINED:
        reason = _("The firm withdrew from the programme.")
        actions.answer_invitation(party=party, accept=False, by=by, reason=reason, late_too=True)
