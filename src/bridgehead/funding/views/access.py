"""Fetching the programme is the permission check: a stranger gets 404."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from bridgehead.programmes.models import Programme
from bridgehead.programmes.queries import programmes_visible_to


def programme_where(request: HttpRequest, slug: str, permission: str) -> Programme:
    return get_object_or_404(programmes_visible_to(request.user, permission), slug=slug)
