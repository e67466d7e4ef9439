"""Words of this room's templates."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from bridgehead.audit.models import Entry
from bridgehead.audit.words import words_for
from bridgehead.floor.models import Stage
from bridgehead.kit.money import format_money

register = template.Library()


@register.simple_tag
def history_of(entry: Entry) -> dict[str, Any]:
    """An entry of the trail as a title and lines, in the reader's language."""
    stage = entry.data.get("stage", "")
    label = Stage(stage).label if stage in Stage.values else ""
    words = words_for(entry.verb)
    title = f"{words}: {label}" if label else words
    return {"title": title, "lines": _lines(entry)}


def _lines(entry: Entry) -> list[str]:
    data = entry.data
    if entry.verb in {"stage.reach", "stage.withdraw"}:
        return [f"{format_money(data['amount'], data['currency'])} · {data['reached_on']}"]
    if entry.verb in {"consultation.edit", "stage.correct"}:
        names = _field_names()
        return [
            f"{names[key]}: {sides[0] or '–'} → {sides[1] or '–'}"
            for key, sides in data.items()
            if key in names and isinstance(sides, list)
        ]
    return []


@register.filter
def field_label(field: str) -> str:
    return _field_names().get(field, field)


def _field_names() -> dict[str, str]:
    return {
        "held_on": _("Date"),
        "buyer_name": _("Buyer"),
        "buyer_country": _("Country"),
        "buyer_contact": _("Contact"),
        "product": _("Product"),
        "temperature": _("Interest"),
        "amount": _("Amount"),
        "pursued_amount": _("Amount pursued"),
        "currency": _("Currency"),
        "note": _("Note"),
        "next_step": _("Next step"),
        "next_step_on": _("Next step by"),
        "reached_on": _("Reached on"),
        "evidence_note": _("Evidence"),
    }
