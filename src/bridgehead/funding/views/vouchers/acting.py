"""One act of a page: the action, or its form again with what was typed and what is wrong."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.functional import Promise

from bridgehead.funding import actions
from bridgehead.kit.states import WrongMove

_PLACES = {
    actions.ReceiptUsed: "receipt_number",
    actions.OutsideTerms: "receipt_on",
    actions.CeilingExceeded: "value",
    actions.BudgetExceeded: "value",
    actions.CapExceeded: "value",
    actions.ReasonMissing: "reason",
}


def attempt(
    request: HttpRequest, form: forms.BaseForm, action: Callable[..., Any], said: str | Promise
) -> Any:
    """What the action answered, with `said` as a message; None where the form has errors now."""
    if not form.is_valid():
        return None
    try:
        done = action(by=request.user, **form.cleaned_data)
    except (actions.Refused, WrongMove) as error:
        place = _PLACES.get(type(error))
        form.add_error(place if place in form.fields else None, str(error))
        return None
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None
    messages.success(request, str(said))
    return done if done is not None else True


def said_wrong(request: HttpRequest, form: forms.Form) -> None:
    """For an act whose form is not on a page of its own: the error as a message."""
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))
