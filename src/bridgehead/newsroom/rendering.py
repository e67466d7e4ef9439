"""A release as its readers get it: bullets, body and figures, the same for the page, its preview and the feed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override
from wagtail.rich_text import expand_db_html

from bridgehead.newsroom.figures import Figure, Figures
from bridgehead.newsroom.tokens import tokens_in

if TYPE_CHECKING:
    from bridgehead.newsroom.models import ReleasePage


EMPTY = mark_safe("")


@dataclass(frozen=True)
class Line:
    text: SafeString
    details: tuple[SafeString, ...]


@dataclass(frozen=True)
class Part:
    """One block of the body; which of the fields are filled follows from its kind."""

    kind: str
    html: SafeString = EMPTY
    note: SafeString = EMPTY
    value: Any = None
    figure: Figure | None = None


def explained_at(release: ReleasePage) -> str:
    """Where the figures of a release are explained."""
    with override(release.locale.language_code):
        return reverse("newsroom:figures", args=[release.host.slug, release.slug])


def lines_of(release: ReleasePage, figures: Figures) -> list[Line]:
    written = _verbatim if release.is_imported else figures.html
    return [
        Line(written(bullet.text), tuple(written(detail) for detail in bullet.children))
        for bullet in release.summary
    ]


def parts_of(release: ReleasePage, figures: Figures) -> list[Part]:
    return [_part(block, figures, release.is_imported) for block in release.body]


def _verbatim(text: str) -> SafeString:
    return mark_safe(escape(text))


def _part(block: Any, figures: Figures, imported: bool) -> Part:
    kind, value = block.block_type, block.value
    text = _verbatim if imported else figures.html
    if kind == "paragraph":
        markup = expand_db_html(value.source)
        return Part(kind, mark_safe(markup) if imported else figures.rich(markup))
    if kind == "heading":
        return Part(kind, text(value))
    if kind == "quote":
        return Part(kind, text(value["text"]), value=value)
    if kind == "figure":
        figure = figures.figure(next(tokens_in(value["token"])))
        return Part(kind, text(value["token"]), text(value["caption"]), figure=figure)
    return Part(kind, note=text(value["caption"]), value=value)


def release_context(release: ReleasePage) -> dict[str, Any]:
    """Everything `newsroom/release.html` reads besides the page."""
    figures = Figures(release.moment, explained_at(release))
    with override(release.locale.language_code):
        lines, parts = lines_of(release, figures), parts_of(release, figures)
    return {
        "release": release,
        "lines": lines,
        "parts": parts,
        "figures": list(figures.mentioned.values()),
        "figures_address": figures.explained_at,
    }
