"""From a certificate of ours to the credential others read: a UNTP Digital Conformity Credential, an Open Badge."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from bridgehead.calls.models import Award
from bridgehead.certification.models import Certificate, Finding
from bridgehead.certification.models.certificates import COURSES
from bridgehead.certification.publishing import address
from bridgehead.engines.credentials import builders
from bridgehead.engines.credentials.strictjson import Object
from bridgehead.organisations.models import Organisation

#: Units that UN/ECE Recommendation 20 has a code for; others are named as the criterion names them.
UNIT_CODES = {"%": "P1", "mg/kg": "NA", "mg/L": "M1"}


def conformity(certificate: Certificate, issuer: str, status: list[Object]) -> Object:
    case, scheme = certificate.case, certificate.case.version.scheme
    found = case.findings.select_related("criterion").order_by("criterion__order")
    return builders.conformity_credential(
        id=address(f"{certificate.number}.json"),
        issuer={"id": issuer, "name": scheme.host.name_en},
        name=f"{scheme.name_en} · {scheme.name_ko}",
        description=f"{certificate.scope_en or certificate.scope_ko}",
        scheme={"id": _scheme_address(certificate), "name": scheme.name_en},
        issued_to=_party(case.firm),
        assessments=[_assessment(certificate, finding) for finding in found if finding.conforms],
        valid_from=_start(certificate),
        valid_until=datetime.combine(certificate.valid_until, time(23, 59, 59), _seoul()),
        status=status,
    )


def badge(award: Award, issuer: str, status: list[Object]) -> Object:
    programme = award.programme
    title = programme.title_en or programme.title_ko
    course = programme.kind in COURSES
    did = "completed" if course else "took part in"
    return builders.badge(
        id=address(f"badges/{award.pk}.json"),
        issuer={"id": issuer, "name": programme.host.name_en},
        achievement={
            "id": f"{settings.SITE_URL}/en/results/{programme.slug}/",
            "name": f"{title} · {programme.title_ko}" if title != programme.title_ko else title,
            "achievementType": "Course" if course else "Membership",
        },
        criteria=f"Was selected for, and {did}, “{title}” of {programme.host.name_en}.",
        holder_name=_name(award.firm),
        valid_from=timezone.now(),
        status=status,
    )


def _start(certificate: Certificate) -> datetime:
    """The first moment of its first day, but never before it was issued, nor after."""
    return min(timezone.now(), datetime.combine(certificate.valid_from, time.max, _seoul()))


def _seoul() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def _name(firm: Organisation) -> str:
    return firm.name_en or firm.name_ko


def _party(firm: Organisation) -> Object:
    party: Object = {"id": f"{settings.SITE_URL}/en/certificates/firms/{firm.slug}/", "name": _name(firm)}
    if firm.business_number:
        party["registeredId"] = firm.business_number
    return party


def _scheme_address(certificate: Certificate) -> str:
    version = certificate.case.version
    return f"{settings.SITE_URL}/en/certificates/schemes/{version.scheme.slug}/"


def _assessment(certificate: Certificate, finding: Finding) -> Object:
    criterion, case = finding.criterion, certificate.case
    what = {
        "id": f"{address(certificate.number)}#scope",
        "name": certificate.scope_en or certificate.scope_ko,
    }
    measured = (
        [
            builders.metric(
                criterion.indicator_en, float(finding.value), UNIT_CODES.get(criterion.unit, criterion.unit)
            )
        ]
        if finding.value is not None and criterion.unit
        else []
    )
    return builders.assessment(
        id=f"{address(certificate.number)}#{criterion.code}",
        topic=criterion.topic,
        compliant=finding.conforms,
        assessed_on=finding.at.astimezone(_seoul()).date().isoformat(),
        criteria=[
            {
                "id": f"{_scheme_address(certificate)}#v{case.version.number}-{criterion.code}",
                "name": criterion.name_en,
            }
        ],
        metrics=measured,
        products=[what] if case.kind == case.Kind.PRODUCTS else [],
        facilities=[what] if case.kind == case.Kind.SITE else [],
    )
