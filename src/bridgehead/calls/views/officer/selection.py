"""The committee's page: the ranking with its reasons, changes, the mails to be, the release, the paper."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead import documents
from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls import paper
from bridgehead.calls.actions import deciding
from bridgehead.calls.actions.telling import Letter, outcome_letter
from bridgehead.calls.explaining import sentences
from bridgehead.calls.forms.officer import ChangeForm, ReasonForm
from bridgehead.calls.models import Award, Call, Decision
from bridgehead.calls.queries import ranking
from bridgehead.calls.views.officer.access import frame, the_call
from bridgehead.programmes.queries import programmes_visible_to


@login_required
def selection(request: SignedInRequest, slug: str) -> HttpResponse:
    return _page(request, the_call(request, slug, roles.APPLICATION_VIEW))


def _page(request: SignedInRequest, call: Call, *, error: str = "") -> HttpResponse:
    seats = ranking.seats_of(call)
    awards = {award.application_id: award for award in Award.objects.filter(application__call=call)}
    rows = [
        {"seat": seat, "why": sentences(seat.reasons), "award": awards.get(seat.application.pk)}
        for seat in seats
    ]
    decided = bool(seats) and seats[0].decision is not None
    context = {
        **frame(request, call, "selection", "selection"),
        "rows": rows,
        "ineligible": ranking.ineligible(call),
        "unreviewed": [] if decided else ranking.ranking_of(call).unreviewed,
        "decided": decided,
        "obstacles": [] if call.released_at else ranking.obstacles(call),
        "selected": sum(seat.outcome == "selected" for seat in seats),
        "reserved": sum(seat.outcome == "reserved" for seat in seats),
        "error": error,
    }
    return render(request, "calls/officer/selection.html", context, status=422 if error else 200)


@login_required
@require_POST
def decide(request: SignedInRequest, slug: str) -> HttpResponse:
    call = the_call(request, slug, roles.DECIDE)
    try:
        deciding.decide(call=call, by=request.user)
    except (deciding.NotReady, deciding.AlreadyReleased) as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            _(
                "The decisions are written down and still hidden. Change what the committee changes, then release them."
            ),
        )
    return redirect("calls:desk_selection", slug)


@login_required
def change(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    call = the_call(request, slug, roles.DECIDE)
    decisions = Decision.objects.select_related("application__call", "application__firm")
    decision = get_object_or_404(decisions, pk=pk, application__call=call)
    form = ChangeForm(request.POST or None, initial={"outcome": decision.outcome})
    if form.is_bound and form.is_valid():
        try:
            deciding.change_decision(decision=decision, by=request.user, **form.cleaned_data)
        except (deciding.NoPlaceLeft, deciding.NotRanked, deciding.AlreadyReleased) as error:
            form.add_error("outcome", str(error))
        else:
            messages.success(request, _("Changed; the reason is kept with the decision."))
            return redirect("calls:desk_selection", slug)
    context: dict[str, Any] = {
        **frame(request, call, "selection", "selection"),
        "decision": decision,
        "form": form,
        "why": sentences(decision.reasons),
    }
    return render(request, "calls/officer/change.html", context, status=422 if form.is_bound else 200)


def _rendered(letter: Letter) -> dict[str, str]:
    with translation.override(letter.language):
        text = render_to_string(letter.template, dict(letter.context))
    subject, _blank, body = text.strip().partition("\n")
    return {"to": letter.to, "language": letter.language, "subject": subject, "body": body.strip()}


@login_required
def mails(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every mail the release will send, word for word."""
    call = the_call(request, slug, roles.DECIDE)
    decisions = (
        Decision.objects.filter(application__call=call)
        .select_related("application__firm", "application__applicant", "application__call__programme__host")
        .order_by("rank")
    )
    letters = [
        {"decision": decision, **_rendered(outcome_letter(decision.application, decision))}
        for decision in decisions
    ]
    context = {
        **frame(request, call, "selection", "selection"),
        "letters": letters,
        "without_address": sum(not letter["to"] for letter in letters),
    }
    return render(request, "calls/officer/mails.html", context)


@login_required
@require_POST
def release(request: SignedInRequest, slug: str) -> HttpResponse:
    call = the_call(request, slug, roles.DECIDE)
    try:
        deciding.release(call=call, by=request.user)
    except (deciding.NotReady, deciding.AwardExists, deciding.AlreadyReleased) as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("Released: every firm has been told. Next: accepted places become stands.")
        )
    return redirect("calls:desk_selection", slug)


@login_required
def download(request: SignedInRequest, slug: str) -> HttpResponse:
    """The committee's paper."""
    call = the_call(request, slug, roles.APPLICATION_VIEW)
    wanted = request.GET.get("format", "hwpx")
    if wanted not in paper.FORMATS:
        raise Http404
    language: documents.blocks.Language = "en" if translation.get_language() == "en" else "ko"
    data = documents.render(paper.build(call, language), wanted)
    response = HttpResponse(data, content_type=documents.CONTENT_TYPES[wanted])
    response["Content-Disposition"] = f'attachment; filename="{call.slug}-paper.{wanted}"'
    return response


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
            promoted = deciding.withdraw_award(award=award, by=request.user, **form.cleaned_data)
        except deciding.AwardOver as error:
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
    context = {
        **frame(request, call, "selection", "selection"),
        "award": award,
        "form": form,
    }
    return render(request, "calls/officer/withdraw.html", context, status=422 if form.is_bound else 200)
