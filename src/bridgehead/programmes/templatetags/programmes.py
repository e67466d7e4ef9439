"""The side navigation that every page of a programme shares."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from bridgehead.kit.navigation import PROGRAMME_PAGES
from bridgehead.organisations.queries import permissions_at
from bridgehead.programmes.models import Programme

register = template.Library()


@register.simple_tag(takes_context=True)
def programme_pages(context: dict[str, Any], programme: Programme, current: str) -> list[dict[str, Any]]:
    """The pages of this programme that the reader may open, as one group of the side navigation."""
    allowed = permissions_at(context["request"].user, programme.host, programme.operator)
    cockpit = {
        "label": _("Cockpit"),
        "url": reverse("portal:cockpit", args=[programme.slug]),
        "current": current == "cockpit",
    }
    pages = [
        {
            "label": page.label,
            "url": reverse(page.url_name, args=[programme.slug]),
            "current": page.code == current,
        }
        for page in PROGRAMME_PAGES
        if page.permission in allowed
    ]
    return [{"title": programme.title, "items": [cockpit, *pages]}]
