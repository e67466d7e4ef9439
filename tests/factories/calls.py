from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from bridgehead.calls.models import Application, Award, Call, CallFile, Criterion, EligibilityRule, Stage
from bridgehead.organisations.models import Organisation
from bridgehead.programmes.models import Programme
from bridgehead.questions.models import Attachment, Question, QuestionSet

from .organisations import a_firm, number
from .programmes import a_programme


def a_question_set(programme: Programme, *questions: dict[str, Any]) -> QuestionSet:
    """With no questions given: one short text, `product`."""
    question_set = QuestionSet.objects.create(name=f"Questions {number()}", host=programme.host)
    for order, question in enumerate(questions or [{"key": "product", "kind": "short_text"}]):
        fields = {"label_ko": question["key"], "label_en": question["key"], **question}
        Question.objects.create(question_set=question_set, order=order, **fields)
    return question_set


def a_call(
    programme: Programme | None = None, *, questions: tuple[dict[str, Any], ...] = (), **fields: Any
) -> Call:
    """A published call that is open now, with two criteria of 60 and 40."""
    programme = programme or a_programme()
    n, now = number(), timezone.now()
    fields.setdefault("slug", f"call-{n}")
    fields.setdefault("title_ko", f"참가 기업 모집 {n}")
    fields.setdefault("title_en", f"Call for participants {n}")
    fields.setdefault("opens_at", now - timedelta(days=1))
    fields.setdefault("closes_at", now + timedelta(days=10))
    fields.setdefault("published_at", now - timedelta(days=1))
    fields.setdefault("places", 2)
    fields.setdefault("reserves", 1)
    fields.setdefault("question_set", a_question_set(programme, *questions))
    wanted = fields.pop("reviews_wanted", 2)
    call = Call.objects.create(programme=programme, **fields)
    stage = Stage.objects.create(call=call, name_ko="서류 심사", name_en="Documents", reviews_wanted=wanted)
    for order, (ko, en, weight) in enumerate(
        [("제품력", "Product", 60), ("수출 준비도", "Export readiness", 40)], start=1
    ):
        Criterion.objects.create(call=call, stage=stage, order=order, name_ko=ko, name_en=en, weight=weight)
    return call


def an_application(call: Call, firm: Organisation | None = None, **fields: Any) -> Application:
    """A submitted application."""
    fields.setdefault("state", Application.State.SUBMITTED)
    fields.setdefault("number", f"A-{number():04d}")
    fields.setdefault("submitted_at", timezone.now())
    fields.setdefault("answers", {"product": "silver rings"})
    fields.setdefault("question_set", call.question_set)
    return Application.objects.create(call=call, firm=firm or a_firm(), **fields)


def an_award(programme: Programme | None = None, firm: Organisation | None = None, **fields: Any) -> Award:
    fields.setdefault("made_at", timezone.now())
    fields.setdefault("state", Award.State.ACCEPTED)
    return Award.objects.create(programme=programme or a_programme(), firm=firm or a_firm(), **fields)


def a_call_file(call: Call, **fields: Any) -> CallFile:
    attachment = Attachment(name="form.pdf", content_type="application/pdf", size=5, sha256="0" * 64)
    attachment.file.save("form.pdf", ContentFile(b"%PDF-"))
    fields.setdefault("title_ko", "신청서 양식")
    fields.setdefault("title_en", "Form to fill in")
    return CallFile.objects.create(call=call, attachment=attachment, **fields)


def a_rule(call: Call, kind: str = "region", **parameters: Any) -> EligibilityRule:
    """With no parameters given for a region: the city of Icheon."""
    if kind == "region" and not parameters:
        parameters = {"values": [{"ko": "이천시", "en": "Icheon"}]}
    return EligibilityRule.objects.create(call=call, kind=kind, parameters=parameters)
