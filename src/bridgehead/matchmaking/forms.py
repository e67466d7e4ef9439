"""The forum's set-up, a buyer on the list, and what a party says."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from bridgehead.kit.clock import local_day
from bridgehead.kit.countries import country_choices
from bridgehead.matchmaking.comparing import name_of
from bridgehead.matchmaking.models import Forum, Party, Run, Slot, Timetable, Wish
from bridgehead.matchmaking.rules import SECONDS_TO_SOLVE, BadHours, Pause, periods, read_pauses
from bridgehead.programmes.models import Programme

OFTEN = ["IT", "FR", "DE", "ES", "GB", "US", "JP", "CN", "HK", "AE"]


def day_label(day: date) -> str:
    return date_format(day, _("l j F"))


def fair_days(programme: Programme) -> list[date]:
    """The days of the fair edition, or of the programme where there is none; two weeks at most."""
    span = programme.edition or programme
    count = min((span.ends_on - span.starts_on).days, 13)
    return [span.starts_on + timedelta(days=n) for n in range(count + 1)]


class ForumForm(forms.Form):
    days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days"), coerce=date.fromisoformat, widget=forms.CheckboxSelectMultiple
    )
    starts = forms.TimeField(
        label=gettext_lazy("First meeting begins"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    ends = forms.TimeField(
        label=gettext_lazy("Last meeting ends"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Length of a meeting (minutes)"), min_value=5, max_value=240
    )
    pauses = forms.CharField(
        label=gettext_lazy("Pauses"),
        required=False,
        help_text=gettext_lazy("Such as 12:00-13:00; several with commas."),
    )
    tables = forms.IntegerField(
        label=gettext_lazy("Number of shared tables"),
        min_value=0,
        max_value=99,
        help_text=gettext_lazy("A firm with a stand of its own meets there and needs no table."),
    )
    max_meetings_per_party = forms.IntegerField(
        label=gettext_lazy("Most meetings per party"), min_value=1, max_value=200
    )
    wishes_close_at = forms.DateTimeField(
        label=gettext_lazy("Wishes close at"),
        required=False,
        help_text=gettext_lazy("Time of the fair's place. Until then everybody may change what they said."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    offers_at_once = forms.BooleanField(
        label=gettext_lazy("Offer freed times to those who wait, without asking an officer first"),
        required=False,
    )

    def __init__(self, *args: Any, programme: Programme, forum: Forum | None = None, **kwargs: Any) -> None:
        self.programme, self.zone = programme, _zone(programme)
        super().__init__(*args, **kwargs)
        days = fair_days(programme)
        choices = [(day.isoformat(), day_label(day)) for day in days]
        self.fields["days"].choices = choices  # type: ignore[attr-defined]
        self.initial = _as_set_up(forum) if forum else _usual(days)

    def clean_pauses(self) -> list[Pause]:
        try:
            return read_pauses(self.cleaned_data["pauses"])
        except BadHours as error:
            raise forms.ValidationError(str(error)) from None

    def clean_wishes_close_at(self) -> Any:
        """What was typed is the clock at the fair, whatever zone this page is read in."""
        moment = self.cleaned_data["wishes_close_at"]
        if moment is None:
            return None
        return timezone.make_naive(moment).replace(tzinfo=ZoneInfo(self.zone))

    def clean(self) -> dict[str, Any]:
        wanted = super().clean() or {}
        names = ("days", "starts", "ends", "minutes", "pauses")
        if all(name in wanted for name in names):
            try:
                periods(**{name: wanted[name] for name in names}, zone=self.zone)
            except BadHours as error:
                raise forms.ValidationError(str(error)) from None
        return wanted


def _zone(programme: Programme) -> str:
    return programme.edition.zone if programme.edition else programme.zone


def _usual(days: list[date]) -> dict[str, Any]:
    return {
        "days": [day.isoformat() for day in days],
        "starts": "10:00",
        "ends": "17:00",
        "minutes": 30,
        "pauses": "12:00-13:00",
        "tables": 4,
        "max_meetings_per_party": 12,
    }


def _as_set_up(forum: Forum) -> dict[str, Any]:
    days = {local_day(slot.starts_at, forum.zone).isoformat() for slot in forum.slots.all()}
    close = forum.wishes_close_at
    return {
        "days": sorted(days),
        "starts": forum.day_starts,
        "ends": forum.day_ends,
        "minutes": forum.minutes,
        "pauses": forum.pauses,
        "tables": forum.tables.count(),
        "max_meetings_per_party": forum.max_meetings_per_party,
        "offers_at_once": forum.offers_at_once,
        "wishes_close_at": close.astimezone(ZoneInfo(forum.zone)).replace(tzinfo=None) if close else None,
    }


class PartyForm(forms.Form):
    """How to reach a party, and what it is about."""

    contact_name = forms.CharField(label=pgettext_lazy("person", "Contact"), max_length=100, required=False)
    email = forms.EmailField(label=gettext_lazy("Email address"))
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the mails"), choices=settings.LANGUAGES, initial="en"
    )
    interest = forms.CharField(
        label=gettext_lazy("Looking for"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("The other side reads this. The party can change it."),
    )
    guaranteed_meetings = forms.IntegerField(
        label=gettext_lazy("Meetings promised"),
        min_value=0,
        max_value=200,
        required=False,
        help_text=gettext_lazy(
            "As many as this party was promised; 0 for no promise. The timetable tries to keep it."
        ),
    )

    def clean_guaranteed_meetings(self) -> int:
        return self.cleaned_data["guaranteed_meetings"] or 0


class BuyerForm(PartyForm):
    name = forms.CharField(
        label=gettext_lazy("Buyer"), max_length=120, help_text=gettext_lazy("Name of the company.")
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"))
    field_order = ["name", "country", "contact_name", "email", "language", "interest", "guaranteed_meetings"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = country_choices(OFTEN)  # type: ignore[attr-defined]


class Candidate(NamedTuple):
    """Somebody to meet, with the field that says how much."""

    party: Party
    field: forms.BoundField


class AnswersForm(forms.Form):
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
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        slots = list(slots)
        self.candidates = list(candidates)
        self.fields["interest"].label = (
            _("What you offer") if party.is_firm else _("What you are looking for")
        )
        self.fields["slots"].choices = slot_choices(slots, party.forum.zone)  # type: ignore[attr-defined]
        self.initial = {
            "interest": party.interest,
            "slots": [slot.pk for slot in slots if slot.pk not in unavailable],
        }
        for other in self.candidates:
            name = f"wish-{other.pk}"
            self.fields[name] = forms.TypedChoiceField(
                label=other.organisation.name,
                choices=[(0, _("not now")), *Wish.Strength.choices],
                coerce=int,
                empty_value=0,  # type: ignore[arg-type]
                required=False,
            )
            self.initial[name] = wishes.get(other.pk, 0)

    def rows(self) -> list[Candidate]:
        return [Candidate(other, self[f"wish-{other.pk}"]) for other in self.candidates]

    def answers(self) -> dict[str, Any]:
        """As `save_answers` takes them."""
        said = self.cleaned_data
        wishes = {other.pk: said[f"wish-{other.pk}"] for other in self.candidates}
        return {"interest": said["interest"], "available": said["slots"], "wishes": wishes}


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


class ComputeForm(forms.Form):
    goal = forms.ChoiceField(
        label=gettext_lazy("What counts most"),
        choices=Run.Goal.choices,
        initial=Run.Goal.PROMISED,
        required=False,
    )
    seconds = forms.IntegerField(
        label=gettext_lazy("Time to think (seconds)"),
        min_value=1,
        max_value=600,
        initial=SECONDS_TO_SOLVE,
        help_text=gettext_lazy("It ends earlier once nothing better is possible."),
    )

    def clean_goal(self) -> str:
        return self.cleaned_data["goal"] or Run.Goal.PROMISED


class CompareForm(forms.Form):
    """Two timetables of one forum."""

    one = forms.TypedChoiceField(label=gettext_lazy("From"), coerce=int)
    other = forms.TypedChoiceField(label=pgettext_lazy("comparison", "To"), coerce=int)

    def __init__(self, *args: Any, timetables: Iterable[Timetable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.pk, name_of(one)) for one in timetables]
        for field, chosen in zip(("one", "other"), (choices[1:2] or choices[:1], choices[:1]), strict=True):
            self.fields[field].choices = choices  # type: ignore[attr-defined]
            self.initial[field] = chosen[0][0] if chosen else None
