"""Who waits for whom about vouchers: firms, providers, officers. Finance finds a provider's claim among all claims."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.accounts import roles
from bridgehead.accounts.models import User
from bridgehead.funding import voucher_queries
from bridgehead.funding.models import Booking, Quote, Voucher, VoucherTerms
from bridgehead.funding.rules import WON
from bridgehead.kit.money import format_money
from bridgehead.kit.steps import Task
from bridgehead.programmes.queries import programmes_visible_to

#: So many days before the last one an unspent voucher becomes a task.
SOON = 30


def tasks_of(user: User) -> list[Task]:
    return [*_of_maker(user), *_of_provider(user), *_of_officer(user)]


def _of_maker(user: User) -> list[Task]:
    requests = voucher_queries.requests_of_maker(user).filter(closed_at=None)
    answered = requests.annotate(offers=Count("quotes", filter=Q(quotes__state=Quote.State.QUOTED))).filter(
        offers__gt=0
    )
    compare = [
        Task(
            _("Compare %(n)s quotes and book: %(service)s")
            % {"n": one.offers, "service": one.get_service_display()},
            reverse("funding:my_request", args=[one.pk]),
            about=str(one.voucher),
        )
        for one in answered
    ]
    delivered = voucher_queries.bookings_of_maker(user).filter(state=Booking.State.DELIVERED)
    confirm = [
        Task(
            _("Confirm the delivery: %(service)s") % {"service": one.get_service_display()},
            reverse("funding:my_booking", args=[one.pk]),
            about=str(one.provider),
        )
        for one in delivered
    ]
    return compare + confirm + [_spend(one) for one in _ending_soon(user)]


def _ending_soon(user: User) -> list[Voucher]:
    valid = voucher_queries.vouchers_of_maker(user).filter(ended="").exclude(line__committed=0)
    return [one for one in valid if 0 <= one.days_left <= SOON]


def _spend(voucher: Voucher) -> Task:
    left = format_money(voucher.remaining, WON)
    said = _("Spend your voucher: %(left)s left, %(days)s days") % {"left": left, "days": voucher.days_left}
    return Task(said, reverse("funding:my_voucher", args=[voucher.pk]), about=voucher.number)


def _of_provider(user: User) -> list[Task]:
    asked = voucher_queries.quotes_of_provider(user).filter(state=Quote.State.ASKED)
    quotes = [
        Task(
            _("Quote for %(firm)s: %(service)s")
            % {"firm": one.request.voucher.line.firm, "service": one.request.get_service_display()},
            reverse("funding:provider_quote", args=[one.pk]),
            about=str(one.request.voucher.line.programme.host),
        )
        for one in asked
    ]
    waiting = voucher_queries.bookings_of_provider(user).filter(
        Q(state__in=[Booking.State.BOOKED, Booking.State.CONFIRMED])
        | Q(state=Booking.State.ACCEPTED, line__state__in=["promised", "returned"])
    )
    return quotes + [_work(one) for one in waiting]


def _work(booking: Booking) -> Task:
    said = {
        "booked": _("Confirm the booking of %(firm)s: %(service)s"),
        "confirmed": _("Do it and report the delivery to %(firm)s: %(service)s"),
        "accepted": _("Send your invoice for %(firm)s: %(service)s"),
        "returned": _("Mend your invoice for %(firm)s: %(service)s"),
    }[booking.stage]
    words = said % {"firm": booking.line.firm, "service": booking.get_service_display()}
    return Task(words, reverse("funding:provider_booking", args=[booking.pk]), about=booking.voucher.number)


def _of_officer(user: User) -> list[Task]:
    """Programmes whose awarded firms wait for a voucher: the award found no room, or no terms yet."""
    programmes = programmes_visible_to(user, roles.MONEY_EDIT)
    tasks = []
    for terms in VoucherTerms.objects.filter(programme__in=programmes).select_related("programme"):
        held = Voucher.objects.filter(programme=terms.programme).values("award")
        waiting = (
            terms.programme.awards.exclude(state="withdrawn").exclude(pk__in=held.exclude(award=None)).count()
        )
        if waiting:
            said = ngettext(
                "Issue a voucher to %(n)s awarded firm", "Issue vouchers to %(n)s awarded firms", waiting
            )
            address = reverse("funding:voucher_issue", args=[terms.programme.slug])
            tasks.append(Task(said % {"n": waiting}, address, about=str(terms.programme)))
    return tasks
