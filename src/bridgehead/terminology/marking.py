"""Known terms in the texts of pages: a link to the concept with a card that shows on hover and focus.

Rooms above use the filters `with_terms` and `html_with_terms`; a page that does loads `terminology/js/cards.js` and
`terminology/css/cards.css`. Without scripts a term is still a link to its concept.
"""

import html
import re
from collections.abc import Iterator

from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from bridgehead.terminology.queries.recognising import Recognised, worth_marking

_PIECE = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
#: Inside of these nothing is marked: a link in a link, a heading that is a name, code.
_CLOSED = frozenset(
    {"a", "button", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "script", "style", "data", "svg"}
)
MOST = 40  # terms marked in one text; more would be a page of links


def mark_text(text: str, lang: str) -> SafeString:
    """A plain text, escaped, its terms linked."""
    marked: list[str] = []
    at = 0
    for found in _first(text, lang):
        marked += [conditional_escape(text[at : found.start]), _link(found)]
        at = found.end
    return mark_safe("".join([*marked, conditional_escape(text[at:])]))


def mark_html(markup: str, lang: str) -> SafeString:
    """HTML that is already safe, with the terms of its running text linked; tags stay as they are."""
    pieces = list(_texts(markup))
    plain = "".join(text for text, is_text in pieces if is_text)
    found = iter(_first(plain, lang))
    return mark_safe("".join(_woven(pieces, found)))


def _first(text: str, lang: str) -> list[Recognised]:
    return [found for _number, found in zip(range(MOST), worth_marking(text, lang), strict=False)]


def _texts(markup: str) -> Iterator[tuple[str, bool]]:
    """Pieces of markup: running text unescaped, everything else as it stands."""
    depth = 0
    for piece in _PIECE.split(markup):
        tag = _TAG.match(piece)
        if tag and tag[1].lower() in _CLOSED and not piece.endswith("/>"):
            depth = max(0, depth + (-1 if piece.startswith("</") else 1))
        if tag or piece.startswith("<!--") or depth:
            yield piece, False
        elif piece:
            yield html.unescape(piece), True


def _woven(pieces: list[tuple[str, bool]], marks: Iterator[Recognised]) -> Iterator[str]:
    """The pieces with links where the marks are; a mark that runs across tags is left out."""
    offset, mark = 0, next(marks, None)
    for text, is_text in pieces:
        if not is_text:
            yield text
            continue
        at, end = 0, offset + len(text)
        while mark and mark.start < end:
            if mark.start >= offset + at and mark.end <= end:
                yield from (html.escape(text[at : mark.start - offset], quote=False), _link(mark))
                at = mark.end - offset
            mark = next(marks, None)
        yield html.escape(text[at:], quote=False)
        offset = end


def _link(found: Recognised) -> SafeString:
    address = reverse("terminology:concept", args=[found.terms[0].concept])
    card = reverse("terminology:card", args=[found.terms[0].concept])
    return format_html(
        '<a class="bh-known-term" href="{}" data-term-card="{}">{}</a>', address, card, found.surface
    )
