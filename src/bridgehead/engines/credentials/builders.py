"""Certificates and badges, ready to sign: W3C credentials in the shapes that other programs know.

UN Transparency Protocol, Digital Conformity Credential 0.6 (a certificate), and 1EdTech Open Badges 3.0 (a badge).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bridgehead.engines.credentials import instants
from bridgehead.engines.credentials.contexts import CREDENTIALS_V2, OPEN_BADGES
from bridgehead.engines.credentials.strictjson import Object

CONFORMITY = "https://test.uncefact.org/vocabulary/untp/dcc/0.6.0/"


def credential(
    *,
    issuer: str | Object,
    subject: Object | Sequence[Object],
    valid_from: datetime,
    valid_until: datetime | None = None,
    id: str | None = None,
    types: Sequence[str] = (),
    contexts: Sequence[str | Object] = (),
    status: Sequence[Object] = (),
    **more: Any,
) -> Object:
    """An unsigned credential. `status`: entries of `statuslists.entry`. `more`: name, description, evidence …"""
    document: Object = {"@context": [CREDENTIALS_V2, *contexts]}
    if id is not None:
        document["id"] = id
    document["type"] = ["VerifiableCredential", *types]
    document |= {name: value for name, value in more.items() if value is not None}
    document |= {"issuer": issuer, "validFrom": instants.text(valid_from)}
    if valid_until is not None:
        document["validUntil"] = instants.text(valid_until)
    if status:
        document["credentialStatus"] = status[0] if len(status) == 1 else list(status)
    document["credentialSubject"] = subject if isinstance(subject, dict) else list(subject)
    return document


def conformity_credential(
    *,
    id: str,
    issuer: Object,
    name: str,
    scheme: Object,
    issued_to: Object,
    assessments: Sequence[Object],
    valid_from: datetime,
    valid_until: datetime | None = None,
    status: Sequence[Object] = (),
    attestation_id: str | None = None,
    description: str | None = None,
    assessment_level: str = "3rdParty",
    attestation_type: str = "certification",
) -> Object:
    """A certificate. `issuer`, `scheme` and `issued_to` have `id` and `name`; see `assessment` for the rest."""
    subject: Object = {
        "type": ["ConformityAttestation", "Attestation"],
        "id": attestation_id or f"{id}#attestation",
        "name": name,
        "assessmentLevel": assessment_level,
        "attestationType": attestation_type,
        "scope": {"type": ["ConformityAssessmentScheme"], **scheme},
        "issuedToParty": {"type": ["Party"], **issued_to},
        "assessment": list(assessments),
    }
    return credential(
        id=id,
        issuer={"type": ["CredentialIssuer"], **issuer},
        types=["DigitalConformityCredential"],
        contexts=[CONFORMITY],
        name=name,
        description=description,
        subject=subject,
        valid_from=valid_from,
        valid_until=valid_until,
        status=status,
    )


def assessment(
    *,
    id: str,
    topic: str,
    compliant: bool,
    assessed_on: str,
    criteria: Sequence[Object],
    metrics: Sequence[Object] = (),
    products: Sequence[Object] = (),
    facilities: Sequence[Object] = (),
) -> Object:
    """What was found about one topic. `topic` is UNTP's, such as `environment.emissions`; `assessed_on` a date.

    `criteria`, `products` and `facilities` have `id` and `name`; see `metric` for measured values.
    """
    found: Object = {
        "type": ["ConformityAssessment"],
        "id": id,
        "conformityTopic": topic,
        "assessmentDate": assessed_on,
        "compliance": compliant,
        "assessmentCriteria": [{"type": ["Criterion"], **each} for each in criteria],
    }
    if metrics:
        found["declaredValue"] = list(metrics)
    if products:
        found["assessedProduct"] = [_verified("Product", each) for each in products]
    if facilities:
        found["assessedFacility"] = [_verified("Facility", each) for each in facilities]
    return found


def metric(name: str, value: float, unit: str) -> Object:
    """A measured value; `unit` is a code of UN/ECE Recommendation 20, such as `GRM`."""
    measure = {"type": ["Measure"], "value": value, "unit": unit}
    return {"type": ["Metric"], "metricName": name, "metricValue": measure}


def badge(
    *,
    id: str,
    issuer: Object,
    achievement: Object,
    criteria: str,
    valid_from: datetime,
    valid_until: datetime | None = None,
    holder: str | None = None,
    holder_name: str | None = None,
    status: Sequence[Object] = (),
) -> Object:
    """A badge for training or participation. `issuer` and `achievement` have `id` and `name`.

    `holder` is the address of who earned it (a DID, `mailto:`), `criteria` says in words what was asked.
    """
    subject: Object = {"type": ["AchievementSubject"]}
    if holder is not None:
        subject["id"] = holder
    if holder_name is not None:
        named = {
            "type": "IdentityObject",
            "identityType": "name",
            "hashed": False,
            "identityHash": holder_name,
        }
        subject["identifier"] = [named]
    subject["achievement"] = {
        "type": ["Achievement"],
        "description": achievement["name"],
        **achievement,
        "criteria": {"narrative": criteria},
    }
    return credential(
        id=id,
        issuer={"type": ["Profile"], **issuer},
        types=["OpenBadgeCredential"],
        contexts=[OPEN_BADGES],
        name=achievement["name"],
        subject=subject,
        valid_from=valid_from,
        valid_until=valid_until,
        status=status,
    )


def _verified(kind: str, item: Object) -> Object:
    """A product or a facility of which the certifier has checked the identity itself."""
    return {
        "type": [f"{kind}Verification"],
        kind.lower(): {"type": [kind], **item},
        "idVerifiedByCAB": True,
    }
