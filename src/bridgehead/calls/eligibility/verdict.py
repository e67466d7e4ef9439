"""What comes out of a rule: kept with the application as codes and figures, and written out for each reader anew."""

from dataclasses import dataclass, field
from typing import Any

MET, NOT_MET, UNKNOWN = "met", "not_met", "unknown"

#: Where an applicant mends what is not known yet: on the firm's page, or at a question of the form.
AT_FIRM, AT_QUESTION = "firm", "question"


@dataclass(frozen=True)
class Verdict:
    state: str
    figures: dict[str, Any] = field(default_factory=dict)


def verdict(holds: bool, **figures: Any) -> Verdict:
    return Verdict(MET if holds else NOT_MET, figures)


def unknown(**figures: Any) -> Verdict:
    return Verdict(UNKNOWN, figures)
