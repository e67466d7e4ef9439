"""Who reviews what: the even hand-out, and changes by hand."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls.actions import reviewing
from bridgehead.calls.forms.officer import AssignForm
from bridgehead.calls.models import Application, Review
from bridgehead.calls.queries.officer import calls_visible_to
from bridgehead.calls.queries.reviewing import blocked_pairs, loads_of, reviewers_of
from bridgehead.calls.views.officer.access import frame, the_application, the_call


@login_required
def reviewers(request: SignedInRequest, slug: str) -> HttpResponse:
    call = the_call(request, slug, roles.APPLICATION_VIEW)
    reviews = Prefetch("reviews", queryset=Review.objects.select_related("reviewer").order_by("pk"))
    applications = (
        call.applications.filter(state=Application.State.SHORTLISTED)
        .select_related("firm")
        .prefetch_related(reviews)
        .order_by("number", "pk")
    )
    loads, blocked = loads_of(call), blocked_pairs(call)
    rows = [
        {
            "application": application,
            "reviews": application.reviews.all(),
            "short": max(
                call.reviews_wanted - sum(r.state != "conflict" for r in application.reviews.all()), 0
            ),
            "free": [
                load.reviewer
                for load in loads
                if (application.pk, load.reviewer.pk) not in blocked
                and load.reviewer.pk not in {review.reviewer_id for review in application.reviews.all()}
            ],
        }
        for application in applications
    ]
    unchecked = call.applications.filter(state=Application.State.SUBMITTED).count()
    context = {
        **frame(request, call, "selection", "reviewers"),
        "loads": loads,
        "rows": rows,
        "unchecked": unchecked,
    }
    return render(request, "calls/officer/reviewers.html", context)


@login_required
@require_POST
def assign(request: SignedInRequest, slug: str) -> HttpResponse:
    call = the_call(request, slug, roles.DECIDE)
    result = reviewing.assign_reviewers(call=call, by=request.user)
    count = len(result.pairs)
    done = ngettext("%(count)s review was handed out.", "%(count)s reviews were handed out.", count)
    messages.success(request, done % {"count": count})
    if result.short:
        messages.warning(
            request,
            _("For %(count)s applications there are not enough reviewers without a conflict of interest.")
            % {"count": len(result.short)},
        )
    return redirect("calls:desk_reviewers", slug)


@login_required
@require_POST
def assign_one(request: SignedInRequest, pk: int) -> HttpResponse:
    application = the_application(request, pk, roles.DECIDE)
    form = AssignForm(request.POST, reviewers=reviewers_of(application.call))
    if not form.is_valid():
        messages.error(request, _("Choose a reviewer."))
    else:
        try:
            reviewing.assign_reviewer(application=application, by=request.user, **form.cleaned_data)
            messages.success(request, _("Assigned; the reviewer has been told by mail."))
        except reviewing.NotAReviewer as error:
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
        reviewing.unassign(review=review, by=request.user)
        messages.success(
            request, _("Taken away. Hand the application out again so that it has enough reviewers.")
        )
    except reviewing.ReviewClosed as error:
        messages.error(request, str(error))
    return redirect("calls:desk_reviewers", review.application.call.slug)
