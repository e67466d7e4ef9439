"""Does an application meet the call's rules? While it is written: now. Once it was sent: as it stood then."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bridgehead.calls.eligibility import KINDS
from bridgehead.calls.eligibility.facts import Asked, Facts, Support
from bridgehead.calls.eligibility.history import said
from bridgehead.calls.eligibility.verdict import MET, NOT_MET, UNKNOWN, Verdict
from bridgehead.calls.models import Application, Award, Call, EligibilityRule, Overrule
from bridgehead.kit.bilingual import pick
from bridgehead.organisations.models import Organisation
from bridgehead.questions.models import QuestionSet

State = Application.State
#: While it is in these states the applicant can still mend what is missing, so the rules look at today.
BEING_WRITTEN = frozenset({State.DRAFT, State.RETURNED})


@dataclass(frozen=True)
class Result:
    """One rule for one application, in the reader's language. `mended` says where: "firm", "question" or nowhere."""

    rule: EligibilityRule
    state: str
    asks: str
    found: str
    mended: str = ""
    overrule: Overrule | None = None

    @property
    def is_met(self) -> bool:
        return self.state == MET

    @property
    def is_unknown(self) -> bool:
        return self.state == UNKNOWN

    @property
    def stands_in_the_way(self) -> bool:
        """Not met and not overruled: the office has to decide before the application goes to review."""
        return self.state == NOT_MET and self.overrule is None


def _supports(firm: Organisation, call: Call) -> list[Support]:
    awards = Award.objects.filter(firm=firm).exclude(programme=call.programme_id).select_related("programme")
    return [
        Support(
            year=award.programme.starts_on.year,
            kind=award.programme.kind,
            edition=award.programme.edition_id,
            withdrawn=award.state == Award.State.WITHDRAWN,
            excused=award.excused,
        )
        for award in awards
    ]


def _asked(question_set: QuestionSet) -> dict[str, Asked]:
    return {
        question.key: Asked(
            question.label,
            {
                str(choice["value"]): pick(choice.get("ko", ""), choice.get("en", ""))
                for choice in question.options.get("choices", [])
            },
        )
        for question in question_set.questions.all()
    }


@dataclass(frozen=True)
class RuleInWords:
    rule: EligibilityRule
    asks: str


def rules_in_words(call: Call) -> list[RuleInWords]:
    """What the call asks of applicants, for its page and its preview."""
    facts = Facts(year=0, kind="", questions=_asked(call.question_set))
    return [
        RuleInWords(rule, said(KINDS[rule.kind].asks(rule.parameters, facts), rule.parameters))
        for rule in call.eligibility_rules.all()
    ]


def facts_about(call: Call, firm: Organisation, question_set: QuestionSet, answers: dict[str, Any]) -> Facts:
    return Facts(
        year=call.programme.starts_on.year,
        kind=call.programme.kind,
        edition=call.programme.edition_id,
        region=firm.region,
        sector=firm.sector,
        employees=firm.employees,
        supports=_supports(firm, call),
        answers=answers,
        questions=_asked(question_set),
    )


def _facts(application: Application) -> Facts:
    return facts_about(application.call, application.firm, application.question_set, application.answers)


def _result(rule: EligibilityRule, facts: Facts, given: Verdict, overrule: Overrule | None) -> Result:
    kind = KINDS[rule.kind]
    return Result(
        rule=rule,
        state=given.state,
        asks=said(kind.asks(rule.parameters, facts), rule.parameters),
        found=said(kind.found(rule.parameters, facts, given), rule.parameters),
        mended=kind.MENDED if given.state == UNKNOWN else "",
        overrule=overrule,
    )


def _kept(application: Application) -> dict[int, Verdict]:
    if application.state in BEING_WRITTEN:
        return {}
    return {entry["rule"]: Verdict(entry["state"], entry["figures"]) for entry in application.eligibility}


def checked(application: Application) -> list[Result]:
    """Every rule of the call, explained. Empty where the call has none."""
    rules = list(application.call.eligibility_rules.all())
    if not rules:
        return []
    facts, kept = _facts(application), _kept(application)
    overrules = {overrule.rule_id: overrule for overrule in application.overrules.select_related("made_by")}
    return [
        _result(
            rule,
            facts,
            kept.get(rule.pk) or KINDS[rule.kind].judge(rule.parameters, facts),
            overrules.get(rule.pk),
        )
        for rule in rules
    ]


def checked_beforehand(call: Call, firm: Organisation) -> list[Result]:
    """For a firm that has not begun an application: what its page and its past say already."""
    facts = facts_about(call, firm, call.question_set, {})
    return [
        _result(rule, facts, KINDS[rule.kind].judge(rule.parameters, facts), None)
        for rule in call.eligibility_rules.all()
    ]


def snapshot(application: Application) -> list[dict[str, Any]]:
    """What each rule says now, in codes and figures: kept in `Application.eligibility` at the submission."""
    facts = _facts(application)
    found = []
    for rule in application.call.eligibility_rules.all():
        given = KINDS[rule.kind].judge(rule.parameters, facts)
        found.append({"rule": rule.pk, "code": rule.kind, "state": given.state, "figures": given.figures})
    return found


def in_the_way(results: Iterable[Result]) -> list[Result]:
    return [result for result in results if result.stands_in_the_way]
