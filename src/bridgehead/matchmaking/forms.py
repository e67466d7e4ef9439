"""The forum's set-up, a buyer on the list, and what a party says."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from bridgehead.funding.models import CostItem
from bridgehead.kit.clock import local_day
from bridgehead.kit.countries import country_choices
from bridgehead.matchmaking import profiles
from bridgehead.matchmaking.answers import day_label, slot_choices
from bridgehead.matchmaking.comparing import name_of
from bridgehead.matchmaking.grids import clock, day_of
from bridgehead.matchmaking.guests import CHOICES
from bridgehead.matchmaking.models import Forum, Interpreter, Meeting, Party, Run, Slot, Timetable
from bridgehead.matchmaking.rules import JITSI, SECONDS_TO_SOLVE, BadHours, Pause, periods, read_pauses
from bridgehead.organisations.models import Host
from bridgehead.programmes.models import Programme

OFTEN = ["IT", "FR", "DE", "ES", "GB", "US", "JP", "CN", "HK", "AE"]


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

    online_pattern = forms.CharField(
        label=gettext_lazy("Address of online meetings"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "{code} stands for a code that is different for each meeting. A single meeting can be given a link of its own."
        ),
    )

    def __init__(self, *args: Any, programme: Programme, forum: Forum | None = None, **kwargs: Any) -> None:
        self.programme, self.zone = programme, _zone(programme)
        super().__init__(*args, **kwargs)
        days = fair_days(programme)
        choices = [(day.isoformat(), day_label(day)) for day in days]
        self.fields["days"].choices = choices  # type: ignore[attr-defined]
        self.initial = _as_set_up(forum) if forum else _usual(days)

    def clean_online_pattern(self) -> str:
        pattern = self.cleaned_data["online_pattern"] or JITSI
        if not pattern.startswith("https://") or "{code}" not in pattern:
            raise forms.ValidationError(
                _("Write an address that begins with https:// and contains {code}, such as %(example)s.")
                % {"example": JITSI}
            )
        return pattern

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
        "online_pattern": JITSI,
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
        "online_pattern": forum.online_pattern,
        "wishes_close_at": close.astimezone(ZoneInfo(forum.zone)).replace(tzinfo=None) if close else None,
    }


class PartyForm(forms.Form):
    """How to reach a party, and what it is about."""

    contact_name = forms.CharField(label=pgettext_lazy("person", "Contact"), max_length=100, required=False)
    email = forms.EmailField(label=gettext_lazy("Email address"))
    language = forms.ChoiceField(label=gettext_lazy("Language of the mails"), choices=CHOICES, initial="en")
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


class ApartForm(forms.Form):
    """A firm and a buyer the officer keeps apart."""

    firm = forms.ModelChoiceField(label=gettext_lazy("Firm"), queryset=Party.objects.none())
    buyer = forms.ModelChoiceField(label=gettext_lazy("Buyer"), queryset=Party.objects.none())
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Only officers read this."),
    )

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for side in ("firm", "buyer"):
            parties = forum.parties.filter(side=side).select_related("organisation")
            self.fields[side].queryset = parties  # type: ignore[attr-defined]


class BuyersFileForm(forms.Form):
    host = forms.ModelChoiceField(label=gettext_lazy("Directory of"), queryset=Host.objects.none())
    file = forms.FileField(
        label=gettext_lazy("File"), help_text=gettext_lazy("XLSX, CSV or vCard (.vcf), 20 MB at most.")
    )

    def __init__(self, *args: Any, hosts: list[Host], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["host"]
        field.queryset = Host.objects.filter(pk__in=[host.pk for host in hosts])  # type: ignore[attr-defined]
        field.initial = hosts[0].pk
        if len(hosts) == 1:
            field.widget = forms.HiddenInput()


class InviteForm(forms.Form):
    """Into which programme's matchmaking."""

    forum = forms.ModelChoiceField(
        label=gettext_lazy("Programme"), queryset=Forum.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, forums: QuerySet[Forum], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forum"].queryset = forums.order_by("-programme__starts_on")  # type: ignore[attr-defined]


class HostingForm(forms.Form):
    """What a buyer is offered for coming."""

    travel = forms.CharField(
        label=gettext_lazy("Travel"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Such as: return flight in economy class, paid by us. The buyer reads this."),
    )
    nights = forms.IntegerField(label=gettext_lazy("Nights in a hotel"), min_value=0, max_value=60, initial=0)
    guaranteed_meetings = forms.IntegerField(
        label=gettext_lazy("Meetings promised"), min_value=0, max_value=200, initial=0
    )
    must_attend = forms.IntegerField(
        label=gettext_lazy("Meetings the buyer has to come to"), min_value=0, max_value=200, initial=0
    )


class GivenForm(forms.Form):
    """What was really given."""

    travel_given = forms.BooleanField(label=gettext_lazy("Travel was given"), required=False)
    nights_given = forms.IntegerField(
        label=gettext_lazy("Nights given"), min_value=0, max_value=60, initial=0
    )


class AdHocForm(forms.Form):
    """Two who found each other at the fair, and a time that is still to come."""

    firm = forms.ModelChoiceField(label=gettext_lazy("Firm"), queryset=Party.objects.none())
    buyer = forms.ModelChoiceField(label=gettext_lazy("Buyer"), queryset=Party.objects.none())
    slot = forms.ModelChoiceField(label=gettext_lazy("Time"), queryset=Slot.objects.none())

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for side in ("firm", "buyer"):
            parties = forum.parties.filter(side=side, state=Party.State.ACCEPTED).select_related(
                "organisation"
            )
            self.fields[side].queryset = parties  # type: ignore[attr-defined]
        ahead = forum.slots.filter(starts_at__gt=timezone.now())
        field: Any = self.fields["slot"]
        field.queryset = ahead
        field.label_from_instance = lambda slot: f"{day_of(slot, forum.zone)} {clock(slot, forum.zone)}"


class SwapForm(forms.Form):
    """Two meetings of a day that take each other's time."""

    one = forms.ChoiceField(label=gettext_lazy("This meeting"))
    other = forms.ChoiceField(label=gettext_lazy("and this one"))

    def __init__(self, *args: Any, meetings: Iterable[Meeting], zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = timezone.now()
        choices = [
            (m.pk, f"{clock(m.slot, zone)} {m.firm} – {m.buyer}") for m in meetings if m.slot.starts_at > now
        ]
        for name in ("one", "other"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class InterpreterForm(forms.ModelForm):
    """Languages, hours, rest and what a meeting costs."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages beside Korean"),
        choices=lambda: [pair for pair in profiles.LANGUAGES.items() if pair[0] != "ko"],
        widget=forms.CheckboxSelectMultiple,
    )
    slots = forms.TypedMultipleChoiceField(
        label=gettext_lazy("There at"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Interpreter
        fields = ["name", "email", "phone", "languages", "rest_after", "fee", "cost_item"]

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slots = list(forum.slots.all())
        away = set(self.instance.unavailable.values_list("pk", flat=True)) if self.instance.pk else set()
        field: Any = self.fields["slots"]
        field.choices = slot_choices(slots, forum.zone)
        field.initial = [slot.pk for slot in slots if slot.pk not in away]
        item: Any = self.fields["cost_item"]
        item.queryset = CostItem.objects.filter(programme=forum.programme_id)
        item.help_text = gettext_lazy("The firms' share of the cost is promised from it in kind.")


class LinkForm(forms.Form):
    """A link of its own for one online meeting; empty takes the forum's pattern again."""

    link = forms.URLField(label=gettext_lazy("Link"), required=False, max_length=200, assume_scheme="https")
