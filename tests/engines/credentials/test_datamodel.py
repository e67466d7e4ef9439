"""The Verifiable Credentials Data Model 2.0, statement by statement."""

from typing import Any

import pytest

from bridgehead.engines.credentials import verify
from bridgehead.engines.credentials.contexts import CREDENTIALS_V2, EXAMPLES_V2
from tests.engines.credentials import world

GONE = object()
URL = "https://iksan.example/x"


def _places(**changed: Any) -> list[str]:
    document = {**world.certificate(), **changed}
    document = {name: value for name, value in document.items() if value is not GONE}
    return [reason.where for reason in verify.check_model(world.data(document)).reasons]


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"id": GONE},
        {"id": "did:example:1"},
        {"validFrom": GONE, "validUntil": GONE},
        {"validFrom": "2026-01-01T00:00:00.123456789+09:00"},
        {"issuer": {"id": URL, "name": "익산시"}},
        {"name": "Certificate"},
        {"name": {"@value": "인증서", "@language": "ko"}},
        {"name": [{"@value": "인증서", "@language": "ko"}, {"@value": "Certificate", "@language": "en"}]},
        {"description": {"@value": "שלום", "@language": "he", "@direction": "rtl"}},
        {"credentialSubject": [{"id": URL}, {"name": "x"}]},
        {"credentialStatus": {"type": "https://iksan.example/Status"}},
        {"credentialSchema": [{"id": URL, "type": "JsonSchema"}]},
        {"evidence": {"type": ["https://iksan.example/Visit"], "id": URL}},
        {"relatedResource": {"id": URL, "digestSRI": "sha384-x"}},
        {"@context": [CREDENTIALS_V2, {"seal": "https://iksan.example/terms#seal"}]},
        {
            "@context": [CREDENTIALS_V2, "https://iksan.example/not-at-hand"],
            "type": ["VerifiableCredential", "Seal"],
        },
        {"@context": [CREDENTIALS_V2, EXAMPLES_V2], "type": ["VerifiableCredential", "Seal"]},
        {"type": ["VerifiableCredential", "https://iksan.example/Seal"]},
    ],
)
def test_follows(changed: dict[str, Any]) -> None:
    assert _places(**changed) == []


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"@context": GONE}, "/@context"),
        ({"@context": CREDENTIALS_V2}, "/@context"),
        ({"@context": []}, "/@context"),
        ({"@context": ["https://www.w3.org/2018/credentials/v1"]}, "/@context/0"),
        ({"@context": [EXAMPLES_V2, CREDENTIALS_V2]}, "/@context/0"),
        ({"@context": [CREDENTIALS_V2, 1]}, "/@context/1"),
        ({"id": "not a url"}, "/id"),
        ({"id": [URL, URL]}, "/id"),
        ({"id": None}, "/id"),
        ({"type": GONE}, "/type"),
        ({"type": []}, "/type"),
        ({"type": ["Seal"]}, "/type"),
        ({"type": ["VerifiableCredential", 1]}, "/type"),
        ({"issuer": GONE}, "/issuer"),
        ({"issuer": None}, "/issuer"),
        ({"issuer": "iksan"}, "/issuer"),
        ({"issuer": ["https://a.example"]}, "/issuer"),
        ({"issuer": {"name": "익산시"}}, "/issuer/id"),
        ({"issuer": {"id": "iksan"}}, "/issuer/id"),
        ({"issuer": {"id": URL, "name": 1}}, "/issuer/name"),
        ({"validFrom": "2026-01-01"}, "/validFrom"),
        ({"validFrom": "2026-01-01T00:00:00"}, "/validFrom"),
        ({"validFrom": "2026-02-30T00:00:00Z"}, "/validFrom"),
        ({"validFrom": "0001-01-01T00:00:00+09:00"}, "/validFrom"),
        ({"validUntil": 1}, "/validUntil"),
        ({"validUntil": "2025-12-31T23:59:59Z"}, "/validUntil"),
        ({"name": 1}, "/name"),
        ({"name": {"@language": "ko"}}, "/name"),
        ({"name": {"@value": "x", "@language": "not a tag"}}, "/name/@language"),
        ({"name": {"@value": "x", "@direction": "up"}}, "/name/@direction"),
        ({"name": {"@value": "x", "url": URL}}, "/name"),
        ({"credentialSubject": GONE}, "/credentialSubject"),
        ({"credentialSubject": {}}, "/credentialSubject"),
        ({"credentialSubject": []}, "/credentialSubject"),
        ({"credentialSubject": "x"}, "/credentialSubject"),
        ({"credentialSubject": [{"id": URL}, {}]}, "/credentialSubject/1"),
        ({"credentialSubject": {"id": [URL, URL]}}, "/credentialSubject/id"),
        ({"credentialStatus": {"id": URL}}, "/credentialStatus/type"),
        ({"credentialStatus": {"type": "X", "id": "x"}}, "/credentialStatus/id"),
        ({"credentialSchema": {"type": "JsonSchema"}}, "/credentialSchema/id"),
        ({"credentialSchema": {"id": URL}}, "/credentialSchema/type"),
        ({"termsOfUse": {"id": URL}}, "/termsOfUse/type"),
        ({"evidence": [{"id": URL}]}, "/evidence/0/type"),
        ({"refreshService": URL}, "/refreshService"),
        ({"relatedResource": {"id": URL}}, "/relatedResource"),
        ({"relatedResource": [{"id": URL, "digestSRI": "x"}] * 2}, "/relatedResource"),
        ({"proof": {"type": "DataIntegrityProof", "proofPurpose": "x"}}, "/proof/verificationMethod"),
        ({"proof": "x"}, "/proof"),
    ],
)
def test_does_not_follow(changed: dict[str, Any], place: str) -> None:
    assert _places(**changed) == [place]


def test_every_fault_is_reported() -> None:
    assert _places(id="x", issuer="x", validFrom="x") == ["/id", "/issuer", "/validFrom"]


def test_blank_node_identifiers() -> None:
    document = {**world.certificate(), "credentialSubject": {"id": "_:b0", "name": "x"}}
    assert "blank-node" in verify.check_model(world.data(document)).codes


@pytest.mark.parametrize(
    "changed",
    [
        {"type": ["VerifiableCredential", "Seal"]},
        {"@context": [CREDENTIALS_V2, {"Seal": "seal"}], "type": ["VerifiableCredential", "Seal"]},
        {"@context": [CREDENTIALS_V2, {"description": "https://iksan.example/d"}]},
    ],
)
def test_types_without_meaning_and_contexts_that_contradict(changed: dict[str, Any]) -> None:
    assert len(_places(**changed)) == 1


def test_presentations() -> None:
    presentation: dict[str, Any] = {
        "@context": [CREDENTIALS_V2],
        "type": ["VerifiablePresentation"],
        "holder": {"id": URL},
        "verifiableCredential": [
            world.certificate(),
            {"type": "EnvelopedVerifiableCredential", "id": "data:x,y"},
        ],
    }
    assert verify.check_model(world.data(presentation)).valid
    presentation["verifiableCredential"][0]["issuer"] = 1
    presentation["verifiableCredential"][1]["id"] = URL
    presentation["verifiableCredential"].append("x")
    presentation["holder"] = "x"
    places = [reason.where for reason in verify.check_model(world.data(presentation)).reasons]
    assert places == [
        "/holder",
        "/verifiableCredential/0/issuer",
        "/verifiableCredential/1/id",
        "/verifiableCredential/2",
    ]
