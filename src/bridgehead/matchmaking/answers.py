"""What a party says, and why it cancels: the forms of the pages that buyers open in their own languages."""

from collections.abc import Collection, Iterable
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from bridgehead.kit.clock import local_day
from bridgehead.kit.countries import country_name
from bridgehead.matchmaking import profiles
from bridgehead.matchmaking.models import Party, Slot, Wish
from bridgehead.matchmaking.queries import NO
from bridgehead.matchmaking.suggesting import Suggestion


def day_label(day: date) -> str:
    return date_format(day, _("l j F"))


class Candidate(NamedTuple):
    """Somebody to meet, with the field that says how much, why it is suggested, and its certificates."""

    party: Party
    field: forms.BoundField
    suggestion: Suggestion | None = None
    certificates: list[Any] = []
    officers: bool = False


class FactsForm(forms.Form):
    """What a party says about itself so that it can be compared; see `profiles.FACTS`."""

    categories = forms.MultipleChoiceField(
        choices=lambda: list(profiles.CATEGORIES.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    price_from = forms.DecimalField(
        label=gettext_lazy("Price of a piece from"),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=False,
    )
    price_to = forms.DecimalField(
        label=gettext_lazy("Price of a piece up to"),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=False,
    )
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency of the prices"),
        choices=[("", "–"), *((code, code) for code in profiles.CURRENCIES)],
        required=False,
    )
    markets = forms.MultipleChoiceField(
        choices=lambda: [(code, country_name(code)) for code in profiles.MARKETS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages you speak"),
        choices=lambda: list(profiles.LANGUAGES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    capacity = forms.IntegerField(min_value=0, max_value=10_000_000, required=False)

    online = forms.BooleanField(label=gettext_lazy("We cannot come and meet online"), required=False)
    own_zone = forms.ChoiceField(
        label=gettext_lazy("Our time zone"),
        choices=[("", "–"), *((zone, zone) for zone in profiles.ZONES)],
        required=False,
    )

    def name_for(self, party: Party) -> None:
        """The same facts are asked of both sides, in the words of each."""
        names = {
            "categories": (_("What you make"), _("What you are looking for")),
            "markets": (_("Markets you aim at"), _("Countries you sell in")),
            "capacity": (_("Pieces you can make in a month"), _("Pieces you would order")),
        }
        for name, (firm, buyer) in names.items():
            self.fields[name].label = firm if party.is_firm else buyer
        if not party.is_firm:
            self.fields["categories"].label = _("Kinds of goods you are looking for")

    def clean(self) -> dict[str, Any]:
        """A currency without prices, or prices without one, would compare nothing."""
        said = super().clean() or {}
        low, high = said.get("price_from"), said.get("price_to")
        if low is not None and high is not None and low > high:
            self.add_error("price_to", _("This is below the lower price. Change one of the two."))
        if (low is not None or high is not None) and not said.get("currency"):
            self.add_error("currency", _("Choose the currency of the prices."))
        return said

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in profiles.FACTS}


class AnswersForm(FactsForm):
    """What a party looks for, when it can, and whom it wants to meet: one page, saved as a whole."""

    interest = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=1000)
    slots = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Times"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        party: Party,
        slots: Iterable[Slot],
        candidates: Iterable[Party],
        wishes: dict[int, int],
        unavailable: set[int],
        suggestions: dict[int, Suggestion] | None = None,
        certificates: dict[int, list[Any]] | None = None,
        officers: Collection[int] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        slots = list(slots)
        self.suggestions, self.certificates = suggestions or {}, certificates or {}
        self.officers = officers
        self.candidates = sorted(
            candidates, key=lambda other: -self.suggestions[other.pk].score if self.suggestions else 0
        )
        self.name_for(party)
        self.fields["interest"].label = (
            _("What you offer") if party.is_firm else _("What you are looking for")
        )
        self.fields["slots"].choices = slot_choices(slots, party.forum.zone)  # type: ignore[attr-defined]
        self.initial = {
            "interest": party.interest,
            "slots": [slot.pk for slot in slots if slot.pk not in unavailable],
            **{name: getattr(party, name) for name in profiles.FACTS},
        }
        for other in self.candidates:
            name = f"wish-{other.pk}"
            self.fields[name] = forms.TypedChoiceField(
                label=other.organisation.name,
                choices=[(0, _("not now")), *Wish.Strength.choices, (NO, pgettext("wish", "no"))],
                coerce=int,
                empty_value=0,  # type: ignore[arg-type]
                required=False,
            )
            self.initial[name] = wishes.get(other.pk, 0)

    def rows(self) -> list[Candidate]:
        return [
            Candidate(
                other,
                self[f"wish-{other.pk}"],
                self.suggestions.get(other.pk),
                self.certificates.get(other.organisation_id, []),
                other.pk in self.officers,
            )
            for other in self.candidates
        ]

    def answers(self) -> dict[str, Any]:
        """As `save_answers` takes them."""
        said = self.cleaned_data
        wishes = {other.pk: said[f"wish-{other.pk}"] for other in self.candidates}
        return {
            "interest": said["interest"],
            "available": said["slots"],
            "wishes": wishes,
            "facts": self.facts(),
        }


def slot_choices(slots: Iterable[Slot], zone: str) -> list[tuple[str, list[tuple[int, str]]]]:
    """By day: “09:00–09:30” on the clock of the fair's place."""
    place = ZoneInfo(zone)
    days = groupby(slots, key=lambda slot: local_day(slot.starts_at, zone))
    return [
        (
            day_label(day),
            [
                (slot.pk, f"{slot.starts_at.astimezone(place):%H:%M}–{slot.ends_at.astimezone(place):%H:%M}")
                for slot in group
            ],
        )
        for day, group in days
    ]


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("The other side reads this."),
    )
    rebook = forms.BooleanField(
        label=gettext_lazy("We would still like to meet, at another time"), required=False
    )
