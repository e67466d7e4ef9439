"""A reviewer's pages: what was assigned, and nothing else."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls.actions import reviewing
from bridgehead.calls.forms.reviewer import ConflictForm, ScoresForm
from bridgehead.calls.models import Review
from bridgehead.calls.queries.reviewing import desks_of, reviews_of
from bridgehead.questions.queries import answered


def _mine(request: SignedInRequest, pk: int) -> Review:
    return get_object_or_404(reviews_of(request.user), pk=pk)


@login_required
def reviews(request: SignedInRequest) -> HttpResponse:
    return render(request, "calls/reviewer/reviews.html", {"desks": desks_of(request.user)})


def _locked(found: Review) -> bool:
    return found.state != Review.State.ASSIGNED or found.application.call.released_at is not None


@login_required
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """Reading and scoring on one page; sending it hands the scores in for good."""
    found = _mine(request, pk)
    if request.method == "POST" and not _locked(found):
        return _submit(request, found)
    return _page(request, found, ScoresForm(review=found), ConflictForm())


def _submit(request: SignedInRequest, found: Review) -> HttpResponse:
    form = ScoresForm(request.POST, review=found)
    if not form.is_valid():
        return _page(request, found, form, ConflictForm())
    facts = {"scores": form.scores(), "comment": form.cleaned_data["comment"]}
    try:
        reviewing.save_draft(review=found, by=request.user, **facts)
        reviewing.submit_review(review=found, by=request.user, **facts)
    except reviewing.ReviewIncomplete as error:
        form.add_missing(error.missing)
        return _page(request, found, form, ConflictForm())
    except reviewing.ReviewClosed as error:
        messages.error(request, str(error))
        return redirect("calls:review", found.pk)
    messages.success(
        request, _("Your review of %(number)s was handed in. Thank you.") % {"number": found.application}
    )
    waiting = reviews_of(request.user).filter(
        state=Review.State.ASSIGNED, application__call=found.application.call
    )
    following = waiting.order_by("application__number").first()
    return (
        redirect("calls:review", following.pk)
        if following and "next" in request.POST
        else redirect("calls:reviews")
    )


def _page(
    request: SignedInRequest, found: Review, form: ScoresForm, conflict_form: ConflictForm
) -> HttpResponse:
    application, call = found.application, found.application.call
    context = {
        "review": found,
        "call": call,
        "application": application,
        "firm": None if call.blind else application.firm,
        "answers": answered(call.question_set, application.answers, hide_identifying=call.blind),
        "form": form,
        "conflict_form": conflict_form,
        "locked": _locked(found),
        "conflict_open": conflict_form.is_bound,
    }
    bound = form.is_bound or conflict_form.is_bound
    return render(request, "calls/reviewer/review.html", context, status=422 if bound else 200)


@require_POST
def save(request: SignedInRequest, pk: int) -> HttpResponse:
    """Drafts as they are typed. 401 and 409 tell the page to keep what was typed in the browser."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("You have been signed out.")}, status=401)
    found = _mine(request, pk)
    form = ScoresForm(request.POST, review=found)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    try:
        saved = reviewing.save_draft(
            review=found, scores=form.scores(), comment=form.cleaned_data["comment"], by=request.user
        )
    except reviewing.ReviewClosed as error:
        return JsonResponse({"error": str(error)}, status=409)
    return JsonResponse({"saved_at": saved.saved_at.isoformat()})


@login_required
@require_POST
def conflict(request: SignedInRequest, pk: int) -> HttpResponse:
    found, form = _mine(request, pk), ConflictForm(request.POST)
    if not form.is_valid():
        return _page(request, found, ScoresForm(review=found), form)
    try:
        reviewing.declare_conflict(review=found, by=request.user, **form.cleaned_data)
    except reviewing.ReviewClosed as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Thank you. Somebody else will review this application."))
    return redirect("calls:reviews")
