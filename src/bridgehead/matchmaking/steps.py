"""What matchmaking tells the cockpit, and who waits for whom."""

from collections.abc import Sequence

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.accounts import roles
from bridgehead.kit.clock import with_zone
from bridgehead.kit.steps import Progress, Step, Task
from bridgehead.matchmaking.models import Forum, Meeting, Party, Timetable
from bridgehead.matchmaking.queries import forums_visible_to, late_parties, parties_of_maker
from bridgehead.matchmaking.rules import is_late
from bridgehead.organisations.queries import Visitor
from bridgehead.programmes.models import Programme


def matchmaking_step(programme: Programme) -> Step:
    url = reverse("matchmaking:desk", args=[programme.slug])
    forum = Forum.objects.filter(programme=programme).first()
    if forum is None:
        return Step(
            code="matchmaking",
            title=_("Matchmaking"),
            url=url,
            progress=Progress.TODO,
            next_action=_("Set up days, hours and tables"),
            next_url=reverse("matchmaking:set_up", args=[programme.slug]),
        )
    parties = list(forum.parties.select_related("organisation"))
    meetings = Count("meetings", filter=Q(meetings__state=Meeting.State.PLANNED))
    timetables = list(forum.timetables.annotate(held=meetings))
    published = next((one for one in timetables if one.published_at), None)
    action, action_url = _next(programme, parties, timetables, published)
    now = timezone.now()
    return Step(
        code="matchmaking",
        title=_("Matchmaking"),
        url=url,
        progress=Progress.DONE if published else Progress.CURRENT,
        facts=_facts(parties, published),
        next_action=action,
        next_url=action_url,
        late=[
            str(p)
            for p in parties
            if p.state == Party.State.INVITED and is_late(p.invited_at, p.answered_at, now)
        ],
    )


def _facts(parties: list[Party], published: Timetable | None) -> list[str]:
    firms = sum(party.is_firm and party.takes_part for party in parties)
    buyers = [party for party in parties if not party.is_firm]
    taking_part = sum(party.takes_part for party in buyers)
    facts = [
        ngettext("%(count)d firm", "%(count)d firms", firms) % {"count": firms},
        _("%(yes)d of %(all)d buyers take part") % {"yes": taking_part, "all": len(buyers)},
    ]
    if published is not None:
        held = published.held  # type: ignore[attr-defined]
        facts.append(ngettext("%(count)d meeting", "%(count)d meetings", held) % {"count": held})
    return facts


def _next(
    programme: Programme, parties: list[Party], timetables: Sequence[Timetable], published: Timetable | None
) -> tuple[str, str]:
    desk = reverse("matchmaking:desk", args=[programme.slug])
    plan = reverse("matchmaking:timetable", args=[programme.slug])
    if published is not None:
        return "", ""
    if not any(party.is_firm for party in parties):
        return _("Take over the participating firms"), desk
    if all(party.is_firm for party in parties):
        return _("Add and invite buyers"), reverse("matchmaking:new_buyer", args=[programme.slug])
    if any(
        not party.is_firm and party.invited_at is None and party.state == Party.State.INVITED
        for party in parties
    ):
        return _("Send the invitations"), desk
    if timetables:
        return _("Publish the timetable"), plan
    return _("Compute the timetable"), plan


def tasks_of(user: Visitor) -> list[Task]:
    return [*_makers_tasks(user), *_officers_tasks(user)]


def _makers_tasks(user: Visitor) -> list[Task]:
    """Say your wishes, while they are open and nothing was said."""
    waiting = parties_of_maker(user).filter(
        state=Party.State.ACCEPTED, wishes_saved_at__isnull=True, forum__wishes_close_at__gt=timezone.now()
    )
    return [
        Task(
            title=_("Say whom you want to meet, before %(moment)s")
            % {"moment": with_zone(party.forum.wishes_close_at, party.forum.zone)},
            url=reverse("matchmaking:my", args=[party.forum.programme.slug]),
            about=party.forum.programme.title,
            due=party.forum.wishes_close_at,
        )
        for party in waiting
        if party.forum.wishes_close_at
    ]


def _officers_tasks(user: Visitor) -> list[Task]:
    """Buyers to remind, and timetables that were computed and not published."""
    late = late_parties(Q(forum=OuterRef("pk"), side=Party.Side.BUYER)).order_by().values("forum")
    counted = late.annotate(number=Count("pk")).values("number")
    draft = Timetable.objects.filter(forum=OuterRef("pk"), published_at=None, replaced_at=None)
    forums = (
        forums_visible_to(user, roles.EDIT)
        .filter(programme__ends_on__gte=timezone.now().date())
        .annotate(late=counted, unpublished=Exists(draft))
    )
    tasks = []
    for forum in forums:
        slug, about = forum.programme.slug, forum.programme.title
        if forum.late:
            text = ngettext(
                "Remind %(count)d buyer who has not answered",
                "Remind %(count)d buyers who have not answered",
                forum.late,
            )
            tasks.append(Task(text % {"count": forum.late}, reverse("matchmaking:desk", args=[slug]), about))
        if forum.unpublished and forum.published_at is None:
            tasks.append(
                Task(_("Publish the timetable"), reverse("matchmaking:timetable", args=[slug]), about)
            )
    return tasks
