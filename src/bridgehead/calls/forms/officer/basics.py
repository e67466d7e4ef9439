"""First step: what kind of call, in which languages, open from when to when, for whom."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bridgehead.calls.forms.officer.moments import moment
from bridgehead.calls.models import Call


class BasicsForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Call
        fields = [
            "kind",
            "languages",
            "title_ko",
            "title_en",
            "opens_at",
            "closes_at",
            "grace_minutes",
            "team_min",
            "team_max",
        ]
        widgets = {"opens_at": moment(), "closes_at": moment()}

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("opens_at", "closes_at"):
            self.fields[name].help_text = _("Time in %(zone)s") % {"zone": zone}
        self.fields["team_max"].help_text = _("With the person who applies")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("The call closes before it opens."))
        elif closes and closes <= timezone.now():
            self.add_error("closes_at", _("This moment has passed. Choose a later one."))
        self._check_team(cleaned)
        return cleaned

    def _check_team(self, cleaned: dict[str, Any]) -> None:
        least, most = cleaned.get("team_min"), cleaned.get("team_max")
        if least is None or most is None:
            return
        if least and most < least:
            self.add_error("team_max", _("The largest team is smaller than the smallest one."))
        elif most and not least:
            self.add_error("team_min", _("Say how small a team may be, or write 0 at both for no teams."))
