"""Badges for everybody who took part in a programme: given to many at once, and taken back one by one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.accounts import roles
from bridgehead.certification import queries
from bridgehead.certification.actions.badges import NoPart, give_badges, revoke_badge
from bridgehead.certification.actions.signing import NoKey
from bridgehead.certification.forms import TakeBackForm


@login_required
def badges(request: HttpRequest, slug: str) -> HttpResponse:
    """Who took part and who has a badge; the form gives one to everybody who is ticked."""
    programme = get_object_or_404(queries.programmes_with_badges(request.user), slug=slug)
    may_give = queries.programmes_with_badges(request.user, roles.CERTIFICATION_WORK)
    gives = may_give.filter(pk=programme.pk).exists()
    if request.method == "POST":
        found = get_object_or_404(may_give, slug=slug)
        ticked = [pk for pk in request.POST.getlist("award") if pk.isdecimal()]
        _give(request, queries.participants(found).filter(pk__in=ticked))
        return redirect("certification:badges", slug)
    context = {
        "programme": programme,
        "page_code": "badges",
        "awards": queries.participants(programme),
        "gives": gives,
    }
    return render(request, "certification/badges.html", context)


def _give(request: HttpRequest, awards) -> None:
    try:
        given = give_badges(awards=awards, by=request.user)
    except (NoPart, NoKey) as error:
        messages.error(request, str(error))
        return
    if given:
        words = ngettext("%(n)s badge was given.", "%(n)s badges were given.", len(given))
        messages.success(request, words % {"n": len(given)})
    else:
        messages.info(request, _("Tick who is to get a badge."))


@login_required
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """With a reason, since whoever checks the badge sees that it was withdrawn."""
    programmes = queries.programmes_with_badges(request.user, roles.CERTIFICATION_WORK)
    badge = get_object_or_404(queries.badges().filter(award__programme__in=programmes), award=pk)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        revoke_badge(badge=badge, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The badge was withdrawn."))
        return redirect("certification:badges", badge.award.programme.slug)
    context = {"badge": badge, "form": form, "programme": badge.award.programme, "page_code": "badges"}
    return render(request, "certification/badge_take_back.html", context, status=422 if form.errors else 200)
