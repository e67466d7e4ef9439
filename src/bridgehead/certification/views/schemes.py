"""Editing a scheme: a draft version whose criteria and limits change until it is put in force."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.certification import queries
from bridgehead.certification.actions import schemes as actions
from bridgehead.certification.forms import CriterionForm, LimitForm
from bridgehead.certification.models import Criterion, Limit, Scheme


@login_required
def scheme(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(queries.schemes_visible_to(request.user), slug=slug)
    version = found.versions.first()
    may_edit = queries.schemes_visible_to(request.user, roles.SCHEME_EDIT).filter(pk=found.pk).exists()
    context = {
        "scheme": found,
        "version": version,
        "criteria": queries.criteria_of(version) if version else [],
        "may_edit": may_edit,
        "is_draft": version is not None and version.published_at is None,
    }
    return render(request, "certification/desk_scheme.html", context)


def _editable(request: HttpRequest, slug: str) -> Scheme:
    return get_object_or_404(queries.schemes_visible_to(request.user, roles.SCHEME_EDIT), slug=slug)


@login_required
@require_POST
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    actions.begin_version(scheme=_editable(request, slug), by=request.user)
    messages.success(request, _("A new version was begun as a copy. Change it, then put it in force."))
    return redirect("certification:desk_scheme", slug)


@login_required
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    version = _editable(request, slug).versions.first()
    try:
        if version:
            actions.publish_version(version=version, changes=request.POST.get("changes", ""), by=request.user)
    except actions.Published as error:
        messages.info(request, str(error))
    else:
        messages.success(request, _("The version is in force for new cases."))
    return redirect("certification:desk_scheme", slug)


@login_required
def criterion(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_criteria(request), pk=pk)
    return _edit(request, CriterionForm(request.POST or None, instance=found), found)


@login_required
def limit_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_criteria(request), pk=pk)
    return _edit(request, LimitForm(request.POST or None, instance=Limit(criterion=found)), found)


@login_required
def limit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Limit.objects.filter(criterion__in=_criteria(request)), pk=pk)
    return _edit(request, LimitForm(request.POST or None, instance=found), found.criterion)


@login_required
@require_POST
def limit_remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Limit.objects.filter(criterion__in=_criteria(request)), pk=pk)
    try:
        actions.remove_part(part=found, by=request.user)
    except actions.Published as error:
        messages.error(request, str(error))
    return redirect("certification:desk_scheme", found.criterion.version.scheme.slug)


def _criteria(request: HttpRequest):
    schemes = queries.schemes_visible_to(request.user, roles.SCHEME_EDIT)
    return Criterion.objects.filter(version__scheme__in=schemes).select_related("version__scheme__host")


def _edit(request: HttpRequest, form: ModelForm, criterion: Criterion) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_part(part=form.save(commit=False), by=request.user)
        except (actions.Published, ValidationError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("certification:desk_scheme", criterion.version.scheme.slug)
    context = {"form": form, "criterion": criterion, "scheme": criterion.version.scheme}
    return render(request, "certification/scheme_part.html", context, status=422 if form.errors else 200)
