"""Addresses of vouchers; part of the room's `urls`."""

from django.urls import path

from bridgehead.funding.views.vouchers import desk, maker, provider, providers

_DESK = "desk/programmes/<slug:slug>/vouchers/"

urlpatterns = [
    path(_DESK, desk.overview, name="vouchers"),
    path(f"{_DESK}terms/", desk.terms, name="voucher_terms"),
    path(f"{_DESK}issue/", desk.issue, name="voucher_issue"),
    path(f"{_DESK}bookings/", desk.bookings, name="voucher_bookings"),
    path(f"{_DESK}bookings/<int:pk>/", desk.booking, name="voucher_booking"),
    path(f"{_DESK}bookings/<int:pk>/cancel/", desk.booking_cancel, name="voucher_booking_cancel"),
    path(f"{_DESK}vouchers.xlsx", desk.workbook, name="vouchers_xlsx"),
    path(f"{_DESK}<int:pk>/", desk.voucher, name="voucher"),
    path(f"{_DESK}<int:pk>/<slug:act>/", desk.voucher_act, name="voucher_act"),
    path("desk/providers/", providers.directory, name="providers"),
    path("desk/providers/new/", providers.new, name="provider_new"),
    path("desk/providers/<int:pk>/", providers.provider, name="provider"),
    path("desk/providers/<int:pk>/<slug:act>/", providers.decide, name="provider_decide"),
    path("my/vouchers/", maker.vouchers, name="my_vouchers"),
    path("my/vouchers/<int:pk>/", maker.voucher, name="my_voucher"),
    path("my/vouchers/<int:pk>/providers/", maker.providers, name="my_providers"),
    path("my/vouchers/requests/<int:pk>/", maker.quotes, name="my_request"),
    path("my/vouchers/requests/<int:pk>/close/", maker.close, name="my_request_close"),
    path("my/vouchers/quotes/<int:pk>/book/", maker.book, name="my_book"),
    path("my/vouchers/bookings/<int:pk>/", maker.booking, name="my_booking"),
    path("my/vouchers/bookings/<int:pk>/<slug:act>/", maker.booking_act, name="my_booking_act"),
    path("provider/", provider.home, name="provider_home"),
    path("provider/quotes/<int:pk>/", provider.quote, name="provider_quote"),
    path("provider/quotes/<int:pk>/decline/", provider.quote_decline, name="provider_quote_decline"),
    path("provider/bookings/<int:pk>/", provider.booking, name="provider_booking"),
    path("provider/bookings/<int:pk>/<slug:act>/", provider.booking_act, name="provider_booking_act"),
    path("provider/profile/<int:pk>/", provider.profile, name="provider_profile"),
]
