"""What officers type about programmes, fair editions, statements and strategies."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bridgehead.accounts.models import User
from bridgehead.kit.countries import country_choices
from bridgehead.organisations.models import Host
from bridgehead.programmes.models import Fair, FairEdition, Programme, Project, Statement, Strategy
from bridgehead.programmes.queries import editions, hosts_edited_by, projects_of
from bridgehead.programmes.rules import SUBJECTS

ZONES = [
    "Asia/Seoul", "Asia/Tokyo", "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Singapore", "Asia/Ho_Chi_Minh", "Asia/Jakarta",
    "Asia/Dubai", "Europe/Rome", "Europe/Paris", "Europe/Madrid", "Europe/Berlin", "Europe/London", "America/New_York",
    "America/Chicago", "America/Los_Angeles", "America/Sao_Paulo", "Australia/Sydney", "UTC",
]  # fmt: skip
CURRENCIES = ["USD", "EUR", "KRW", "JPY", "CNY", "GBP"]


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _zone_choices(current: str) -> list[tuple[str, str]]:
    return [(zone, zone) for zone in dict.fromkeys([*ZONES, current]) if zone]


class ProgrammeFilter(forms.Form):
    q = forms.CharField(label=_("Search"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    host = forms.ModelChoiceField(
        label=_("Host"),
        queryset=Host.objects.none(),
        required=False,
        to_field_name="slug",
        empty_label=_("All"),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *Programme.Kind.choices]
    )

    def __init__(self, *args: Any, hosts: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]
        self.fields["year"].choices = [("", _("All")), *((str(year), str(year)) for year in years)]  # type: ignore[attr-defined]


class ProgrammeForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Programme
        fields = [
            "host",
            "operator",
            "kind",
            "title_ko",
            "title_en",
            "summary_ko",
            "summary_en",
            "starts_on",
            "ends_on",
            "zone",
            "result_currency",
            "project",
            "edition",
            "is_public",
        ]
        labels = {"host": _("Host"), "project": _("Strategy and project")}
        widgets = {
            "starts_on": _day(),
            "ends_on": _day(),
            "summary_ko": forms.Textarea(attrs={"rows": 3}),
            "summary_en": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts = hosts_edited_by(by)
        if self.instance.pk:
            hosts = hosts | Host.objects.filter(pk=self.instance.host_id)
        self.fields["host"].queryset = hosts.distinct()  # type: ignore[attr-defined]
        if not self.instance.pk and len(hosts) == 1:
            self.initial["host"] = hosts[0].pk  # the instance's empty host would win over the field's initial
        self.fields["operator"].queryset = Host.objects.filter(kind=Host.Kind.AGENCY)  # type: ignore[attr-defined]
        self.fields["project"].queryset = projects_of(hosts)  # type: ignore[attr-defined]
        self.fields["project"].label_from_instance = lambda p: f"{p.strategy.title} › {p.title}"  # type: ignore[attr-defined]
        self.fields["edition"].queryset = editions()  # type: ignore[attr-defined]
        self.fields["edition"].label_from_instance = lambda e: f"{e.name} ({e.city}, {e.starts_on:%Y-%m-%d})"  # type: ignore[attr-defined]
        zone = self.instance.zone or "Asia/Seoul"
        self.fields["zone"] = forms.ChoiceField(
            label=_("Time zone"), choices=_zone_choices(zone), initial=zone
        )
        self.fields["result_currency"] = forms.ChoiceField(
            label=_("Currency of the results"), choices=[(code, code) for code in CURRENCIES], initial="USD"
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first day."))
        if cleaned.get("operator") and cleaned.get("operator") == cleaned.get("host"):
            self.add_error("operator", _("Leave this empty when the host runs the programme itself."))
        return cleaned


class FairEditionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new edition inside the programme's form; left untouched it is not there."""

    fair = forms.ModelChoiceField(
        label=_("Fair"), queryset=Fair.objects.all(), required=False, empty_label=_("A fair not in this list")
    )
    fair_name = forms.CharField(label=_("Name of the new fair"), max_length=120, required=False)
    organiser = forms.CharField(label=_("Organiser of the new fair"), max_length=120, required=False)

    class Meta:
        model = FairEdition
        fields = [
            "fair",
            "fair_name",
            "organiser",
            "name",
            "starts_on",
            "ends_on",
            "venue",
            "city",
            "country",
            "zone",
        ]
        labels = {"name": _("Name of this edition, such as VICENZAORO January 2026")}
        widgets = {"starts_on": _day(), "ends_on": _day()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "empty_permitted": True, "use_required_attribute": False})
        self.fields["country"] = forms.ChoiceField(label=_("Country"), choices=country_choices())
        self.fields["zone"] = forms.ChoiceField(label=_("Time zone"), choices=[("", "–"), *_zone_choices("")])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.has_changed() and not cleaned.get("fair") and not cleaned.get("fair_name"):
            self.add_error("fair_name", _("Choose the fair, or write the name of the new one."))
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first day."))
        return cleaned


class StatementForm(forms.ModelForm):  # type: ignore[type-arg]
    subject = forms.ChoiceField(label=_("About"), choices=list(SUBJECTS.items()))

    class Meta:
        model = Statement
        fields = ["subject", "value", "unit", "approximate", "said_by", "said_on", "words", "source_url"]
        widgets = {"said_on": _day()}
        labels = {"approximate": _("The source says “about”")}
        help_texts = {
            "unit": _("A currency such as USD; empty for a plain count"),
            "words": _("The sentence as the source has it"),
        }


class StrategyForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Strategy
        fields = ["host", "title_ko", "title_en", "order"]
        labels = {"host": _("Host"), "order": _("Place in the list")}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["order"].required = False
        self.fields["host"].queryset = hosts_edited_by(by)  # type: ignore[attr-defined]
        if self.instance.pk:
            del self.fields["host"]


class ProjectForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Project
        fields = ["title_ko", "title_en", "order"]
        labels = {"order": _("Place in the list")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["order"].required = False
