"""A reviewer's pages: what was assigned, and nothing else."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls import rules
from bridgehead.calls.actions import declaring, reviewing
from bridgehead.calls.forms.reviewer import ConflictForm, DeclarationForm, ScoresForm
from bridgehead.calls.models import Review, ReviewerProfile
from bridgehead.calls.queries.appearing import order_of
from bridgehead.calls.queries.reviewing import (
    Desk,
    colleagues_on,
    desks_of,
    own_distribution,
    readings_at,
    reviews_of,
    sheet_of,
)

PER_PAGE = 24
MOST_COMPARED = 3


def _mine(request: SignedInRequest, pk: int) -> Review:
    return get_object_or_404(reviews_of(request.user), pk=pk)


def _profile(request: SignedInRequest) -> ReviewerProfile | None:
    return ReviewerProfile.objects.filter(user=request.user).first()


def _has_declared(request: SignedInRequest) -> bool:
    profile = _profile(request)
    return profile is not None and rules.declaration_counts(profile.declared_at)


def _to_declaration(request: SignedInRequest) -> HttpResponse:
    return redirect(f"{reverse('calls:declaration')}?{urlencode({'next': request.get_full_path()})}")


@login_required
@require_safe
def reviews(request: SignedInRequest) -> HttpResponse:
    desks = desks_of(request.user)
    chosen = next((desk for desk in desks if str(desk.stage.pk) == request.GET.get("desk")), None)
    chosen = chosen or next(iter(desks), None)
    context = {"desks": desks, "desk": chosen, "declared": _has_declared(request)}
    return render(
        request, "calls/reviewer/reviews.html", {**context, **(_listed(request, chosen) if chosen else {})}
    )


def _listed(request: SignedInRequest, desk: Desk) -> dict[str, object]:
    state, q = request.GET.get("state", ""), request.GET.get("q", "").strip()
    found = readings_at(request.user, desk)
    if state in Review.State.values:
        found = found.filter(state=state)
    if q:
        found = found.filter(application__number__icontains=q)
    tabs = [
        ("", _("All"), desk.total),
        (Review.State.ASSIGNED, pgettext("review", "to do"), desk.todo),
        (Review.State.DONE, _("done"), None),
    ]
    return {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "tabs": [
            {
                "label": label,
                "url": f"?desk={desk.stage.pk}&state={code}",
                "current": code == state,
                "count": count,
            }
            for code, label, count in tabs
        ],
        "state": state,
        "q": q,
        "bars": own_distribution(request.user, desk.stage),
        "order": order_of(desk.stage),
    }


@login_required
def declaration(request: SignedInRequest) -> HttpResponse:
    """Asked for before the first reading, and once a year."""
    profile = _profile(request)
    form = DeclarationForm(request.POST or None, profile=profile)
    if request.method == "POST" and form.is_valid():
        declaring.declare(by=request.user, **form.declared())
        messages.success(request, _("Thank you. Your declaration was saved."))
        target = request.GET.get("next", "")
        safe = url_has_allowed_host_and_scheme(
            target, {request.get_host()}, require_https=request.is_secure()
        )
        return redirect(target if safe else "calls:reviews")
    context = {"form": form, "profile": profile}
    status = 422 if form.is_bound else 200
    return render(request, "calls/reviewer/declaration.html", context, status=status)


@login_required
@require_safe
def compare(request: SignedInRequest) -> HttpResponse:
    """Two or three of one's own readings side by side, question by question."""
    wanted = [int(pk) for pk in request.GET.getlist("review") if pk.isdigit()][:MOST_COMPARED]
    mine = reviews_of(request.user).prefetch_related("scores").filter(pk__in=wanted)
    found = sorted(mine, key=lambda one: wanted.index(one.pk))
    if not _has_declared(request):
        return _to_declaration(request)
    if len(found) < 2 or len({one.stage_id for one in found}) > 1:
        messages.info(request, _("Choose two or three applications of one stage to compare."))
        return redirect("calls:reviews")
    return render(request, "calls/reviewer/compare.html", {**_side_by_side(found), "reviews": found})


def _side_by_side(found: list[Review]) -> dict[str, object]:
    sheets = [{row.question.key: row for row in sheet_of(one)} for one in found]
    labels = {key: row.label for sheet in sheets for key, row in sheet.items()}
    stage = found[0].stage
    given = [{score.criterion_id: score for score in one.scores.all()} for one in found]
    return {
        "stage": stage,
        "call": found[0].application.call,
        "questions": [
            (label, [(one, sheet.get(key)) for one, sheet in zip(found, sheets, strict=True)])
            for key, label in labels.items()
        ],
        "criteria": [(one, [scores.get(one.pk) for scores in given]) for one in stage.criteria.all()],
    }


def _locked(found: Review) -> bool:
    over = found.application.call.released_at or found.stage.closed_at
    return found.state != Review.State.ASSIGNED or over is not None


@login_required
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """Reading and scoring on one page; sending it hands the scores in for good."""
    found = _mine(request, pk)
    if not _has_declared(request):
        return _to_declaration(request)
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
    following = _following(request, found) if "next" in request.POST else None
    if following:
        return redirect("calls:review", following.pk)
    return redirect(f"{reverse('calls:reviews')}?desk={found.stage_id}")


def _following(request: SignedInRequest, found: Review) -> Review | None:
    waiting = reviews_of(request.user).filter(state=Review.State.ASSIGNED, stage=found.stage_id)
    return waiting.exclude(pk=found.pk).order_by("application__number").first()


def _page(
    request: SignedInRequest, found: Review, form: ScoresForm, conflict_form: ConflictForm
) -> HttpResponse:
    call = found.application.call
    context = {
        "review": found,
        "call": call,
        "application": found.application,
        "firm": None if call.blind else found.application.firm,
        "answers": sheet_of(found),
        "form": form,
        "conflict_form": conflict_form,
        "locked": _locked(found),
        "colleagues": colleagues_on(found) if found.state == Review.State.DONE else [],
        "following": _following(request, found),
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
