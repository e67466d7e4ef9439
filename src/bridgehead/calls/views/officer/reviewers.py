"""Who reviews what, how far they are, where conflicts lie; and the even hand-out, changed by hand where needed."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls.actions import assigning, reminding, reviewing
from bridgehead.calls.assignment import Assignment
from bridgehead.calls.forms.officer import AssignForm
from bridgehead.calls.hand_out_task import LARGE, start_handing_out
from bridgehead.calls.models import Application, Review, Stage
from bridgehead.calls.queries.conflicts import KINDS, conflicts_of, findings_of
from bridgehead.calls.queries.officer import calls_visible_to, searched
from bridgehead.calls.queries.reviewing import loads_of, reviewers_for
from bridgehead.calls.queries.stages import applications_in, current_stage
from bridgehead.calls.views.officer.access import frame, the_application, the_call

PER_PAGE = 20
#: More findings than this are counted, and searched application by application.
MOST_FINDINGS = 50


@login_required
@require_safe
def reviewers(request: SignedInRequest, slug: str) -> HttpResponse:
    call = the_call(request, slug, roles.APPLICATION_VIEW)
    stages, stage = list(call.stages.all()), current_stage(call)
    stage = next((one for one in stages if str(one.pk) == request.GET.get("stage")), stage)
    stage.call = call
    loads, q = loads_of(stage), request.GET.get("q", "").strip()
    people = [load.reviewer for load in loads]
    found = _applications(stage, request.GET.get("show", ""), q)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    findings = findings_of(call, people)
    met = Counter(one.reviewer.pk for one in findings)
    done, total = sum(load.done for load in loads), sum(load.total for load in loads)
    context = {
        **frame(request, call, "selection", "reviewers"),
        "stages": stages,
        "stage": stage,
        "is_current": stage.pk == current_stage(call).pk,
        "is_late": bool(stage.reviews_due_at and stage.reviews_due_at < timezone.now() and done < total),
        "loads": [(load, met[load.reviewer.pk]) for load in loads],
        "done": done,
        "total": total,
        "page": page,
        "rows": _rows(stage, list(page), people, every=bool(q)),
        "q": q,
        "show": request.GET.get("show", ""),
        "findings": findings[:MOST_FINDINGS],
        "findings_count": len(findings),
        "flagged": sum(one.is_flagged for one in findings),
        "unchecked": call.applications.filter(state=Application.State.SUBMITTED).count(),
    }
    return render(request, "calls/officer/reviewers.html", context)


def _applications(stage: Stage, show: str, q: str) -> QuerySet[Application]:
    readings = Count("reviews", filter=Q(reviews__stage=stage) & ~Q(reviews__state=Review.State.CONFLICT))
    rows = applications_in(stage) if stage.closed_at is None else _been_in(stage)
    rows = rows.select_related("firm").order_by("number", "pk")
    if show == "short":
        rows = rows.annotate(readings=readings).filter(readings__lt=stage.reviews_wanted)
    return searched(rows, q) if q else rows


def _been_in(stage: Stage) -> QuerySet[Application]:
    readings = Review.objects.filter(stage=stage).values("application")
    return Application.objects.filter(pk__in=readings)


def _rows(
    stage: Stage, applications: list[Application], people: list[Any], *, every: bool
) -> list[dict[str, Any]]:
    """The page's applications with their readings, who is missing, and who may still be asked or why not. Whoever looks
    for an application (`every`) may add a reader beyond the number wanted."""
    shown = Application.objects.filter(pk__in=[one.pk for one in applications])
    reviews = Review.objects.filter(stage=stage).select_related("reviewer").order_by("pk")
    shown = shown.select_related("firm").prefetch_related(Prefetch("reviews", reviews, to_attr="here"))
    barred = conflicts_of(stage.call, people, shown)
    return [_row(stage, one, people, barred, every) for one in shown.order_by("number", "pk")]


def _row(
    stage: Stage,
    application: Any,
    people: list[Any],
    barred: dict[tuple[int, int], list[str]],
    every: bool,
) -> dict[str, Any]:
    asked = {review.reviewer_id for review in application.here}
    standing = sum(review.state != Review.State.CONFLICT for review in application.here)
    in_conflict = [(p, barred[application.pk, p.pk]) for p in people if (application.pk, p.pk) in barred]
    short = max(stage.reviews_wanted - standing, 0)
    free = [p for p in people if (application.pk, p.pk) not in barred and p.pk not in asked]
    return {
        "application": application,
        "reviews": [
            (review, [KINDS[kind] for kind in barred.get((application.pk, review.reviewer_id), ())])
            for review in application.here
        ],
        "short": short,
        "free": free if short or every else [],
        "barred": [(p, [KINDS[kind] for kind in kinds]) for p, kinds in in_conflict],
    }


@login_required
@require_POST
def assign(request: SignedInRequest, slug: str) -> HttpResponse:
    call = the_call(request, slug, roles.DECIDE)
    if applications_in(current_stage(call)).count() >= LARGE:
        job = start_handing_out(call=call, by=request.user, language=get_language() or "ko")
        return redirect("jobs:detail", job.pk)
    _report(request, assigning.assign_reviewers(call=call, by=request.user))
    return redirect("calls:desk_reviewers", slug)


def _report(request: SignedInRequest, result: Assignment) -> None:
    count = len(result.pairs)
    done = ngettext("%(count)s review was handed out.", "%(count)s reviews were handed out.", count)
    messages.success(request, done % {"count": count})
    if result.gap > 1:
        loads = {"least": min(result.loads.values()), "most": max(result.loads.values())}
        text = _(
            "The reviewers have between %(least)s and %(most)s. Conflicts of interest and readings given before allow no more even hand-out."
        )
        messages.info(request, text % loads)
    if result.short:
        messages.warning(
            request,
            _("For %(count)s applications there are not enough reviewers without a conflict of interest.")
            % {"count": len(result.short)},
        )


@login_required
@require_POST
def remind(request: SignedInRequest, slug: str) -> HttpResponse:
    """Everybody with something to do, or the one that was chosen."""
    call = the_call(request, slug, roles.DECIDE)
    stage = current_stage(call)
    chosen = request.POST.get("reviewer", "")
    person = get_object_or_404(reviewers_for(stage), pk=chosen) if chosen.isdigit() else None
    told = reminding.remind(stage=stage, by=request.user, reviewer=person)
    if told:
        text = ngettext("%(count)s reviewer was reminded.", "%(count)s reviewers were reminded.", len(told))
        messages.success(request, text % {"count": len(told)})
    else:
        messages.info(
            request, _("Nobody was reminded: all have handed in, or were reminded within the last day.")
        )
    return redirect("calls:desk_reviewers", slug)


@login_required
@require_POST
def assign_one(request: SignedInRequest, pk: int) -> HttpResponse:
    application = the_application(request, pk, roles.DECIDE)
    form = AssignForm(request.POST, reviewers=reviewers_for(current_stage(application.call)))
    if not form.is_valid():
        messages.error(request, _("Choose a reviewer."))
    else:
        try:
            assigning.assign_reviewer(application=application, by=request.user, **form.cleaned_data)
            messages.success(request, _("Assigned; the reviewer has been told by mail."))
        except assigning.NotAReviewer as error:
            messages.error(request, str(error))
    return redirect("calls:desk_reviewers", application.call.slug)


@login_required
@require_POST
def unassign(request: SignedInRequest, pk: int) -> HttpResponse:
    calls = calls_visible_to(request.user, roles.DECIDE)
    review = get_object_or_404(
        Review.objects.select_related("application__call"), pk=pk, application__call__in=calls
    )
    try:
        assigning.unassign(review=review, by=request.user)
        messages.success(
            request, _("Taken away. Hand the application out again so that it has enough reviewers.")
        )
    except reviewing.ReviewClosed as error:
        messages.error(request, str(error))
    return redirect("calls:desk_reviewers", review.application.call.slug)
