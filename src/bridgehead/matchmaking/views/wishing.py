"""The officer and the wishes: entering them for somebody, keeping pairs apart, reminding those who have said nothing."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bridgehead.matchmaking import actions
from bridgehead.matchmaking.forms import ApartForm
from bridgehead.matchmaking.models import Forum
from bridgehead.matchmaking.queries import blocks_of
from bridgehead.matchmaking.reminding import to_remind
from bridgehead.matchmaking.views.answering import answers_form
from bridgehead.matchmaking.views.desk import editable_forum


def _page(
    request: HttpRequest, forum: Forum, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    frame = {"programme": forum.programme, "page_code": "matchmaking", "forum": forum, "zone": forum.zone}
    return render(request, f"matchmaking/{template}.html", {**frame, **context}, status=status)


@login_required
def wishes(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What a party wishes, entered or read by the officer."""
    forum = editable_forum(request, slug)
    party = get_object_or_404(forum.parties.select_related("organisation"), pk=pk)
    party.forum = forum
    form = answers_form(party, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.set_wishes_for(party=party, wishes=form.answers()["wishes"], by=request.user)
        messages.success(request, _("Saved for %(party)s.") % {"party": party})
        return redirect("matchmaking:wishes", slug, pk)
    return _page(request, forum, "wishes", {"party": party, "form": form}, 422 if form.is_bound else 200)


@login_required
def apart(request: HttpRequest, slug: str) -> HttpResponse:
    """Pairs that are not to meet. Only those who may edit the programme get here; nobody else sees them anywhere."""
    forum = editable_forum(request, slug)
    form = ApartForm(request.POST or None, forum=forum)
    if request.method == "POST" and form.is_valid():
        block = actions.keep_apart(by=request.user, **form.cleaned_data)
        messages.success(
            request,
            _("%(firm)s and %(buyer)s are kept apart. Neither of them is told.")
            % {"firm": block.firm, "buyer": block.buyer},
        )
        return redirect("matchmaking:apart", slug)
    context = {"form": form, "blocks": blocks_of(forum)}
    return _page(request, forum, "apart", context, 422 if form.is_bound else 200)


@login_required
@require_POST
def let_meet(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    block = get_object_or_404(blocks_of(editable_forum(request, slug)), pk=pk)
    actions.let_meet(block=block, by=request.user)
    messages.success(request, _("They may meet again."))
    return redirect("matchmaking:apart", slug)


@login_required
def remind(request: HttpRequest, slug: str) -> HttpResponse:
    """Who would be written to, by name; then the mails."""
    forum = editable_forum(request, slug)
    if request.method == "POST":
        sent = len(actions.remind(forum=forum, by=request.user, what=request.POST.getlist("what")))
        text = ngettext("%(count)d reminder was sent.", "%(count)d reminders were sent.", sent)
        messages.success(request, text % {"count": sent})
        return redirect("matchmaking:remind", slug)
    return _page(request, forum, "remind", {"groups": to_remind(forum)})
