"""What has to be there before an application may be sent, whoever sends it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bridgehead.calls.actions.errors import Incomplete
from bridgehead.calls.models import Application
from bridgehead.calls.queries.team import team_problem
from bridgehead.kit.validators import clean_business_number
from bridgehead.questions.rules import answers as answer_rules


def problems_of(application: Application, answers: Mapping[str, Any]) -> dict[str, str]:
    """Question key → what is wrong; the key "" is the application as a whole, "team" its team."""
    problems = answer_rules.problems(application.question_set.questions.all(), answers)
    for key in application.answer_conflicts.filter(resolved_at=None).values_list("key", flat=True):
        problems[key] = _("There are two texts here: choose one.")
    try:
        clean_business_number(application.firm.business_number)
    except ValidationError as error:
        problems[""] = error.messages[0]
    if problem := team_problem(application):
        problems["team"] = problem
    return problems


def check_complete(application: Application, answers: Mapping[str, Any]) -> None:
    if problems := problems_of(application, answers):
        raise Incomplete(problems)
