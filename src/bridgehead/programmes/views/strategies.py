"""What a host sets out to do: strategy → project → programme."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.organisations.queries import hosts_where
from bridgehead.programmes import actions
from bridgehead.programmes.forms import ProjectForm, StrategyForm
from bridgehead.programmes.models import Project, Strategy
from bridgehead.programmes.queries import hosts_edited_by, strategies_visible_to


@login_required
def strategies(request: SignedInRequest) -> HttpResponse:
    if not hosts_where(request.user, roles.VIEW).exists():
        raise Http404
    context = {
        "strategies": strategies_visible_to(request.user),
        "editable": set(hosts_edited_by(request.user).values_list("pk", flat=True)),
    }
    return render(request, "programmes/strategies.html", context)


def _form_page(request: SignedInRequest, form: BaseForm, title: str, lead: str = "") -> HttpResponse:
    context = {"form": form, "title": title, "lead": lead}
    return render(request, "programmes/strategy_form.html", context, status=422 if form.is_bound else 200)


def _done(request: SignedInRequest) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("programmes:strategies")


@login_required
def new_strategy(request: SignedInRequest) -> HttpResponse:
    if not hosts_edited_by(request.user).exists():
        raise Http404
    form = StrategyForm(request.POST or None, by=request.user)
    if form.is_bound and form.is_valid():
        actions.create_strategy(by=request.user, **form.cleaned_data)
        return _done(request)
    return _form_page(request, form, _("New strategy"))


@login_required
def edit_strategy(request: SignedInRequest, pk: int) -> HttpResponse:
    strategy = get_object_or_404(strategies_visible_to(request.user, roles.EDIT), pk=pk)
    return _rename(request, StrategyForm(request.POST or None, instance=strategy, by=request.user), strategy)


@login_required
def new_project(request: SignedInRequest, pk: int) -> HttpResponse:
    strategy = get_object_or_404(strategies_visible_to(request.user, roles.EDIT), pk=pk)
    form = ProjectForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.create_project(strategy=strategy, by=request.user, **form.cleaned_data)
        return _done(request)
    return _form_page(request, form, _("New project"), strategy.title)


@login_required
def edit_project(request: SignedInRequest, pk: int) -> HttpResponse:
    hosts = hosts_edited_by(request.user)
    projects = Project.objects.filter(strategy__host__in=hosts).select_related("strategy__host")
    project = get_object_or_404(projects, pk=pk)
    return _rename(request, ProjectForm(request.POST or None, instance=project), project)


def _rename(
    request: SignedInRequest, form: StrategyForm | ProjectForm, thing: Strategy | Project
) -> HttpResponse:
    old_order = thing.order
    if form.is_bound and form.is_valid():
        wanted = form.cleaned_data
        actions.rename(
            thing=type(thing).objects.get(pk=thing.pk),
            by=request.user,
            title_ko=wanted["title_ko"],
            title_en=wanted["title_en"],
            order=old_order if wanted["order"] is None else wanted["order"],
        )
        return _done(request)
    return _form_page(request, form, _("Edit strategy") if isinstance(thing, Strategy) else _("Edit project"))
