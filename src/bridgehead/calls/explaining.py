"""Reason codes of a decision as sentences in the reader's language."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

Reason = Mapping[str, Any]


def points(value: str | Decimal) -> str:
    """A score as people read it: two places at most, no trailing zeros."""
    number = Decimal(value).quantize(Decimal("0.01"))
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _name(reason: Reason) -> str:
    names = reason.get("name") or {}
    language = (get_language() or "ko")[:2]
    return names.get(language) or names.get("ko") or names.get("en") or reason.get("value", "")


def _ranked(reason: Reason) -> str:
    figures = {"rank": reason["rank"], "of": reason["of"], "score": points(reason["score"])}
    if not Decimal(reason["bonus"]):
        return _("Ranked %(rank)s of %(of)s with %(score)s points.") % figures
    return _("Ranked %(rank)s of %(of)s with %(score)s + %(bonus)s bonus = %(total)s points.") % {
        **figures,
        "bonus": points(reason["bonus"]),
        "total": points(Decimal(reason["score"]) + Decimal(reason["bonus"])),
    }


def _submitted(reason: Reason) -> str:
    return _(
        "Equal points and equal on the heaviest criterion: the earlier submission comes first (%(at)s)."
    ) % {"at": _moment(reason["at"])}


def _moment(text: str) -> str:
    moment = timezone.localtime(datetime.fromisoformat(text))
    return f"{date_format(moment, 'DATE_FORMAT')} {moment:%H:%M:%S}"


def _drawn(reason: Reason) -> str:
    return _(
        "Drawn by lot: place %(rank)s of %(of)s. The SHA-256 of “%(text)s” is %(hash)s; the smallest comes first."
    ) % {**reason, "text": f"{reason['seed']}{reason['number']}"}


def _stage_ended(reason: Reason) -> str:
    stage = {"name": _name({"name": reason["stage"]})}
    if reason.get("note"):
        return _("Did not pass the stage “%(name)s”: %(note)s") % {**stage, "note": reason["note"]}
    if reason.get("score") is None:
        return _("Did not pass the stage “%(name)s”.") % stage
    figures = {**stage, "score": points(reason["score"])}
    if reason.get("passing"):
        text = _("Did not pass the stage “%(name)s” with %(score)s points: the best %(passing)s went on.")
        return text % {**figures, "passing": reason["passing"]}
    text = _("Did not pass the stage “%(name)s”: %(score)s of at least %(threshold)s points.")
    return text % {**figures, "threshold": points(reason["threshold"])}


SENTENCES: dict[str, Callable[[Reason], str]] = {
    "ranked": _ranked,
    "drawn": _drawn,
    "came": lambda r: (
        _("Place %(rank)s of %(of)s in the order of submission (%(at)s).") % {**r, "at": _moment(r["at"])}
    ),
    "stage": lambda r: (
        _("%(name)s: %(score)s points, counted with %(weight)s of 100.")
        % {"name": _name(r), "score": points(r["score"]), "weight": r["weight"]}
    ),
    "not_passed": lambda r: _("Did not pass the stage “%(name)s”.") % {"name": _name(r)},
    "stage_ended": _stage_ended,
    "reaches_threshold": lambda r: (
        _("Reaches the threshold of %(threshold)s points.") % {"threshold": points(r["threshold"])}
    ),
    "bonus": lambda r: (
        _("Bonus: %(name)s, %(points)s points.") % {"name": _name(r), "points": points(r["points"])}
    ),
    "tie_criterion": lambda r: (
        _("Equal points: the criterion “%(name)s” decided (%(value)s).")
        % {"name": _name(r), "value": points(r["value"])}
    ),
    "tie_submitted": _submitted,
    "below_threshold": lambda r: (
        _("Below the threshold: %(score)s of at least %(threshold)s points.")
        % {"score": points(r["score"]), "threshold": points(r["threshold"])}
    ),
    "kept": lambda r: (
        _("Takes one of the %(places)s places kept for %(name)s.") % {"places": r["places"], "name": _name(r)}
    ),
    "within_places": lambda r: _("Within the %(places)s places.") % {"places": r["places"]},
    "beyond_places": lambda r: _("Beyond the %(places)s places.") % {"places": r["places"]},
    "kept_for_others": lambda r: (
        _("%(places)s of the places were kept for quotas.") % {"places": r["places"]}
    ),
    "reserve": lambda r: _("Number %(place)s on the reserve list.") % {"place": r["place"]},
    "committee": lambda r: _("Changed by the committee: %(note)s") % {"note": r["note"]},
    "objection": lambda r: _("Changed after an objection: %(note)s") % {"note": r["note"]},
    "not_eligible": lambda r: _("Not eligible: %(note)s") % {"note": r["note"]},
    "promoted": lambda r: (
        _("Moved up from number %(place)s of the reserve list after a place became free.")
        % {"place": r["place"]}
    ),
}


def sentences(reasons: Iterable[Reason]) -> list[str]:
    """One sentence per reason; a code this version does not know is shown as it is rather than hidden."""
    return [
        SENTENCES[reason["code"]](reason) if reason["code"] in SENTENCES else str(reason["code"])
        for reason in reasons
    ]
