"""Where a programme stands with its calls, counted from rows; and what waits for whom."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.accounts import roles
from bridgehead.calls.models import Application, Call, Decision, Objection, Review
from bridgehead.calls.queries.applying import waiting_for
from bridgehead.calls.queries.objecting import objections_visible_to
from bridgehead.calls.queries.officer import calls_visible_to
from bridgehead.calls.queries.reviewing import desks_of
from bridgehead.calls.rules import is_open
from bridgehead.kit.clock import with_zone
from bridgehead.kit.steps import Progress, Step, Task
from bridgehead.organisations.queries import Visitor
from bridgehead.programmes.models import Programme

State = Application.State


def call_step(programme: Programme) -> Step:
    """Written, published, open, closed."""
    calls, now = list(programme.calls.order_by("opens_at")), timezone.now()
    page = reverse("calls:desk_calls", args=[programme.slug])
    step: dict[str, Any] = {"code": "call", "title": _("Call"), "url": page}
    if not calls:
        new = reverse("calls:desk_new_call", args=[programme.slug])
        return Step(**step, progress=Progress.CURRENT, next_action=_("Write the call"), next_url=new)
    facts = [_phase(call) if len(calls) == 1 else f"{call.title}: {_phase(call)}" for call in calls]
    drafts = [call for call in calls if call.published_at is None]
    if drafts:
        late = [
            _("The opening moment has passed, and the call is not published.")
            for c in drafts
            if c.opens_at < now
        ]
        preview = reverse("calls:desk_preview", args=[drafts[0].slug])
        return Step(
            **step,
            progress=Progress.CURRENT,
            facts=facts,
            late=late,
            next_action=_("Publish the call"),
            next_url=preview,
        )
    closed = all(call.closes_at <= now for call in calls)
    return Step(**step, progress=Progress.DONE if closed else Progress.CURRENT, facts=facts)


def _phase(call: Call) -> str:
    now, zone = timezone.now(), call.zone
    if call.published_at is None:
        return _("not published yet")
    if now < call.opens_at:
        return _("opens %(moment)s") % {"moment": with_zone(call.opens_at, zone)}
    if now < call.closes_at:
        return _("open until %(moment)s") % {"moment": with_zone(call.closes_at, zone)}
    return _("closed since %(moment)s") % {"moment": with_zone(call.closes_at, zone)}


def application_step(programme: Programme) -> Step:
    """Received, in writing, waiting for completion."""
    calls, now = list(programme.calls.order_by("opens_at")), timezone.now()
    counts = Application.objects.filter(call__in=calls).aggregate(
        received=Count("pk", filter=~Q(state__in=[State.DRAFT, State.WITHDRAWN])),
        drafts=Count("pk", filter=Q(state=State.DRAFT)),
        returned=Count("pk", filter=Q(state=State.RETURNED)),
        withdrawn=Count("pk", filter=Q(state=State.WITHDRAWN)),
        unchecked=Count("pk", filter=Q(state=State.SUBMITTED)),
    )
    url = reverse("calls:programme_applications", args=[programme.slug])
    step: dict[str, Any] = {"code": "applications", "title": _("Applications"), "url": url}
    opened = [call for call in calls if call.published_at and call.opens_at <= now]
    if not opened:
        return Step(**step, progress=Progress.TODO)
    received, drafts = counts["received"], counts["drafts"]
    facts = [
        ngettext("%(n)s application received", "%(n)s applications received", received) % {"n": received}
    ]
    if drafts:
        facts.append(ngettext("%(n)s draft not sent", "%(n)s drafts not sent", drafts) % {"n": drafts})
    if withdrawn := counts["withdrawn"]:
        facts.append(ngettext("%(n)s withdrawn", "%(n)s withdrawn", withdrawn) % {"n": withdrawn})
    late = []
    if returned := counts["returned"]:
        late.append(
            ngettext(
                "%(n)s firm has not completed its application yet.",
                "%(n)s firms have not completed their applications yet.",
                returned,
            )
            % {"n": returned}
        )
    closed = all(call.closes_at <= now for call in calls)
    if closed and not counts["unchecked"] and not returned:
        return Step(**step, progress=Progress.DONE, facts=facts)
    action = _("Check the applications") if counts["unchecked"] else ""
    return Step(
        **step,
        progress=Progress.CURRENT,
        facts=facts,
        late=late,
        next_action=action,
        next_url=url if action else "",
    )


def selection_step(programme: Programme) -> Step:
    """Checked, reviewed, decided, released."""
    url = reverse("calls:programme_selection", args=[programme.slug])
    calls = list(programme.calls.order_by("opens_at"))
    todo = Q(state=Review.State.ASSIGNED, application__state=State.SHORTLISTED)
    counts = Review.objects.filter(application__call__in=calls).aggregate(
        done=Count("pk", filter=Q(state=Review.State.DONE)),
        todo=Count("pk", filter=todo),
        late=Count("pk", filter=todo & Q(stage__reviews_due_at__lt=timezone.now())),
    )
    decided = dict(
        Decision.objects.filter(application__call__in=calls)
        .order_by()
        .values_list("outcome")
        .annotate(Count("pk"))
    )
    released = bool(calls) and all(call.released_at for call in calls)
    facts = [
        _("%(done)s of %(all)s reviews handed in")
        % {"done": counts["done"], "all": counts["done"] + counts["todo"]}
    ]
    if decided:
        facts.append(
            _("%(selected)s selected, %(reserved)s on the reserve list")
            % {"selected": decided.get("selected", 0), "reserved": decided.get("reserved", 0)}
        )
    step: dict[str, Any] = {
        "code": "selection",
        "title": _("Selection"),
        "url": url,
        "facts": facts if calls else [],
    }
    objections = Objection.objects.filter(application__call__in=calls, answered_at=None)
    if waiting := objections.count():
        first = reverse("calls:desk_objections", args=[_first_with(objections).slug])
        late = [_waiting_words(waiting)]
        return Step(
            **step,
            progress=Progress.CURRENT,
            late=late,
            next_action=_("Answer the objections"),
            next_url=first,
        )
    if released:
        return Step(**step, progress=Progress.DONE)
    started = bool(counts["done"] or counts["todo"] or decided)
    action, next_url = _next_of_selection(calls, started, bool(decided.get("selected")))
    overdue = ngettext("%(count)s review is overdue.", "%(count)s reviews are overdue.", counts["late"])
    late = [overdue % {"count": counts["late"]}] if counts["late"] else []
    progress = Progress.CURRENT if started else Progress.TODO
    return Step(**step, progress=progress, late=late, next_action=action, next_url=next_url)


def _first_with(objections: QuerySet[Objection]) -> Call:
    """The call whose objection has waited longest."""
    oldest = objections.select_related("application__call").order_by("filed_at", "pk")[0]
    return oldest.application.call


def _next_of_selection(calls: list[Call], started: bool, decided: bool) -> tuple[str, str]:
    closed = [call for call in calls if call.closes_at <= timezone.now() and not call.released_at]
    if not closed:
        return "", ""
    if not started:
        return _("Hand out the applications to the reviewers"), reverse(
            "calls:desk_reviewers", args=[closed[0].slug]
        )
    selection = reverse("calls:desk_selection", args=[closed[0].slug])
    return (_("Release the decisions") if decided else _("Decide")), selection


def tasks_of(user: Visitor) -> list[Task]:
    """What waits for this person, as officer, as reviewer and as maker."""
    return [*_officer_tasks(user), *_objection_tasks(user), *_reviewer_tasks(user), *_maker_tasks(user)]


def _maker_tasks(user: Visitor) -> list[Task]:
    """Drafts that can still be sent, what the office returned, and places to accept."""
    tasks = []
    for application in waiting_for(user):
        page = reverse("calls:my_application", args=[application.pk])
        about = f"{application.call.title} · {application.firm}"
        if application.state == State.RETURNED:
            tasks.append(Task(_("Complete your application"), page, about))
        elif application.state != State.DRAFT:
            tasks.append(Task(_("Accept or give up the place offered"), page, about))
        elif is_open(application.call):
            edit = reverse("calls:my_application_edit", args=[application.pk])
            tasks.append(Task(_("Finish and send your application"), edit, about, application.call.closes_at))
    return tasks


def _officer_tasks(user: Visitor) -> list[Task]:
    calls = (
        calls_visible_to(user, roles.DECIDE)
        .filter(published_at__isnull=False, released_at__isnull=True)
        .annotate(
            unchecked=Count("applications", filter=Q(applications__state=State.SUBMITTED), distinct=True),
            shortlisted=Count("applications", filter=Q(applications__state=State.SHORTLISTED), distinct=True),
            outstanding=Count(
                "applications__reviews",
                filter=Q(
                    applications__state=State.SHORTLISTED, applications__reviews__state=Review.State.ASSIGNED
                ),
                distinct=True,
            ),
            reviewed=Count(
                "applications__reviews",
                filter=Q(applications__reviews__state=Review.State.DONE),
                distinct=True,
            ),
        )
    )
    return [task for call in calls for task in _tasks_for(call)]


def _objection_tasks(user: Visitor) -> list[Task]:
    """One for each call with objections that nobody has answered yet."""
    waiting = objections_visible_to(user).filter(answered_at=None).order_by()
    counts = dict(waiting.values_list("application__call").annotate(Count("pk")))
    calls = Call.objects.filter(pk__in=counts).order_by("closes_at", "pk")
    return [
        Task(_waiting_words(counts[call.pk]), reverse("calls:desk_objections", args=[call.slug]), call.title)
        for call in calls
    ]


def _waiting_words(count: int) -> str:
    text = ngettext("%(count)s objection to answer", "%(count)s objections to answer", count)
    return text % {"count": count}


def _tasks_for(call: "Call") -> list[Task]:
    tasks = []
    if unchecked := call.unchecked:  # type: ignore[attr-defined]
        title = ngettext(
            "%(count)s application waits to be checked",
            "%(count)s applications wait to be checked",
            unchecked,
        )
        url = reverse("calls:desk_applications", args=[call.slug]) + f"?state={State.SUBMITTED}"
        tasks.append(Task(title % {"count": unchecked}, url, call.title))
    elif call.shortlisted and call.closes_at <= timezone.now():  # type: ignore[attr-defined]
        if call.reviewed and not call.outstanding:  # type: ignore[attr-defined]
            tasks.append(
                Task(
                    _("All reviews are in: decide"),
                    reverse("calls:desk_selection", args=[call.slug]),
                    call.title,
                )
            )
        elif not call.reviewed and not call.outstanding:  # type: ignore[attr-defined]
            url = reverse("calls:desk_reviewers", args=[call.slug])
            tasks.append(Task(_("Hand out the applications to the reviewers"), url, call.title))
    return tasks


def _reviewer_tasks(user: Visitor) -> list[Task]:
    tasks = []
    for desk in desks_of(user):
        waiting = desk.todo
        if waiting and not desk.call.released_at:
            title = ngettext("%(count)s application to review", "%(count)s applications to review", waiting)
            tasks.append(
                Task(
                    title % {"count": waiting},
                    f"{reverse('calls:reviews')}?desk={desk.stage.pk}",
                    desk.call.title,
                    desk.due_at,
                )
            )
    return tasks
