"""Finding a call among those of all hosts."""

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bridgehead.calls.models import Call
from bridgehead.organisations.models import Host


class FindCalls(forms.Form):
    q = forms.CharField(label=_("Words in the title"), required=False, max_length=100)
    host = forms.ModelChoiceField[Host](
        label=_("Host"),
        required=False,
        queryset=Host.objects.none(),
        to_field_name="slug",
        empty_label=_("All"),
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *Call.Kind.choices])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        with_calls = Host.objects.filter(programmes__calls__published_at__isnull=False).distinct()
        self.fields["host"].queryset = with_calls  # type: ignore[attr-defined]

    def narrow(self, calls: QuerySet[Call]) -> QuerySet[Call]:
        """What cannot be understood narrows nothing: a filter in an old link must not lead to an error."""
        found = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        if words := found.get("q", ""):
            titles = Q(title_ko__icontains=words) | Q(title_en__icontains=words)
            calls = calls.filter(titles | Q(programme__edition__fair__name__icontains=words))
        if host := found.get("host"):
            calls = calls.filter(programme__host=host)
        if kind := found.get("kind"):
            calls = calls.filter(kind=kind)
        return calls
