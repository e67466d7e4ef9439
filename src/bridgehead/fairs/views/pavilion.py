"""The pavilion on the desk: its plan, its stands, and who stands where."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.fairs import actions, plan, queries, rules
from bridgehead.fairs.forms import ArrangeForm, FillForm, PavilionForm, StandForm
from bridgehead.fairs.models import Pavilion, Stand
from bridgehead.programmes.models import Programme
from bridgehead.programmes.queries import programmes_visible_to


def _programme(request: HttpRequest, slug: str, permission: str) -> Programme:
    return get_object_or_404(programmes_visible_to(request.user, permission), slug=slug)


def _pavilion(request: HttpRequest, slug: str) -> Pavilion:
    """The pavilion of a programme this person may edit."""
    pavilions = queries.pavilions_visible_to(request.user, roles.EDIT).select_related("programme__host")
    return get_object_or_404(pavilions, programme__slug=slug)


@login_required
def pavilion(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, _programme(request, slug, roles.VIEW))


def _page(request: HttpRequest, programme: Programme, arrange: ArrangeForm | None = None) -> HttpResponse:
    found = queries.pavilion_of(programme)
    context: dict[str, Any] = {
        "programme": programme,
        "page_code": "pavilion",
        "pavilion": found,
        "may_edit": programmes_visible_to(request.user, roles.EDIT).filter(pk=programme.pk).exists(),
    }
    if found:
        stands = list(queries.stands_of(found))
        context |= {
            "stands": stands,
            "plan": plan.draw(found, stands),
            "without_stand": queries.without_stand(programme),
            "taken": sum((stand.area for stand in stands), Decimal(0)),
            "arrange": arrange or ArrangeForm(pavilion=found),
            "fill": FillForm(),
        }
    return render(request, "fairs/pavilion.html", context, status=422 if arrange else 200)


@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Create the pavilion, or change its measures."""
    programme = _programme(request, slug, roles.EDIT)
    instance = queries.pavilion_of(programme) or Pavilion(programme=programme)
    form = PavilionForm(request.POST or None, instance=instance)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_pavilion(pavilion=form.save(commit=False), by=request.user)
        except actions.DoesNotFit as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The pavilion was saved. Next: draw its stands."))
            return redirect("fairs:pavilion", programme.slug)
    return _form(request, programme, form, _("Pavilion"))


def _form(
    request: HttpRequest, programme: Programme, form: forms.BaseForm, title: str, stand: Stand | None = None
) -> HttpResponse:
    context = {
        "programme": programme,
        "page_code": "pavilion",
        "form": form,
        "title": title,
        "stand": stand,
    }
    return render(request, "fairs/form.html", context, status=422 if form.errors else 200)


@login_required
def stand(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Draw a stand, or move one."""
    pavilion = _pavilion(request, slug)
    drawn = list(queries.stands_of(pavilion))
    old = get_object_or_404(queries.stands_of(pavilion), pk=pk) if pk else None
    instance = old or Stand(pavilion=pavilion, code=rules.next_codes([one.code for one in drawn], 1)[0])
    instance.pavilion = pavilion
    form = StandForm(request.POST or None, instance=instance)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_stand(stand=form.save(commit=False), by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        except (actions.DoesNotFit, actions.StandsOverlap, actions.WrongAward) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The stand was saved."))
            return redirect("fairs:pavilion", slug)
    title = _("Stand %(code)s") % {"code": old.code} if old else _("New stand")
    return _form(request, pavilion.programme, form, title, old)


@login_required
@require_POST
def remove_stand(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    pavilion = _pavilion(request, slug)
    actions.remove_stand(stand=get_object_or_404(queries.stands_of(pavilion), pk=pk), by=request.user)
    messages.success(request, _("The stand was removed."))
    return redirect("fairs:pavilion", slug)


@login_required
def fill(request: HttpRequest, slug: str) -> HttpResponse:
    """Fill an empty pavilion with equal stands."""
    pavilion = _pavilion(request, slug)
    form = FillForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.fill(pavilion=pavilion, by=request.user, **form.cleaned_data)
        except (actions.DoesNotFit, actions.StandsOverlap) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The stands were drawn. Next: say who stands where."))
            return redirect("fairs:pavilion", slug)
    return _form(request, pavilion.programme, form, _("Fill with equal stands"))


@login_required
@require_POST
def arrange(request: HttpRequest, slug: str) -> HttpResponse:
    pavilion = _pavilion(request, slug)
    form = ArrangeForm(request.POST, pavilion=pavilion)
    if form.is_valid():
        try:
            changed = actions.arrange(pavilion=pavilion, places=form.places(), by=request.user)
        except actions.WrongAward as error:
            form.add_error(None, str(error))
        else:
            said = ngettext("%(n)s stand changed hands.", "%(n)s stands changed hands.", changed)
            messages.success(request, said % {"n": changed})
            return redirect("fairs:pavilion", slug)
    return _page(request, _programme(request, slug, roles.EDIT), form)


@login_required
@require_POST
def assign_remaining(request: HttpRequest, slug: str) -> HttpResponse:
    seated = len(actions.assign_remaining(pavilion=_pavilion(request, slug), by=request.user))
    said = ngettext("%(n)s firm was given a stand.", "%(n)s firms were given a stand.", seated) % {
        "n": seated
    }
    messages.success(request, said)
    return redirect("fairs:pavilion", slug)
