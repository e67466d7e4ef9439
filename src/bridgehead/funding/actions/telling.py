"""Mails about vouchers, each in the language of whoever reads it. What is said about money follows `move_line`."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bridgehead.accounts.models import User
from bridgehead.funding.models import Booking, CostItem, Quote, SupportLine, Voucher
from bridgehead.funding.rules import WON, State
from bridgehead.kit.money import format_money
from bridgehead.mailing import actions as mailing
from bridgehead.organisations.models import Organisation

#: Kind → subject and text; the fields are those of `facts`.
TEXTS: dict[str, tuple[Promise, Promise]] = {
    "issued": (
        _("Your voucher %(number)s over %(value)s"),
        _("You may spend it until %(until)s. Choose a provider, ask for quotes and book."),
    ),
    "expires_soon": (
        _("Your voucher %(number)s ends in %(days)s days"),
        _("%(left)s of it are left. What is not booked by %(until)s goes back to the budget."),
    ),
    "extended": (_("Your voucher %(number)s is valid longer"), _("Its last day is now %(until)s.")),
    "ended": (
        _("Your voucher %(number)s has ended"),
        _("What was not booked went back to the budget. Bookings that were made go on.\n\n%(reason)s"),
    ),
    "reopened": (_("Your voucher %(number)s is valid again"), _("You may spend it until %(until)s.")),
    "asked": (
        _("Request for a quote: %(service)s"),
        _("%(firm)s asks you for a quote, to be paid by an export voucher.\n\n%(description)s"),
    ),
    "quoted": (_("A quote has come: %(service)s"), _("%(provider)s offers to do it for %(price)s.")),
    "quote_declined": (_("No quote from %(provider)s"), _("%(service)s: they decline.\n\n%(reason)s")),
    "booked": (
        _("Booked by %(firm)s: %(service)s"),
        _("The price is %(price)s; the voucher pays %(covered)s of it. Please confirm the booking."),
    ),
    "confirmed": (
        _("Booking confirmed: %(service)s"),
        _("%(provider)s will do it. When it is done, you confirm the delivery."),
    ),
    "declined": (
        _("Booking declined: %(service)s"),
        _("%(provider)s cannot do it; your voucher has the amount again.\n\n%(reason)s"),
    ),
    "cancelled": (_("Booking cancelled: %(service)s"), _("%(firm)s · %(provider)s\n\n%(reason)s")),
    "delivered": (
        _("Delivered? %(service)s"),
        _("%(provider)s says that the work is done. Look at it and confirm, or say what is missing."),
    ),
    "disputed": (_("Not delivered yet: %(service)s"), _("%(firm)s says what is missing:\n\n%(reason)s")),
    "accepted": (
        _("Delivery confirmed: %(service)s"),
        _("%(firm)s has confirmed the delivery. Send your invoice to be paid %(covered)s by the voucher."),
    ),
    "returned": (_("Please mend your invoice: %(service)s"), _("What is to be mended:\n\n%(reason)s")),
    "refused": (_("Invoice refused: %(service)s"), _("The voucher does not pay it.\n\n%(reason)s")),
    "paid": (_("Paid by voucher: %(service)s"), _("%(covered)s have been paid to %(provider)s.")),
}
OF_MONEY = {State.RETURNED: "returned", State.REFUSED: "refused", State.PAID: "paid"}


def people_of(organisation: Organisation) -> list[User]:
    """Who signs in for it; each is written to in a language of their own."""
    return list(
        User.objects.filter(organisation_memberships__organisation=organisation, is_active=True).order_by(
            "pk"
        )
    )


def tell(
    kind: str, *, to: Organisation, about: Model, host: str, path: tuple[str, int], facts: Callable[[], Mapping[str, Any]]
) -> None:  # fmt: skip
    """Write to everybody of an organisation. `facts` is called in each reader's language."""
    subject, text = TEXTS[kind]
    for person in people_of(to):
        with translation.override(person.language):
            said = facts()
            context = {
                "subject": str(subject) % said,
                "text": str(text) % said,
                "url": settings.SITE_URL + reverse(path[0], args=[path[1]]),
                "host": said["host"],
            }
        mailing.write(
            kind=f"funding.voucher_{kind}",
            to=person.email,
            language=person.language,
            template="funding/mail/voucher.txt",
            context=context,
            about=about,
            host_slug=host,
        )


def tell_of_voucher(kind: str, voucher: Voucher, **more: Any) -> None:
    line = voucher.line

    def facts() -> dict[str, Any]:
        return {
            "number": voucher.number,
            "value": format_money(voucher.value, WON),
            "left": format_money(voucher.remaining, WON),
            "until": date_format(voucher.expires_on, "DATE_FORMAT"),
            "reason": voucher.end_reason,
            "host": line.programme.host.name,
            **more,
        }

    host, path = line.programme.host.slug, ("funding:my_voucher", voucher.pk)
    tell(kind, to=line.firm, about=voucher, host=host, path=path, facts=facts)


def tell_of_quote(kind: str, quote: Quote) -> None:
    request, firm = quote.request, quote.request.voucher.line.firm
    programme = request.voucher.line.programme

    def facts() -> dict[str, Any]:
        return {
            "service": request.get_service_display(),
            "firm": firm.name,
            "provider": quote.provider.organisation.name,
            "description": request.description,
            "price": format_money(quote.amount, WON),
            "reason": quote.decline_reason,
            "host": programme.host.name,
        }

    if kind == "asked":
        to, path = quote.provider.organisation, ("funding:provider_quote", quote.pk)
    else:
        to, path = firm, ("funding:my_request", request.pk)
    tell(kind, to=to, about=quote, host=programme.host.slug, path=path, facts=facts)


def tell_of_booking(kind: str, booking: Booking, *, provider: bool = False, firm: bool = False) -> None:
    """To the provider, to the firm, or to both."""
    line = booking.line

    def facts() -> dict[str, Any]:
        return {
            "service": booking.get_service_display(),
            "firm": line.firm.name,
            "provider": booking.provider.organisation.name,
            "price": format_money(booking.price, WON),
            "covered": format_money(line.amount, WON),
            "reason": booking.reason or line.return_note or line.refusal_reason,
            "host": line.programme.host.name,
        }

    common: dict[str, Any] = {"about": booking, "host": line.programme.host.slug, "facts": facts}
    if provider:
        path = ("funding:provider_booking", booking.pk)
        tell(kind, to=booking.provider.organisation, path=path, **common)
    if firm:
        tell(kind, to=line.firm, path=("funding:my_booking", booking.pk), **common)


def tell_of_money(line: SupportLine) -> None:
    """What finance did with a provider's claim. Called by the one writer of a line's state."""
    kind = OF_MONEY.get(State(line.state))
    if line.mode != CostItem.Mode.VOUCHER or kind is None or line.drawn_from_id is None:
        return
    booking = Booking.objects.select_related("provider__organisation").get(line=line)
    booking.line = line
    tell_of_booking(kind, booking, provider=True, firm=kind == "paid")
