"""A programme's vouchers and their bookings as a workbook."""

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from bridgehead.documents.blocks import Column, Language
from bridgehead.documents.xlsx import Sheet, workbook
from bridgehead.funding.models import Booking, Voucher
from bridgehead.funding.settlement import _meta
from bridgehead.programmes.models import Programme


def build(programme: Programme, language: Language) -> bytes:
    with override(language):
        sheets = [_vouchers(programme), _bookings(programme)]
        title = _("Vouchers of %(programme)s") % {"programme": programme.title}
        return workbook(sheets, title=title, language=language, meta=_meta(programme))


def _won(label: str) -> Column:
    return Column(label, "money", currency="KRW")


def _vouchers(programme: Programme) -> Sheet:
    columns = [
        Column(_("Voucher number")),
        Column(_("Firm")),
        Column(_("State")),
        Column(_("Last day"), "date"),
        _won(pgettext("voucher", "Value")),
        _won(_("Left")),
        Column(_("Why")),
    ]
    found = Voucher.objects.filter(programme=programme).select_related("line__firm").order_by("number")
    rows = [
        [
            one.number, one.line.firm.name, one.state_label, one.expires_on, one.value, one.remaining, one.end_reason,
        ]
        for one in found
    ]  # fmt: skip
    return Sheet(_("Vouchers"), columns, rows)


def _bookings(programme: Programme) -> Sheet:
    columns = [
        Column(_("Voucher number")),
        Column(_("Firm")),
        Column(_("Provider")),
        Column(_("Service")),
        Column(_("State")),
        Column(_("Delivered on"), "date"),
        _won(pgettext("voucher", "Price")),
        _won(_("Paid by the voucher")),
        _won(_("Own share")),
        _won(_("Paid so far")),
        Column(_("Invoice number")),
        Column(_("Why")),
    ]
    found = (
        Booking.objects.filter(line__programme=programme)
        .select_related("voucher", "line__firm", "provider__organisation")
        .order_by("voucher__number", "pk")
    )
    rows = [
        [
            one.voucher.number, one.line.firm.name, one.provider.organisation.name, one.get_service_display(),
            one.stage_label, one.delivered_on, one.price, one.covered, one.own_share, one.line.paid,
            one.line.receipt_number, one.reason,
        ]
        for one in found
    ]  # fmt: skip
    return Sheet(_("Bookings"), columns, rows)
