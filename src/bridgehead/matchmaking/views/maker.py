"""The same for a maker, who signs in."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from bridgehead.matchmaking.models import Party
from bridgehead.matchmaking.queries import meetings_of, parties_of_maker
from bridgehead.matchmaking.rules import closed
from bridgehead.matchmaking.views import answering, fairday


def _party(request: HttpRequest, slug: str) -> Party:
    party = parties_of_maker(request.user).filter(forum__programme__slug=slug).first()
    if party is None:
        raise Http404
    return party


@login_required
def list_mine(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    parties = [(party, closed(party.forum.wishes_close_at, now)) for party in parties_of_maker(request.user)]
    return render(request, "matchmaking/my_list.html", {"parties": parties})


@login_required
def page(request: HttpRequest, slug: str) -> HttpResponse:
    party = _party(request, slug)
    here = reverse("matchmaking:my", args=[slug])

    def shown(form: Any = None, status: int = 200) -> HttpResponse:
        context = {
            **answering.context_of(party),
            "form": form or answering.answers_form(party),
            "here": here,
            "autosave_url": reverse("matchmaking:my_autosave", args=[slug]),
            "calendar_url": reverse("matchmaking:my_calendar", args=[slug]),
            "confirm_url": reverse("matchmaking:my_confirm", args=[slug]),
            "live_url": reverse("matchmaking:my_live", args=[slug]),
            "qr_url": reverse("matchmaking:my_qr", args=[slug]),
            "pocket_url": reverse("matchmaking:my_pocket", args=[slug]),
        }
        return render(request, "matchmaking/my.html", context, status=status)

    if request.method == "POST":
        return answering.save(request, party, by=request.user, here=here, page=shown)
    return shown()


@require_POST
def autosave(request: HttpRequest, slug: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    return answering.autosave(request, _party(request, slug), by=request.user)


@login_required
def cancel(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    party = _party(request, slug)
    meeting = get_object_or_404(meetings_of(party), uid=uid)
    here = reverse("matchmaking:my", args=[slug])
    return answering.cancel(
        request, meeting, party, by=request.user, here=here, context={"base": "base.html"}
    )


@login_required
def profile(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return answering.profile(request, _party(request, slug), pk, here=reverse("matchmaking:my", args=[slug]))


@login_required
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    return answering.calendar_response(_party(request, slug))


@login_required
@require_POST
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    here = reverse("matchmaking:my", args=[slug])
    return answering.confirm(request, _party(request, slug), by=request.user, here=here)


@login_required
@require_POST
def answer_offer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    here = reverse("matchmaking:my", args=[slug])
    return answering.answer_offer(request, _party(request, slug), pk, by=request.user, here=here)


@login_required
def pocket(request: HttpRequest, slug: str) -> HttpResponse:
    return answering.pocket_response(request, _party(request, slug))


@login_required
def live(request: HttpRequest, slug: str) -> HttpResponse:
    return answering.live(request, _party(request, slug))


@login_required
def qr(request: HttpRequest, slug: str) -> HttpResponse:
    return fairday.qr(_party(request, slug))


@login_required
@require_POST
def late(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    here = reverse("matchmaking:my", args=[slug])
    return answering.late(request, _party(request, slug), uid, by=request.user, here=here)
