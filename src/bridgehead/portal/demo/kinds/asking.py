"""Question sets, and the steps of the call builder in one go."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bridgehead.accounts.models import User
from bridgehead.calls.actions import editing, ruling, staging
from bridgehead.calls.models import Call
from bridgehead.organisations.models import Host
from bridgehead.portal.demo import story
from bridgehead.questions.actions import add_question, create_set
from bridgehead.questions.models import QuestionSet

NO_YES = [("no", "없음", "None"), ("yes", "있음", "Some")]
ARREARS: dict[str, Any] = {
    "key": "arrears",
    "kind": "choice",
    "label_ko": "국세·지방세 체납",
    "label_en": "National or local taxes in arrears",
}


def choices(options: Iterable[tuple[str, str, str]]) -> dict[str, Any]:
    return {"choices": [{"value": value, "ko": korean, "en": english} for value, korean, english in options]}


def questions(*, host: Host, name: str, by: User, asked: Iterable[Mapping[str, Any]]) -> QuestionSet:
    found = create_set(name=name, host=host, by=by)
    for question in asked:
        add_question(question_set=found, by=by, **question)
    return found


def criterion(korean: str, english: str, weight: int) -> dict[str, Any]:
    return {"name_ko": korean, "name_en": english, "weight": weight}


def build(
    *,
    by: User,
    rules: Sequence[tuple[str, dict[str, Any]]] = (),
    stages: Sequence[dict[str, Any]] = (),
    selection: Mapping[str, Any],
    **fields: Any,
) -> Call:
    """Through the steps of the builder, and published an hour before it opens."""
    call = editing.create_call(by=by, **fields)
    for kind, parameters in rules:
        ruling.add_rule(call=call, kind=kind, parameters=parameters, by=by)
    for number, stage in enumerate(stages):
        row = (
            call.stages.get()
            if number == 0
            else staging.add_stage(call=call, by=by, name_ko=stage["name_ko"])
        )
        staging.edit_stage(stage=row, by=by, **{k: v for k, v in stage.items() if k != "weight"})
    if len(stages) > 1:
        weights = [stage["weight"] for stage in stages]
        ids = call.stages.values_list("pk", flat=True)
        staging.set_weights(call=call, weights=dict(zip(ids, weights, strict=True)), by=by)
    editing.set_selection(call=call, by=by, **selection)
    call.refresh_from_db()
    with story.at(call.opens_at - timedelta(hours=1)):
        editing.publish_call(call=call, by=by)
    call.refresh_from_db()
    return call


def seoul(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour, tzinfo=story.SEOUL)
