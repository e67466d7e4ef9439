"""The letters of the release: the office's own words, and every mail as it will be sent."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls.actions import deciding, lettering
from bridgehead.calls.actions.telling import Message, letters_for, own_letter
from bridgehead.calls.forms.selecting import LetterForm
from bridgehead.calls.letterfields import FIELDS
from bridgehead.calls.models import Call, Decision, Letter
from bridgehead.calls.queries.letters import example_for, letters_to_be
from bridgehead.calls.views.officer.access import frame, the_call

PAGE = 20


def rendered(message: Message) -> dict[str, str]:
    with translation.override(message.language):
        text = render_to_string(message.template, dict(message.context))
    subject, _blank, body = text.strip().partition("\n")
    return {"to": message.to, "language": message.language, "subject": subject, "body": body.strip()}


@login_required
def mails(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every mail the release will send, word for word."""
    call = the_call(request, slug, roles.DECIDE)
    own = letters_for(call)
    page = Paginator(letters_to_be(call), PAGE).get_page(request.GET.get("page"))
    letters = [{"decision": decision, **rendered(own.outcome(decision))} for decision in page]
    context = {
        **frame(request, call, "selection", "selection"),
        "page": page,
        "letters": letters,
        "without_address": sum(not letter["to"] for letter in letters),
        "outcomes": Decision.Outcome.choices,
        "own": own.own,
    }
    return render(request, "calls/officer/mails.html", context)


@login_required
def letter(request: SignedInRequest, slug: str, outcome: str) -> HttpResponse:
    """Write it, see it with a real application, keep it. What was typed stays when a field in it is unknown."""
    call = the_call(request, slug, roles.DECIDE)
    if outcome not in Decision.Outcome.values:
        raise Http404
    stored = call.letters.filter(outcome=outcome).first()
    form = LetterForm(request.POST or None, instance=stored or Letter(call=call, outcome=outcome))
    preview = None
    if form.is_bound and form.is_valid():
        try:
            lettering.check(form.texts())
            if "preview" not in request.POST:
                lettering.save_letter(call=call, outcome=outcome, texts=form.texts(), by=request.user)
                messages.success(request, _("The letter is kept. Read the mails before the release."))
                return redirect("calls:desk_mails", slug)
            preview = _preview(call, Letter(call=call, outcome=outcome, **form.texts()))
        except lettering.WrongField as error:
            form.add_error(error.field, str(error))
        except deciding.AlreadyReleased as error:
            form.add_error(None, str(error))
    context = {
        **frame(request, call, "selection", "selection"),
        "form": form,
        "stored": stored,
        "outcome": outcome,
        "outcome_label": Decision.Outcome(outcome).label,
        "fields": FIELDS.items(),
        "preview": preview,
    }
    bad = form.is_bound and bool(form.errors)
    return render(request, "calls/officer/selection/letter.html", context, status=422 if bad else 200)


def _preview(call: Call, wanted: Letter) -> dict[str, Any] | None:
    """With the first application of this outcome; none before there are decisions."""
    decision = example_for(call, wanted.outcome)
    return (
        {"decision": decision, **rendered(own_letter(decision, wanted))} if decision else {"decision": None}
    )


@login_required
@require_POST
def delete_letter(request: SignedInRequest, slug: str, outcome: str) -> HttpResponse:
    call = the_call(request, slug, roles.DECIDE)
    stored = get_object_or_404(call.letters.select_related("call__programme__host"), outcome=outcome)
    try:
        lettering.delete_letter(letter=stored, by=request.user)
    except deciding.AlreadyReleased as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The standard letter goes out."))
    return redirect("calls:desk_mails", slug)
