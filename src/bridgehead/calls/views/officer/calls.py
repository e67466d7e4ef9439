"""The calls of a programme, one call with its dates, and what is done to it as a whole."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.audit.queries import entries_about
from bridgehead.calls.actions import copying, editing
from bridgehead.calls.forms.officer import ExtendForm
from bridgehead.calls.queries.eligibility import rules_in_words
from bridgehead.calls.queries.officer import (
    calls_of,
    calls_visible_to,
    missing_for_publication,
    quotas_in_words,
    state_counts,
)
from bridgehead.calls.views.officer.access import frame, the_call
from bridgehead.kit.clock import with_zone
from bridgehead.programmes.queries import programmes_visible_to


@login_required
def calls(request: SignedInRequest, slug: str) -> HttpResponse:
    programme = get_object_or_404(programmes_visible_to(request.user), slug=slug)
    context = {
        "programme": programme,
        "page_code": "calls",
        "calls": calls_of(programme),
        "now": timezone.now(),
        "may_edit": programmes_visible_to(request.user, roles.CALL_EDIT).filter(pk=programme.pk).exists(),
    }
    return render(request, "calls/officer/calls.html", context)


def _of_programme(
    request: SignedInRequest, slug: str, permission: str, page_code: str, url_name: str
) -> HttpResponse:
    """A programme's page of applications or selection: its one call's page, or a choice between several."""
    programme = get_object_or_404(programmes_visible_to(request.user, permission), slug=slug)
    rows = list(calls_of(programme))
    if len(rows) == 1:
        return redirect(url_name, rows[0].slug)
    context = {"programme": programme, "page_code": page_code, "calls": rows, "url_name": url_name}
    return render(request, "calls/officer/choose_call.html", context)


@login_required
def applications_of_programme(request: SignedInRequest, slug: str) -> HttpResponse:
    return _of_programme(request, slug, roles.APPLICATION_VIEW, "applications", "calls:desk_applications")


@login_required
def selection_of_programme(request: SignedInRequest, slug: str) -> HttpResponse:
    return _of_programme(request, slug, roles.APPLICATION_VIEW, "selection", "calls:desk_selection")


@login_required
def call(request: SignedInRequest, slug: str) -> HttpResponse:
    return _call_page(request, the_call(request, slug, roles.VIEW), ExtendForm())


def _call_page(request: SignedInRequest, the_call: Any, extend_form: ExtendForm) -> HttpResponse:
    counts = state_counts(the_call)
    may_edit = calls_visible_to(request.user, roles.CALL_EDIT).filter(pk=the_call.pk).exists()
    context = {
        **frame(request, the_call, "calls", "call"),
        "now": timezone.now(),
        "received": sum(counts.values()),
        "missing": [] if the_call.published_at else missing_for_publication(the_call),
        "may_edit": may_edit,
        "extend_form": extend_form,
        "history": entries_about(the_call)[:20],
        "stages": the_call.stages.prefetch_related("criteria", "reviewers"),
        "rules": rules_in_words(the_call),
        "quotas": quotas_in_words(the_call),
        "bonuses": the_call.bonuses.all(),
    }
    with timezone.override(the_call.zone):
        return render(
            request, "calls/officer/call.html", context, status=422 if extend_form.is_bound else 200
        )


@login_required
@require_POST
def publish(request: SignedInRequest, slug: str) -> HttpResponse:
    found = the_call(request, slug, roles.CALL_EDIT)
    try:
        editing.publish_call(call=found, by=request.user)
    except editing.NotComplete as error:
        messages.error(request, str(error))
        return redirect("calls:desk_preview", slug)
    except editing.CallPublished:
        messages.info(request, _("The call had already been published."))
    else:
        messages.success(request, _("The call is published. Firms can apply from the opening moment on."))
    return redirect("calls:desk_call", slug)


@login_required
@require_POST
def extend(request: SignedInRequest, slug: str) -> HttpResponse:
    found = the_call(request, slug, roles.CALL_EDIT)
    with timezone.override(found.zone):
        form = ExtendForm(request.POST)
        if not form.is_valid():
            return _call_page(request, found, form)
    try:
        extended = editing.extend_deadline(call=found, by=request.user, **form.cleaned_data)
    except editing.NotLater as error:
        form.add_error("closes_at", str(error))
        return _call_page(request, found, form)
    moment = with_zone(extended.closes_at, found.zone)
    messages.success(request, _("The deadline is now %(moment)s.") % {"moment": moment})
    return redirect("calls:desk_call", slug)


@login_required
@require_POST
def copy(request: SignedInRequest, slug: str) -> HttpResponse:
    found = the_call(request, slug, roles.CALL_EDIT)
    made = copying.copy_call(call=found, programme=found.programme, by=request.user)
    messages.success(
        request, _("Here is the copy. Check its dates first; nobody sees it until you publish it.")
    )
    return redirect("calls:desk_basics", made.slug)
