"""Hosted-buyer conditions: what an officer offers, and whether both sides kept to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from bridgehead.matchmaking.actions import directory as changes
from bridgehead.matchmaking.directory import kept_to
from bridgehead.matchmaking.forms import GivenForm, HostingForm
from bridgehead.matchmaking.models import Hosting, Party
from bridgehead.matchmaking.views.desk import editable_forum


@login_required
def hosting(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    forum = editable_forum(request, slug)
    buyers = forum.parties.filter(side=Party.Side.BUYER).select_related("organisation")
    party = get_object_or_404(buyers, pk=pk)
    party.forum = forum
    offered = Hosting.objects.filter(party=party).first()
    names = ("travel", "nights", "must_attend")
    initial = {name: getattr(offered, name) for name in names} if offered else {}
    giving = request.method == "POST" and "given" in request.POST
    form = HostingForm(
        request.POST if request.method == "POST" and not giving else None,
        initial={**initial, "guaranteed_meetings": party.guaranteed_meetings},
    )
    given = GivenForm(
        request.POST if giving else None,
        initial={"travel_given": offered.travel_given, "nights_given": offered.nights_given}
        if offered
        else None,
    )
    if giving and offered and given.is_valid():
        changes.record_hosting(hosting=offered, by=request.user, **given.cleaned_data)
        messages.success(request, _("Recorded."))
        return redirect("matchmaking:hosting", slug, pk)
    if request.method == "POST" and not giving and form.is_valid():
        changes.offer_hosting(party=party, by=request.user, **form.cleaned_data)
        messages.success(
            request, _("Offered. %(buyer)s sees it by its link and answers there.") % {"buyer": party}
        )
        return redirect("matchmaking:hosting", slug, pk)
    context = {
        "programme": forum.programme,
        "page_code": "matchmaking",
        "party": party,
        "hosting": offered,
        "form": form,
        "given": given,
        "account": kept_to(party, offered) if offered else None,
    }
    status = 422 if form.is_bound or given.is_bound else 200
    return render(request, "matchmaking/hosting.html", context, status=status)
