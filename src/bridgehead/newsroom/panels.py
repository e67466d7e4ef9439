"""The editor's form of a release: only the office's own programmes, and a list of the figures one may write."""

import html
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import strip_tags
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import HelpPanel

from bridgehead.newsroom.figures import figure_of
from bridgehead.newsroom.tokens import INDICATORS, Token
from bridgehead.organisations.models import Host
from bridgehead.outcomes.queries import results
from bridgehead.programmes.models import Programme
from bridgehead.programmes.queries import programmes_of

MOST_PROGRAMMES = 6


class ReleaseForm(WagtailAdminPageForm):
    """A release is its section's: the host comes from where it is written, never from the form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.host_id is None and self.parent_page is not None:
            self.instance.host = self.parent_page.specific.host
        if "programme" in self.fields:
            self.fields["programme"].queryset = programmes_of(self.instance.host)
        for name in ("published_on", "figures_as_of"):
            if name in self.fields:
                self.fields[name].widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M")


@dataclass(frozen=True)
class Offered:
    """A token to copy, and what it says now."""

    token: str
    words: str


def offered_figures(host: Host | None, programme: Programme | None) -> list[tuple[Programme, list[Offered]]]:
    """The figures of the release's own programme first, then of the office's latest."""
    if host is None:
        return []
    latest = list(programmes_of(host).order_by("-starts_on")[:MOST_PROGRAMMES])
    chosen = [programme] if programme else []
    listed = [*chosen, *(each for each in latest if each != programme)][:MOST_PROGRAMMES]
    return [(each, _offered(each)) for each in listed]


def _offered(programme: Programme) -> list[Offered]:
    found = results(programme)
    tokens = [Token(programme.slug, indicator) for indicator in INDICATORS]
    return [Offered(str(token), figure_of(token, found).text) for token in tokens]


class FiguresPanel(HelpPanel):
    """Lists what can be written as a figure, each with a button that copies it."""

    def __init__(self, template: str = "newsroom/admin/figures_panel.html", **kwargs: Any) -> None:
        super().__init__(template=template, **kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            context["offered"] = offered_figures(self.instance.host_or_none, self.instance.programme)
            return context


class TermsPanel(HelpPanel):
    """The trade's words to avoid while a release is written, and what has to be called as its translation calls it."""

    def __init__(self, template: str = "newsroom/admin/terms_panel.html", **kwargs: Any) -> None:
        super().__init__(template=template, **kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            other = self.instance.get_translations().first() if self.instance.pk else None
            context["lang"] = self.instance.locale.language_code
            if other is not None:
                context["other_lang"] = other.locale.language_code
                context["other"] = _words_of(other.specific)
            return context


def _words_of(release: Any) -> str:
    body = strip_tags(release.body.render_as_block()) if release.body else ""
    return "\n".join([release.title, release.bullets, html.unescape(body)])
