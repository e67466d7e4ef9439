"""The list of programmes, and the form that makes or changes one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.kit import clock
from bridgehead.organisations.models import Host
from bridgehead.programmes import actions
from bridgehead.programmes.forms import FairEditionForm, ProgrammeFilter, ProgrammeForm
from bridgehead.programmes.models import Programme
from bridgehead.programmes.queries import hosts_edited_by, programmes_visible_to

PER_PAGE = 25


@login_required
def programmes(request: SignedInRequest) -> HttpResponse:
    visible = programmes_visible_to(request.user)
    years = sorted(set(visible.values_list("starts_on__year", flat=True)), reverse=True)
    hosts = Host.objects.filter(programmes__in=visible).distinct()
    form = ProgrammeFilter(request.GET, hosts=hosts, years=years)
    page = Paginator(_filtered(visible, form), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "filtered": any(form.data.get(name) for name in form.fields),
        "may_create": hosts_edited_by(request.user).exists(),
        "today": clock.today(),
    }
    return render(request, "programmes/list.html", context)


def _filtered(programmes: QuerySet[Programme], form: ProgrammeFilter) -> QuerySet[Programme]:
    form.is_valid()
    wanted = form.cleaned_data
    if words := wanted.get("q"):
        programmes = programmes.filter(
            Q(title_ko__icontains=words)
            | Q(title_en__icontains=words)
            | Q(slug__icontains=words)
            | Q(edition__name__icontains=words)
            | Q(edition__city__icontains=words)
        )
    if wanted.get("year"):
        programmes = programmes.filter(starts_on__year=int(wanted["year"]))
    if wanted.get("host"):
        programmes = programmes.filter(host=wanted["host"])
    if wanted.get("kind"):
        programmes = programmes.filter(kind=wanted["kind"])
    return programmes.order_by("-starts_on", "slug")


@login_required
def new_programme(request: SignedInRequest) -> HttpResponse:
    if not hosts_edited_by(request.user).exists():
        raise Http404
    return _programme_form(request, Programme(), creating=True)


@login_required
def edit_programme(request: SignedInRequest, slug: str) -> HttpResponse:
    programme = get_object_or_404(programmes_visible_to(request.user, roles.EDIT), slug=slug)
    return _programme_form(request, programme, creating=False)


def _programme_form(request: SignedInRequest, programme: Programme, *, creating: bool) -> HttpResponse:
    data = request.POST or None
    form = ProgrammeForm(data, instance=programme, by=request.user)
    edition_form = FairEditionForm(data, prefix="new_edition")
    if data is not None and form.is_valid() and edition_form.is_valid():
        saved = _save(request, form, edition_form, creating)
        messages.success(
            request,
            _("The programme was created. Next: the call for applications.")
            if creating
            else _("The programme was changed."),
        )
        return (
            redirect("portal:cockpit", saved.slug)
            if creating
            else redirect("programmes:settings", saved.slug)
        )
    context = {
        "form": form,
        "edition_form": edition_form,
        "creating": creating,
        "programme": programme,
        "page_code": "settings",
        "edition_open": bool(edition_form.has_changed()),
    }
    template = "programmes/new.html" if creating else "programmes/edit.html"
    return render(request, template, context, status=422 if data is not None else 200)


@transaction.atomic
def _save(
    request: SignedInRequest, form: ProgrammeForm, edition_form: FairEditionForm, creating: bool
) -> Programme:
    fields: dict[str, Any] = dict(form.cleaned_data)
    if edition_form.has_changed():
        fields["edition"] = actions.create_fair_edition(by=request.user, **edition_form.cleaned_data)
    if creating:
        return actions.create_programme(by=request.user, **fields)
    unchanged = Programme.objects.select_related("host").get(pk=form.instance.pk)
    return actions.edit_programme(programme=unchanged, by=request.user, **fields)
