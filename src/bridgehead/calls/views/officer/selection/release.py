"""The release, now or at a planned moment; and a place given up afterwards."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls import tasks
from bridgehead.calls.actions import awarding, deciding, releasing
from bridgehead.calls.forms.officer import ReasonForm
from bridgehead.calls.forms.selecting import PlanForm
from bridgehead.calls.models import Award
from bridgehead.calls.queries.releasing import release_obstacles, untold
from bridgehead.calls.views.officer.access import frame, the_call
from bridgehead.kit.clock import with_zone
from bridgehead.programmes.queries import programmes_visible_to


@login_required
@require_POST
def release(request: SignedInRequest, slug: str) -> HttpResponse:
    """A job: a thousand letters never hold up a page. After an interrupted release, the letters still missing."""
    call = the_call(request, slug, roles.DECIDE)
    if call.released_at:
        if not untold(call):
            messages.error(request, str(deciding.AlreadyReleased()))
            return redirect("calls:desk_selection", slug)
    elif reasons := release_obstacles(call):
        messages.error(request, " ".join(reasons))
        return redirect("calls:desk_selection", slug)
    job = tasks.start_release(call=call, by=request.user, language=get_language() or "ko")
    return redirect("jobs:detail", job.pk)


@login_required
@require_POST
def plan(request: SignedInRequest, slug: str) -> HttpResponse:
    """`cancel` takes the plan back."""
    call = the_call(request, slug, roles.DECIDE)
    form = PlanForm(request.POST)
    cancel = "cancel" in request.POST
    if not cancel and not form.is_valid():
        messages.error(request, _("Type the day and the time of the release."))
        return redirect("calls:desk_selection", slug)
    at = None if cancel else form.cleaned_data["release_at"]
    try:
        planned = releasing.plan_release(call=call, at=at, by=request.user)
    except (releasing.InThePast, deciding.NotReady, deciding.AlreadyReleased) as error:
        messages.error(request, str(error))
        return redirect("calls:desk_selection", slug)
    tasks.wake_for(call=planned, language=get_language() or "ko")
    text = (
        _("The release is planned for %(at)s.") % {"at": with_zone(at, call.zone)}
        if at
        else _("The plan is taken back.")
    )
    messages.success(request, text)
    return redirect("calls:desk_selection", slug)


@login_required
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """A place given up: asks for the reason, then the reserve moves up."""
    programmes = programmes_visible_to(request.user, roles.DECIDE)
    found = Award.objects.select_related("programme__host", "firm", "application__call__programme__host")
    award = get_object_or_404(found, pk=pk, programme__in=programmes, application__isnull=False)
    call = award.application.call  # type: ignore[union-attr]
    form: Form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            promoted = awarding.withdraw_award(award=award, by=request.user, **form.cleaned_data)
        except awarding.AwardOver as error:
            messages.error(request, str(error))
        else:
            text = (
                _("Withdrawn. %(firm)s moved up from the reserve list and has been told.")
                % {"firm": promoted.firm.name}
                if promoted
                else _("Withdrawn. The reserve list is empty, so the place stays free.")
            )
            messages.success(request, text)
        return redirect("calls:desk_selection", call.slug)
    context = {**frame(request, call, "selection", "selection"), "award": award, "form": form}
    return render(request, "calls/officer/withdraw.html", context, status=422 if form.is_bound else 200)
