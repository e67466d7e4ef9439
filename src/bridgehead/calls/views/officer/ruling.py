"""Rules of eligibility of a call that is being written, and overruling one for an application."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls.actions import ruling
from bridgehead.calls.forms.officer import ReasonForm
from bridgehead.calls.forms.officer.rules import FORMS
from bridgehead.calls.models import Award, Call, EligibilityRule
from bridgehead.calls.queries.eligibility import rules_in_words
from bridgehead.calls.views.officer.access import the_application
from bridgehead.calls.views.officer.builder import builder_frame, closed, editable
from bridgehead.programmes.queries import programmes_visible_to


@login_required
def eligibility(request: SignedInRequest, slug: str) -> HttpResponse:
    call = editable(request, slug)
    if call.published_at:
        return closed(request, call)
    context = {
        **builder_frame(call.programme, call, "eligibility"),
        "rules": rules_in_words(call),
        "kinds": EligibilityRule.Kind.choices,
    }
    return render(request, "calls/officer/step_eligibility.html", context)


@login_required
def add(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    call = editable(request, slug)
    if kind not in FORMS:
        raise Http404
    if call.published_at:
        return closed(request, call)
    form = FORMS[kind](request.POST or None, call=call)
    if form.is_bound and form.is_valid():
        ruling.add_rule(call=call, kind=kind, parameters=form.parameters(), by=request.user)
        messages.success(request, _("Applicants are checked against this rule while they write."))
        return redirect("calls:desk_eligibility", slug)
    return _rule_page(request, call, form, str(EligibilityRule.Kind(kind).label))


@login_required
def edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    call = editable(request, slug)
    if call.published_at:
        return closed(request, call)
    rule = get_object_or_404(call.eligibility_rules, pk=pk)
    form = FORMS[rule.kind](request.POST or None, call=call, initial=rule.parameters)
    if form.is_bound and form.is_valid():
        ruling.edit_rule(rule=rule, parameters=form.parameters(), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("calls:desk_eligibility", slug)
    return _rule_page(request, call, form, rule.get_kind_display())


def _rule_page(request: SignedInRequest, call: Call, form: object, title: str) -> HttpResponse:
    context = {**builder_frame(call.programme, call, "eligibility"), "form": form, "rule_title": title}
    status = 422 if request.method == "POST" else 200
    return render(request, "calls/officer/step_rule.html", context, status=status)


@login_required
@require_POST
def remove(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    call = editable(request, slug)
    if call.published_at:
        return closed(request, call)
    ruling.remove_rule(rule=get_object_or_404(call.eligibility_rules, pk=pk), by=request.user)
    return redirect("calls:desk_eligibility", slug)


@login_required
def overrule(request: SignedInRequest, pk: int, rule: int) -> HttpResponse:
    application = the_application(request, pk, roles.DECIDE)
    found = get_object_or_404(application.call.eligibility_rules, pk=rule)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            ruling.overrule(application=application, rule=found, by=request.user, **form.cleaned_data)
        except ruling.NotInTheWay as error:
            messages.info(request, str(error))
        else:
            messages.success(
                request, _("The rule is overruled for this application; the reason is on record.")
            )
        return redirect("calls:desk_application", pk)
    context = {
        "programme": application.call.programme,
        "page_code": "applications",
        "call": application.call,
        "application": application,
        "rule": next(words for words in rules_in_words(application.call) if words.rule == found),
        "form": form,
    }
    return render(request, "calls/officer/overrule.html", context, status=422 if form.is_bound else 200)


@login_required
def excuse(request: SignedInRequest, pk: int) -> HttpResponse:
    """A place given up for good reasons is not held against the firm later."""
    programmes = programmes_visible_to(request.user, roles.DECIDE)
    award = get_object_or_404(
        Award.objects.select_related("application__call").filter(
            programme__in=programmes, state=Award.State.WITHDRAWN
        ),
        pk=pk,
    )
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        ruling.excuse_withdrawal(award=award, by=request.user, **form.cleaned_data)
        messages.success(request, _("The withdrawal is excused; the reason is on record."))
        if award.application:
            return redirect("calls:desk_selection", award.application.call.slug)
        return redirect("calls:programme_applications", award.programme.slug)
    context = {"programme": award.programme, "page_code": "applications", "award": award, "form": form}
    return render(request, "calls/officer/excuse.html", context, status=422 if form.is_bound else 200)
