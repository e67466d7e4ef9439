"""The shapes of certificates and badges, as their standards write them."""

from typing import Any

from bridgehead.engines.credentials import builders, statuslists, verify
from tests.engines.credentials import world
from tests.engines.credentials.world import END, ISSUER, START

SITE = "https://iksan.example"


def _conformity(**changed: Any) -> dict[str, Any]:
    found = builders.assessment(
        id=f"{SITE}/assessments/1",
        topic="environment.waste",
        compliant=True,
        assessed_on="2026-01-02",
        criteria=[{"id": f"{SITE}/criteria/1", "name": "재생 귀금속 비율"}],
        metrics=[builders.metric("recycled share", 62.5, "P1")],
        products=[{"id": f"{SITE}/products/1", "name": "은반지"}],
    )
    plain: dict[str, Any] = {
        "id": f"{SITE}/certificates/1",
        "issuer": {"id": ISSUER, "name": "익산시"},
        "name": "친환경 주얼리 인증서",
        "scheme": {"id": f"{SITE}/scheme/1", "name": "익산 친환경 주얼리"},
        "issued_to": {"id": f"{SITE}/makers/1", "name": "보석공방 루비"},
        "assessments": [found],
        "valid_from": START,
    }
    return builders.conformity_credential(**{**plain, **changed})


def test_a_conformity_credential() -> None:
    assert _conformity() == {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://test.uncefact.org/vocabulary/untp/dcc/0.6.0/",
        ],
        "id": f"{SITE}/certificates/1",
        "type": ["VerifiableCredential", "DigitalConformityCredential"],
        "name": "친환경 주얼리 인증서",
        "issuer": {"type": ["CredentialIssuer"], "id": ISSUER, "name": "익산시"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "type": ["ConformityAttestation", "Attestation"],
            "id": f"{SITE}/certificates/1#attestation",
            "name": "친환경 주얼리 인증서",
            "assessmentLevel": "3rdParty",
            "attestationType": "certification",
            "scope": {
                "type": ["ConformityAssessmentScheme"],
                "id": f"{SITE}/scheme/1",
                "name": "익산 친환경 주얼리",
            },
            "issuedToParty": {"type": ["Party"], "id": f"{SITE}/makers/1", "name": "보석공방 루비"},
            "assessment": [
                {
                    "type": ["ConformityAssessment"],
                    "id": f"{SITE}/assessments/1",
                    "conformityTopic": "environment.waste",
                    "assessmentDate": "2026-01-02",
                    "compliance": True,
                    "assessmentCriteria": [
                        {"type": ["Criterion"], "id": f"{SITE}/criteria/1", "name": "재생 귀금속 비율"}
                    ],
                    "declaredValue": [
                        {
                            "type": ["Metric"],
                            "metricName": "recycled share",
                            "metricValue": {"type": ["Measure"], "value": 62.5, "unit": "P1"},
                        }
                    ],
                    "assessedProduct": [
                        {
                            "type": ["ProductVerification"],
                            "product": {"type": ["Product"], "id": f"{SITE}/products/1", "name": "은반지"},
                            "idVerifiedByCAB": True,
                        }
                    ],
                }
            ],
        },
    }


def test_one_status_entry_stands_alone_and_two_in_a_list() -> None:
    entries = [statuslists.entry(f"{SITE}/status/{purpose}", 7, purpose) for purpose in statuslists.PURPOSES]
    assert _conformity(status=entries[:1])["credentialStatus"] == entries[0]
    assert _conformity(status=entries, valid_until=END)["credentialStatus"] == entries
    assert verify.check_model(world.data(_conformity(status=entries))).valid


def test_a_badge_for_somebody_without_an_address() -> None:
    badge = builders.badge(
        id="urn:uuid:1",
        issuer={"id": ISSUER, "name": "익산시"},
        achievement={"id": f"{SITE}/training/1", "name": "수출 교육"},
        criteria="12시간 가운데 10시간 이상 참석",
        valid_from=START,
        holder_name="김루비",
    )
    assert badge["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert badge["credentialSubject"] == {
        "type": ["AchievementSubject"],
        "identifier": [
            {"type": "IdentityObject", "identityType": "name", "hashed": False, "identityHash": "김루비"}
        ],
        "achievement": {
            "type": ["Achievement"],
            "description": "수출 교육",
            "id": f"{SITE}/training/1",
            "name": "수출 교육",
            "criteria": {"narrative": "12시간 가운데 10시간 이상 참석"},
        },
    }
    assert verify.check_model(world.data(badge)).valid
