"""What the header and the side navigation need on every page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from bridgehead.accounts import roles
from bridgehead.funding.voucher_queries import providers_of
from bridgehead.organisations.models import Organisation
from bridgehead.organisations.queries import all_permissions, organisations_of

#: Label, URL name, the permission that shows it ("" for everybody).
PUBLIC: list[tuple[Promise, str, str]] = [
    (_("Calls"), "calls:public_calls", ""),
    (_("Results"), "outcomes:index", ""),
    (_("News"), "newsroom:list", ""),
    (_("Products"), "catalogue:public", ""),
    (_("Certificates"), "certification:register", ""),
    (_("Dictionary"), "terminology:dictionary", ""),
]
FOOTER: list[tuple[Promise, str, str]] = [
    (_("Dictionary: books and files"), "terminology:downloads", ""),
    (_("Dictionary search box for your site"), "terminology:embed", ""),
]
DESK: list[tuple[Promise, list[tuple[Promise, str, str]]]] = [
    (
        _("Desk"),
        [
            (_("My tasks"), "portal:desk", roles.VIEW),
            (_("Programmes"), "programmes:list", roles.VIEW),
            (_("My reviews"), "calls:reviews", roles.REVIEW),
            (_("Incoming grants"), "funding:grants", roles.MONEY_VIEW),
            (_("Providers of services"), "funding:providers", roles.MONEY_VIEW),
            (_("Certification"), "certification:cases", roles.CERTIFICATION_VIEW),
            (_("Products of firms"), "catalogue:desk", roles.VIEW),
            (_("News"), "newsroom:desk", roles.NEWS_EDIT),
            (_("Dictionary"), "terminology:desk", roles.TERMS_EDIT),
        ],
    ),
    (
        _("Set up"),
        [
            (_("Strategies"), "programmes:strategies", roles.EDIT),
            (_("Question sets"), "questions:sets", roles.CALL_EDIT),
            (_("Outbox"), "mailing:outbox", roles.EDIT),
            (_("People and roles"), "portal:members", roles.MEMBERS_EDIT),
            (_("Audit trail"), "portal:audit", roles.AUDIT_VIEW),
        ],
    ),
]
MAKER: list[tuple[Promise, str, str]] = [
    (_("My start page"), "portal:my", ""),
    (_("My applications"), "calls:my_applications", ""),
    (_("My meetings"), "matchmaking:my_list", ""),
    (_("Consultation log"), "floor:my_floor", ""),
    (_("My support"), "funding:my_support", ""),
    (_("My products"), "catalogue:my_products", ""),
    (_("My vouchers"), "funding:my_vouchers", ""),
    (_("My certificates"), "certification:my_cases", ""),
    (_("My workshop"), "organisations:my_firms", ""),
]

PROVIDER: list[tuple[Promise, str, str]] = [
    (_("My start page"), "portal:my", ""),
    (_("Requests and bookings"), "funding:provider_home", ""),
]


def navigation(request: HttpRequest) -> dict[str, Any]:
    return {
        "navigation_items": SimpleLazyObject(lambda: _main(request)),
        "footer_items": SimpleLazyObject(lambda: [_item(request, label, name) for label, name, _p in FOOTER]),
        "side_items": SimpleLazyObject(lambda: _side(request)),
    }


def _main(request: HttpRequest) -> list[dict[str, Any]]:
    items = [_item(request, label, name) for label, name, _permission in PUBLIC]
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return items
    permissions = all_permissions(user)
    if roles.VIEW in permissions:
        return [_item(request, _("Desk"), "portal:desk", prefix=True), *items]
    if roles.REVIEW in permissions:
        return [_item(request, _("My reviews"), "calls:reviews", prefix=True), *items]
    return [_item(request, _("My start page"), "portal:my", prefix=True), *items]


def _side(request: HttpRequest) -> list[dict[str, Any]]:
    if not request.user.is_authenticated:
        return []
    permissions = all_permissions(request.user)
    groups = [
        {
            "title": title,
            "items": [
                _item(request, label, name) for label, name, needed in entries if needed in permissions
            ],
        }
        for title, entries in DESK
    ]
    if providers_of(request.user).exists():
        items = [_item(request, label, name) for label, name, _p in PROVIDER]
        groups.append({"title": _("Services for vouchers"), "items": items})
    if organisations_of(request.user).exclude(kind=Organisation.Kind.PARTNER).exists():
        groups.append(
            {"title": _("My workshop"), "items": [_item(request, label, name) for label, name, _p in MAKER]}
        )
    return [group for group in groups if group["items"]]


def _item(request: HttpRequest, label: str | Promise, name: str, *, prefix: bool = False) -> dict[str, Any]:
    url = reverse(name)
    return {
        "label": label,
        "url": url,
        "current": request.path.startswith(url) if prefix else request.path == url,
    }
