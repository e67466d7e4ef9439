"""Every room's pages. People's pages carry their language in the address; feeds and files do not."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from bridgehead.config.api import api
from bridgehead.matchmaking.guests import FOREIGN

ROOMS_WITH_PAGES = [
    "portal",
    "newsroom",
    "outcomes",
    "floor",
    "matchmaking",
    "fairs",
    "catalogue",
    "funding",
    "certification",
    "calls",
    "programmes",
    "terminology",
    "mailing",
    "questions",
    "jobs",
    "organisations",
    "kit",
]

urlpatterns = [
    path("", include("bridgehead.newsroom.plain_urls")),
    path("", include("bridgehead.certification.plain_urls")),
    path("", include("bridgehead.terminology.plain_urls")),
    path("api/", api.urls),
    *(
        path(f"{code}/", include("bridgehead.matchmaking.guest_urls", namespace=f"guests-{code}"))
        for code in FOREIGN
    ),
    *i18n_patterns(
        path("accounts/", include("allauth.urls")),
        *(path("", include(f"bridgehead.{room}.urls")) for room in ROOMS_WITH_PAGES),
    ),
]
handler404 = "bridgehead.portal.views.errors.not_found"
handler403 = "bridgehead.portal.views.errors.forbidden"
handler500 = "bridgehead.portal.views.errors.broken"
