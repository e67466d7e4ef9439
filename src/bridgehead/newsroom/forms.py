"""The filter of the public list, and the upload of a feed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bridgehead.accounts import roles
from bridgehead.documents.atom import MAX_BYTES
from bridgehead.newsroom.queries import hosts_with_news
from bridgehead.organisations.models import Host
from bridgehead.organisations.queries import Visitor, hosts_where


class NewsFilter(forms.Form):
    host = forms.ModelChoiceField(
        label=_("Office"),
        queryset=Host.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("All offices"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = hosts_with_news()  # type: ignore[attr-defined]


class FeedForm(forms.Form):
    host = forms.ModelChoiceField(label=_("Office"), queryset=Host.objects.none())
    file = forms.FileField(
        label=_("Atom file"),
        help_text=_(
            "The feed as a file, up to 10 MB. Nothing is imported before you have seen what it would do."
        ),
    )

    def __init__(self, *args: Any, user: Visitor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts = hosts_where(user, roles.NEWS_EDIT)
        field = self.fields["host"]
        field.queryset = hosts  # type: ignore[attr-defined]
        if len(hosts) == 1:
            field.initial = hosts[0].pk

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB."))
        return upload
