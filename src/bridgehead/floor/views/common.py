"""What the pages of makers and officers share."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from bridgehead.accounts import roles
from bridgehead.floor.models import Consultation
from bridgehead.floor.queries import consultations_visible_to
from bridgehead.programmes.models import Programme
from bridgehead.programmes.queries import programmes_visible_to


def programme_for(request: HttpRequest, slug: str, permission: str = roles.VIEW) -> Programme:
    return get_object_or_404(programmes_visible_to(request.user, permission), slug=slug)


def consultation_for(request: HttpRequest, slug: str, pk: UUID, permission: str = roles.VIEW) -> Consultation:
    return get_object_or_404(consultations_visible_to(request.user, permission), pk=pk, programme__slug=slug)


def may_edit(request: HttpRequest, programme: Programme) -> bool:
    return programmes_visible_to(request.user, roles.RESULTS_EDIT).filter(pk=programme.pk).exists()


def explain(form: forms.Form, error: ValidationError) -> None:
    """Put an action's objection where the person can mend it."""
    for name, said in (error.message_dict if hasattr(error, "error_dict") else {"": error.messages}).items():
        form.add_error(name if name in form.fields else None, said)


def first_words(error: ValidationError) -> str:
    return " ".join(error.messages)


def page_of(rows: QuerySet[Any], request: HttpRequest, size: int) -> Page[Any]:
    return Paginator(rows, size).get_page(request.GET.get("page"))
