"""A scheme, and cases as far as a test needs them: by the actions people use."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bridgehead.accounts.models import User
from bridgehead.certification.actions import applying, deciding, evaluating
from bridgehead.certification.actions.schemes import create_scheme, publish_version
from bridgehead.certification.models import Case, Criterion, Limit, SchemeVersion
from bridgehead.organisations.models import Host
from tests.factories.organisations import a_firm, a_host, maker_of, number, staff


def a_scheme(host: Host | None = None, **fields: Any) -> SchemeVersion:
    """In force, with a measured criterion (nickel, at most 0.5 in the EU) and one in words."""
    host, n = host or a_host(), number()
    fields = {
        "slug": f"scheme-{n}",
        "code": f"S{n}",
        "name_ko": "친환경 인증",
        "name_en": "Eco scheme",
    } | fields
    version = create_scheme(host=host, by=None, **fields)
    nickel = a_criterion(version, code="nickel", unit="µg/cm²/week")
    Limit.objects.create(
        criterion=nickel,
        market="EU",
        value=Decimal("0.5"),
        source="REACH XVII 27",
        source_date=date(2009, 6, 22),
    )
    a_criterion(version, code="origin")
    publish_version(version=version, by=None)
    return version


def a_criterion(version: SchemeVersion, **fields: Any) -> Criterion:
    texts = {"name": "기준", "indicator": "지표", "evidence": "자료"}
    korean = {f"{stem}_ko": text for stem, text in texts.items()}
    english = {f"{stem}_en": f"{stem} of {fields['code']}" for stem in texts}
    return Criterion.objects.create(version=version, **korean, **english, **fields)


def a_case(version: SchemeVersion | None = None, **fields: Any) -> Case:
    version = version or a_scheme()
    fields = {"firm": None, "scope_ko": "은반지", "scope_en": "Silver rings", "markets": ["EU"]} | fields
    fields["firm"] = fields["firm"] or a_firm()
    return applying.open_case(version=version, by=None, **fields)


def submitted(case: Case, by: User | None = None) -> Case:
    answers = {criterion: (Decimal("0.1"), "We do.") for criterion in case.version.criteria.all()}
    applying.assess_oneself(case=case, answers=answers, by=by or maker_of(case.firm))
    applying.submit(case=case, by=by)
    return case


def evaluated(case: Case, evaluator: User | None = None) -> Case:
    evaluator = evaluator or staff(case.version.scheme.host)
    submitted(case)
    evaluating.accept(case=case, by=evaluator)
    for criterion in case.version.criteria.all():
        evaluating.find(
            case=case, criterion=criterion, conforms=True, method="lab", value=Decimal("0.1"), by=evaluator
        )
    evaluating.finish(case=case, by=evaluator)
    return case


def certified(case: Case | None = None, by: User | None = None) -> Case:
    case = evaluated(case or a_case())
    deciding.decide(case=case, outcome="grant", reason="10/10", by=by or staff(case.version.scheme.host))
    return case


def in_days(days: int) -> date:
    return date.today() + timedelta(days=days)
