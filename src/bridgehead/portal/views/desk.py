"""Where a signed-in person arrives, and the cockpit of a programme."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.funding.queries import programme_balance
from bridgehead.funding.voucher_queries import providers_of
from bridgehead.organisations.models import Organisation
from bridgehead.organisations.queries import hosts_where, organisations_of, permissions_at
from bridgehead.portal.queries import money_shares, next_stages, recent, stages, tasks_of
from bridgehead.programmes.queries import programmes_visible_to, stated_about

#: Where a maker goes from the start page: label, URL name, what is there.
WAYS = [
    (_("Open calls"), "calls:public_calls", _("See what you can apply for.")),
    (_("My applications"), "calls:my_applications", _("Go on writing, see the outcome, accept a place.")),
    (_("My meetings"), "matchmaking:my_list", _("Say whom you want to meet, and see your timetable.")),
    (_("Consultation log"), "floor:my_floor", _("Log a consultation at the stand in twenty seconds.")),
    (_("My support"), "funding:my_support", _("Claim a cost with a photo of the receipt.")),
    (_("My vouchers"), "funding:my_vouchers", _("Ask for quotes, book a provider, see what is left.")),
    (
        _("My certificates"),
        "certification:my_cases",
        _("Apply for a certificate, show the mark and your badges."),
    ),
]
#: For those who act for providers of services.
PROVIDER_WAYS = [
    (
        _("Requests and bookings"),
        "funding:provider_home",
        _("Give quotes, confirm bookings, report deliveries, send invoices."),
    ),
]


@login_required
def desk(request: SignedInRequest) -> HttpResponse:
    """Tasks first, then programmes. Reviewers and makers have pages of their own."""
    if hosts_where(request.user, roles.VIEW).exists():
        programmes = recent(programmes_visible_to(request.user))
        return render(
            request,
            "portal/desk.html",
            {
                "tasks": tasks_of(request.user),
                "programmes": programmes,
                "may_create": hosts_where(request.user, roles.EDIT).exists(),
            },
        )
    if hosts_where(request.user, roles.REVIEW).exists():
        return redirect("calls:reviews")
    return redirect("portal:my")


@login_required
def my(request: SignedInRequest) -> HttpResponse:
    """A maker's start, or a provider's: what waits for them, and the ways to everything else."""
    ways = [*(PROVIDER_WAYS if providers_of(request.user).exists() else [])]
    firms = organisations_of(request.user)
    if firms.exclude(kind=Organisation.Kind.PARTNER).exists():
        ways += WAYS
    return render(
        request,
        "portal/my.html",
        {
            "tasks": tasks_of(request.user),
            "firms": firms,
            "ways": [{"label": label, "url": reverse(name), "what": what} for label, name, what in ways],
        },
    )


@login_required
def cockpit(request: SignedInRequest, slug: str) -> HttpResponse:
    programme = get_object_or_404(programmes_visible_to(request.user), slug=slug)
    allowed = permissions_at(request.user, programme.host, programme.operator)
    steps = stages(programme)
    balance = programme_balance(programme) if roles.MONEY_VIEW in allowed else None
    context = {
        "programme": programme,
        "page_code": "cockpit",
        "steps": steps,
        "indicator": [
            {"label": step.title, "url": step.url, "state": step.progress.value, "note": ""} for step in steps
        ],
        "upcoming": next_stages(steps),
        "late": [step for step in steps if step.late],
        "balance": balance,
        "money": money_shares(balance) if balance else None,
        "stated": stated_about(programme),
    }
    return render(request, "portal/cockpit.html", context)
