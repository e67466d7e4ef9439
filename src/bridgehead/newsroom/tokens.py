"""The one way to put a figure into a release, in bullets and body alike: {{programme indicator}}.

`{{gyeonggi-mwc-2025 pursued}}` states number and amount, `{{gyeonggi-mwc-2025 pursued count}}` one of them, and
`@2025-03-09` at the end fixes the day as of which it is stated. The indicator brings its word along, so a figure
can never be told as something it is not.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bridgehead.outcomes.rules import STAGES

WINS, FIRMS, BUDGET = "wins", "firms", "budget"
INDICATORS = (*STAGES, WINS, FIRMS, BUDGET)
COUNT, AMOUNT, BOTH = "count", "amount", "both"
_TAG = re.compile(r"(<[^<>]*>)")
_TOKEN = re.compile(r"\{\{([^{}]*)\}\}")
_BRACES = re.compile(r"\{\{|\}\}")


class BadFigure(ValidationError):
    """A token that names no figure; the message says what to write instead."""


@dataclass(frozen=True)
class Token:
    programme: str
    indicator: str
    measure: str = BOTH
    day: date | None = None

    def __str__(self) -> str:
        words = [self.programme, self.indicator]
        words += [self.measure] if self.measure != BOTH else []
        words += [f"@{self.day.isoformat()}"] if self.day else []
        return "{{" + " ".join(words) + "}}"

    @property
    def anchor(self) -> str:
        """Number and amount of one indicator are explained at the same place."""
        day = self.day.isoformat() if self.day else ""
        return "-".join(filter(None, [self.programme, self.indicator, day]))


def parse(inside: str) -> Token:
    """The token between {{ and }}, or BadFigure."""
    words = html.unescape(inside).split()
    if len(words) < 2:
        raise BadFigure(
            _(
                "“%(token)s” is not a figure. Write {{programme indicator}}, such as {{gyeonggi-mwc-2025 pursued}}."
            )
            % {"token": inside.strip()}
        )
    programme, indicator, *rest = words
    if indicator not in INDICATORS:
        raise BadFigure(
            _("“%(indicator)s” is not an indicator. There are: %(known)s.")
            % {"indicator": indicator, "known": ", ".join(INDICATORS)}
        )
    measure, day = BOTH, None
    for word in rest:
        if word in (COUNT, AMOUNT):
            measure = word
        elif word.startswith("@"):
            day = _day(word)
        else:
            raise BadFigure(
                _("“%(word)s” in a figure is neither “count” nor “amount” nor a day such as @2025-03-09.")
                % {"word": word}
            )
    return _checked(Token(programme, indicator, measure, day))


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word[1:])
    except ValueError:
        raise BadFigure(_("“%(word)s” is not a day; write it as @2025-03-09.") % {"word": word}) from None


def _checked(token: Token) -> Token:
    if token.indicator == FIRMS and token.measure == AMOUNT:
        raise BadFigure(_("The number of firms has no amount; leave out “amount”."))
    if token.indicator == BUDGET and token.measure == COUNT:
        raise BadFigure(_("The budget is an amount; leave out “count”."))
    return token


def tokens_in(markup: str) -> Iterator[Token]:
    """Every figure of a text or of rich text. Raises BadFigure for the first that cannot be read."""
    for part in _TAG.split(markup):
        if part.startswith("<") and part.endswith(">"):
            continue
        for match in _TOKEN.finditer(part):
            yield parse(match[1])
        if _BRACES.search(_TOKEN.sub("", part)):
            raise BadFigure(
                _("A figure begins with {{ and ends with }}, on one line and without bold or links inside.")
            )


def replace_tokens(markup: str, words: Callable[[Token, bool], str]) -> str:
    """The markup with each token in its text replaced. `words` gets the token and whether it stands in a link."""
    parts, in_link = [], False
    for part in _TAG.split(markup):
        if part.startswith("<") and part.endswith(">"):
            name = part[1:3].lower()
            in_link = name in ("a ", "a>") or (in_link and part.lower() != "</a>")
            parts.append(part)
        else:
            linked = in_link
            parts.append(_TOKEN.sub(lambda match, linked=linked: words(parse(match[1]), linked), part))
    return "".join(parts)
