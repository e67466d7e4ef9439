"""Rows that are added and taken away on a page: criteria, quotas, bonuses."""

from typing import Any

from django import forms


def rows_of(
    form: type[forms.BaseForm], prefix: str, data: Any, initial: list[Any], extra: int, more: Any = None
) -> Any:
    """With one row more where there is none yet, as an empty list does not show what it wants."""
    factory = forms.formset_factory(form, extra=extra if initial else extra + 1, can_delete=True)
    return factory(data, prefix=prefix, initial=initial, form_kwargs=more or {})


def kept(formset: Any) -> list[Any]:
    """The forms somebody filled in and did not strike out."""
    filled = [form for form in formset if form.cleaned_data and form not in formset.deleted_forms]
    return [form for form in filled if form.has_changed() or form.initial]
