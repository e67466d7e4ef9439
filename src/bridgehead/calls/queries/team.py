"""Who stands behind a team application, and whether the team is large enough to be sent."""

from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.calls.models import Application, TeamMember

SALT = "calls.team"


def team_problem(application: Application) -> str:
    """What keeps the team from being sent; empty when all is well or the call wants no team.

    Only people who agreed are sent: whoever has not answered or said no is taken off the list first.
    """
    call = application.call
    if not call.team_max:
        return ""
    members = list(application.team.all())
    confirmed = sum(1 for one in members if one.confirmed_at)
    if waiting := len(members) - confirmed:
        return ngettext(
            "%(n)s member has not confirmed yet. Remind this person, or take the name off.",
            "%(n)s members have not confirmed yet. Remind them, or take the names off.",
            waiting,
        ) % {"n": waiting}
    if not call.team_min <= confirmed <= call.team_max:
        figures = {"confirmed": confirmed, "size": call.team_size}
        return _("Confirmed so far: %(confirmed)s. A team has %(size)s.") % figures
    return ""


def member_by_token(token: str) -> TeamMember | None:
    """None for a forged link, a member taken off since, and an address that was corrected since."""
    try:
        pk, email = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = TeamMember.objects.filter(pk=pk, email=email)
    return found.select_related("application__call__programme__host", "application__firm").first()
