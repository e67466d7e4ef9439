"""Rules of eligibility of a call, and what the office decides about an applicant in spite of one."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls.actions.drafting import record, unpublished
from bridgehead.calls.models import Application, Award, Call, EligibilityRule, Overrule
from bridgehead.calls.queries.eligibility import checked


class NotInTheWay(Exception):
    """The rule is met, not known, or overruled already: there is nothing to overrule."""

    def __init__(self) -> None:
        super().__init__(_("This rule does not stand in the way of the application."))


@transaction.atomic
def add_rule(*, call: Call, kind: str, parameters: Mapping[str, Any], by: User | None) -> EligibilityRule:
    found = unpublished(call)
    last = found.eligibility_rules.last()
    rule = EligibilityRule(
        call=found, kind=kind, parameters=dict(parameters), order=last.order + 1 if last else 0
    )
    rule.full_clean()
    rule.save(force_insert=True)
    record("call.add_rule", found, by, data={"kind": kind, **parameters})
    return rule


@transaction.atomic
def edit_rule(*, rule: EligibilityRule, parameters: Mapping[str, Any], by: User | None) -> EligibilityRule:
    call = unpublished(rule.call)
    rule.parameters = dict(parameters)
    rule.full_clean()
    rule.save(update_fields=["parameters"])
    record("call.edit_rule", call, by, data={"kind": rule.kind, **parameters})
    return rule


@transaction.atomic
def remove_rule(*, rule: EligibilityRule, by: User | None) -> None:
    call = unpublished(rule.call)
    record("call.remove_rule", call, by, data={"kind": rule.kind})
    rule.delete()


@transaction.atomic
def overrule(*, application: Application, rule: EligibilityRule, reason: str, by: User | None) -> Overrule:
    """Let the application pass a rule it does not meet, with the reason on record."""
    Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if not any(result.rule == rule and result.stands_in_the_way for result in checked(application)):
        raise NotInTheWay
    made = Overrule(application=application, rule=rule, reason=reason, made_by=by)
    made.full_clean()
    made.save(force_insert=True)
    audit.record(
        by=by,
        verb="application.overrule",
        target=application,
        chain=application.call.programme.host.slug,
        reason=reason,
        data={"rule": rule.kind},
    )
    return made


@transaction.atomic
def excuse_withdrawal(*, award: Award, reason: str, by: User | None) -> Award:
    """The firm gave its place up for a reason the office accepts: later calls do not hold it against the firm."""
    award.excused = True
    award.save(update_fields=["excused"])
    chain = award.programme.host.slug
    audit.record(by=by, verb="award.excuse", target=award, chain=chain, reason=reason)
    return award
