"""From open call to award: one workflow for fairs, vouchers, training, research teams and incubation."""

from bridgehead.calls.models.appearance import Appearance
from bridgehead.calls.models.application import (
    AnswerConflict,
    Application,
    Overrule,
    Revision,
    Submission,
    TeamMember,
)
from bridgehead.calls.models.call import (
    Bonus,
    Call,
    CallFile,
    Criterion,
    EligibilityRule,
    Letter,
    Quota,
    Stage,
)
from bridgehead.calls.models.decision import (
    Award,
    Decision,
    Objection,
    Scenario,
)
from bridgehead.calls.models.review import (
    Review,
    ReviewerProfile,
    Score,
)

__all__ = [
    "AnswerConflict",
    "Appearance",
    "Application",
    "Award",
    "Bonus",
    "Call",
    "CallFile",
    "Criterion",
    "Decision",
    "EligibilityRule",
    "Letter",
    "Objection",
    "Overrule",
    "Quota",
    "Review",
    "ReviewerProfile",
    "Revision",
    "Scenario",
    "Score",
    "Stage",
    "Submission",
    "TeamMember",
]
