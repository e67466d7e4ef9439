"""The officer's matchmaking page: set-up, firms, buyers and their invitations."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.kit.clock import local_day
from bridgehead.matchmaking import actions
from bridgehead.matchmaking.forms import BuyerForm, ForumForm, PartyForm
from bridgehead.matchmaking.models import Forum, Party
from bridgehead.matchmaking.queries import firms_to_take_over, forums_visible_to, numbers_of, parties_of
from bridgehead.matchmaking.rules import is_late
from bridgehead.programmes.models import Programme
from bridgehead.programmes.queries import programmes_visible_to

Refused = (actions.NoAddress, actions.NotABuyer, actions.AlreadyInvited, actions.TooLate)


def may_edit(request: HttpRequest, programme: Programme) -> bool:
    return programmes_visible_to(request.user, roles.EDIT).filter(pk=programme.pk).exists()


def editable_forum(request: HttpRequest, slug: str) -> Forum:
    return get_object_or_404(forums_visible_to(request.user, roles.EDIT), programme__slug=slug)


@login_required
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    programme = get_object_or_404(programmes_visible_to(request.user), slug=slug)
    context: dict[str, Any] = {
        "programme": programme,
        "page_code": "matchmaking",
        "may_edit": may_edit(request, programme),
    }
    forum = Forum.objects.filter(programme=programme).select_related("programme__edition").first()
    if forum is None:
        return render(request, "matchmaking/desk_empty.html", context)
    return render(request, "matchmaking/desk.html", {**context, **_overview(forum)})


def _overview(forum: Forum) -> dict[str, Any]:
    now = timezone.now()
    buyers = [
        (party, is_late(party.invited_at, party.answered_at, now) and party.state == Party.State.INVITED)
        for party in parties_of(forum, Party.Side.BUYER)
    ]
    slots = list(forum.slots.all())
    return {
        "forum": forum,
        "zone": forum.zone,
        "numbers": numbers_of(forum),
        "days": sorted({local_day(slot.starts_at, forum.zone) for slot in slots}),
        "firms": list(parties_of(forum, Party.Side.FIRM)),
        "to_take_over": firms_to_take_over(forum.programme).count(),
        "buyers": buyers,
        "late": sum(late for _party, late in buyers),
        "states": {state: sum(p.state == state for p, _l in buyers) for state in Party.State.values},
        "not_invited": sum(p.invited_at is None and p.state == Party.State.INVITED for p, _l in buyers),
    }


@login_required
def set_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Opens the forum, or changes it."""
    programme = get_object_or_404(programmes_visible_to(request.user, roles.EDIT), slug=slug)
    forum = Forum.objects.filter(programme=programme).select_related("programme__edition").first()
    form = ForumForm(request.POST or None, programme=programme, forum=forum)
    if request.method == "POST" and form.is_valid():
        try:
            if forum is None:
                actions.create_forum(programme=programme, by=request.user, **form.cleaned_data)
                messages.success(request, _("Matchmaking is open. Next: take over the firms and add buyers."))
            else:
                actions.change_forum(forum=forum, by=request.user, **form.cleaned_data)
                messages.success(request, _("The set-up was changed."))
        except (actions.AlreadyOpen, actions.InUse) as error:
            form.add_error(None, str(error))
        else:
            return redirect("matchmaking:desk", slug)
    context = {
        "programme": programme,
        "page_code": "matchmaking",
        "form": form,
        "forum": forum,
        "zone": form.zone,
    }
    return render(request, "matchmaking/set_up.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def take_over(request: HttpRequest, slug: str) -> HttpResponse:
    added = len(actions.take_over_firms(forum=editable_forum(request, slug), by=request.user))
    text = ngettext("%(count)d firm was taken over.", "%(count)d firms were taken over.", added)
    messages.success(request, text % {"count": added})
    return redirect("matchmaking:desk", slug)


@login_required
def new_buyer(request: HttpRequest, slug: str) -> HttpResponse:
    forum = editable_forum(request, slug)
    form = BuyerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            party = actions.add_buyer(forum=forum, by=request.user, **form.cleaned_data)
            if "invite" in request.POST:
                actions.invite(party=party, by=request.user)
        except actions.AlreadyInvited as error:
            form.add_error("name", str(error))
        else:
            text = (
                _("%(buyer)s was added and invited.")
                if "invite" in request.POST
                else _("%(buyer)s was added. Next: send the invitation.")
            )
            messages.success(request, text % {"buyer": party})
            return redirect("matchmaking:desk", slug)
    context = {"programme": forum.programme, "page_code": "matchmaking", "form": form}
    return render(request, "matchmaking/buyer_form.html", context, status=422 if form.is_bound else 200)


@login_required
def edit_party(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    forum = editable_forum(request, slug)
    party = get_object_or_404(forum.parties.select_related("organisation"), pk=pk)
    names = ("email", "contact_name", "language", "interest", "guaranteed_meetings")
    form = PartyForm(request.POST or None, initial={name: getattr(party, name) for name in names})
    if request.method == "POST" and form.is_valid():
        actions.edit_party(party=party, by=request.user, **form.cleaned_data)
        messages.success(request, _("%(party)s was changed.") % {"party": party})
        return redirect("matchmaking:desk", slug)
    context = {"programme": forum.programme, "page_code": "matchmaking", "form": form, "party": party}
    return render(request, "matchmaking/buyer_form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def invite(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    party = get_object_or_404(editable_forum(request, slug).parties.all(), pk=pk)
    try:
        invitation = actions.invite(party=party, by=request.user)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            _("The invitation went to %(address)s. Earlier links of this buyer no longer work.")
            % {"address": invitation.party.email},
        )
    return redirect("matchmaking:desk", slug)


@login_required
@require_POST
def invite_all(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody on the list who has not been invited yet."""
    forum = editable_forum(request, slug)
    waiting = forum.parties.filter(
        side=Party.Side.BUYER, state=Party.State.INVITED, invited_at__isnull=True
    ).exclude(email="")
    sent = len([actions.invite(party=party, by=request.user) for party in waiting])
    text = ngettext("%(count)d invitation was sent.", "%(count)d invitations were sent.", sent)
    messages.success(request, text % {"count": sent})
    return redirect("matchmaking:desk", slug)


@login_required
@require_POST
def set_state(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """An answer given by phone, entered by the officer."""
    party = get_object_or_404(editable_forum(request, slug).parties.all(), pk=pk)
    accept = request.POST.get("answer") == "accept"
    actions.answer_invitation(party=party, accept=accept, by=request.user, late_too=True)
    text = _("%(party)s takes part.") if accept else _("%(party)s does not take part.")
    messages.success(request, text % {"party": party})
    return redirect("matchmaking:desk", slug)
