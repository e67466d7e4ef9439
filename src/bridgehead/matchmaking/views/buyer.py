"""The pages of a buyer, opened by a mailed link without an account."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bridgehead.matchmaking import actions
from bridgehead.matchmaking.actions import directory
from bridgehead.matchmaking.guests import language_of_address
from bridgehead.matchmaking.models import BuyerRecord, Hosting, Party
from bridgehead.matchmaking.queries import meetings_of, party_by_token
from bridgehead.matchmaking.rules import ByLink
from bridgehead.matchmaking.views import answering, fairday

GUEST = "matchmaking/base_guest.html"
View = Callable[..., HttpResponse]


def by_link(view: View) -> View:
    """Finds the party of the token; an unknown or old one gets a page that says what to do. The language is that of the address. The address is a key,
    so caches keep nothing; the site's own policy tells other sites nothing (a stricter one would take the origin from
    our own forms)."""

    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, token: str, **rest: Any) -> HttpResponse:
        with translation.override(language_of_address(request.path)):
            party = party_by_token(token)
            response = (
                view(request, party, token, **rest)
                if party
                else render(request, "matchmaking/link_gone.html", status=404)
            )
            response["Content-Language"] = translation.get_language()
        response["X-Robots-Tag"] = "noindex"
        return response

    return opened


@by_link
def page(request: HttpRequest, party: Party, token: str) -> HttpResponse:
    here = reverse("matchmaking:buyer", args=[token])

    def shown(form: Any = None, status: int = 200) -> HttpResponse:
        context = {
            **answering.context_of(party),
            "form": form or answering.answers_form(party),
            "token": token,
            "hosting": Hosting.objects.filter(party=party).first(),
            "consent_words": consent_words(),
            "shared": BuyerRecord.objects.filter(
                organisation=party.organisation_id, shared_at__isnull=False
            ).exists(),
            "here": here,
            "autosave_url": reverse("matchmaking:buyer_autosave", args=[token]),
            "calendar_url": reverse("matchmaking:buyer_calendar", args=[token]),
            "confirm_url": reverse("matchmaking:buyer_confirm", args=[token]),
            "live_url": reverse("matchmaking:buyer_live", args=[token]),
            "qr_url": reverse("matchmaking:buyer_qr", args=[token]),
            "pocket_url": reverse("matchmaking:buyer_pocket", args=[token]),
        }
        return render(request, "matchmaking/buyer.html", context, status=status)

    if request.method == "POST":
        return answering.save(request, party, by=ByLink(str(party)), here=here, page=shown)
    return shown()


@by_link
@require_POST
def answer(request: HttpRequest, party: Party, token: str) -> HttpResponse:
    accept = request.POST.get("answer") == "accept"
    reason = request.POST.get("reason", "").strip()[:300]
    try:
        actions.answer_invitation(party=party, accept=accept, by=ByLink(str(party)), reason=reason)
    except actions.TooLate as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            _("Thank you. Now tell us what you look for, when you can, and whom you want to meet.")
            if accept
            else _("Thank you for telling us. Should you change your mind, accept here."),
        )
    return redirect("matchmaking:buyer", token)


@by_link
@require_POST
def autosave(request: HttpRequest, party: Party, token: str) -> HttpResponse:
    return answering.autosave(request, party, by=ByLink(str(party)))


@by_link
def cancel(request: HttpRequest, party: Party, token: str, uid: UUID) -> HttpResponse:
    meeting = get_object_or_404(meetings_of(party), uid=uid)
    here = reverse("matchmaking:buyer", args=[token])
    return answering.cancel(
        request, meeting, party, by=ByLink(str(party)), here=here, context={"base": GUEST}
    )


@by_link
def profile(request: HttpRequest, party: Party, token: str, pk: int) -> HttpResponse:
    here = reverse("matchmaking:buyer", args=[token])
    return answering.profile(request, party, pk, here=here, base=GUEST, token=token)


@by_link
def calendar(request: HttpRequest, party: Party, token: str) -> HttpResponse:
    return answering.calendar_response(party)


@by_link
@require_POST
def confirm(request: HttpRequest, party: Party, token: str) -> HttpResponse:
    here = reverse("matchmaking:buyer", args=[token])
    return answering.confirm(request, party, by=ByLink(str(party)), here=here)


@by_link
@require_POST
def answer_offer(request: HttpRequest, party: Party, token: str, pk: int) -> HttpResponse:
    here = reverse("matchmaking:buyer", args=[token])
    return answering.answer_offer(request, party, pk, by=ByLink(str(party)), here=here)


@by_link
def pocket(request: HttpRequest, party: Party, token: str) -> HttpResponse:
    return answering.pocket_response(request, party)


@by_link
@require_POST
def hosting(request: HttpRequest, party: Party, token: str) -> HttpResponse:
    offered = get_object_or_404(Hosting, party=party)
    accept = request.POST.get("answer") == "accept"
    directory.answer_hosting(hosting=offered, accept=accept, by=ByLink(str(party)))
    messages.success(request, _("Thank you for telling us."))
    return redirect("matchmaking:buyer", token)


@by_link
@require_POST
def share(request: HttpRequest, party: Party, token: str) -> HttpResponse:
    """Consent, in the words of the page, to be found by other offices."""
    agree = request.POST.get("share") == "yes"
    directory.share_buyer(party=party, share=agree, words=consent_words(), by=ByLink(str(party)))
    messages.success(request, _("Thank you for telling us."))
    return redirect("matchmaking:buyer", token)


def consent_words() -> str:
    return _(
        "Other public offices in Korea may see our company, contact and interests in the shared directory and invite us. "
        "We can take this back here at any time."
    )


@by_link
def live(request: HttpRequest, party: Party, token: str) -> HttpResponse:
    return answering.live(request, party, token=token)


@by_link
def qr(request: HttpRequest, party: Party, token: str) -> HttpResponse:
    return fairday.qr(party)


@by_link
@require_POST
def late(request: HttpRequest, party: Party, token: str, uid: UUID) -> HttpResponse:
    here = reverse("matchmaking:buyer", args=[token])
    return answering.late(request, party, uid, by=ByLink(str(party)), here=here)
