"""An issuer with a key, a certificate it signed, its status lists, and a verifier who trusts it."""

import json
from datetime import UTC, datetime
from typing import Any

from bridgehead.engines.credentials import builders, did, proofs, rotation, statuslists
from bridgehead.engines.credentials.documents import Documents
from bridgehead.engines.credentials.keys import MemoryKeys, ProvidedSigner
from bridgehead.engines.credentials.rotation import IssuerKey
from bridgehead.engines.credentials.verify import Policy

KEYS = MemoryKeys({"iksan": b"i" * 32, "later": b"l" * 32, "stranger": b"s" * 32})
IKSAN, LATER, STRANGER = (ProvidedSigner(KEYS, name) for name in ("iksan", "later", "stranger"))
ISSUER = did.did_key(IKSAN.public_key)
WEB_ISSUER = "did:web:iksan.example:certificates"
START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
SIGNED, NOW = datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
REVOCATIONS, SUSPENSIONS = (
    "https://iksan.example/status/revocation",
    "https://iksan.example/status/suspension",
)


def certificate(issuer: str = ISSUER, **changed: Any) -> dict[str, Any]:
    plain = {
        "id": "urn:uuid:4f6d0a30-3c0b-4d5e-8a54-0f3a5c1b7d11",
        "issuer": issuer,
        "subject": {"id": "did:example:maker", "name": "보석공방 루비"},
        "valid_from": START,
        "valid_until": END,
    }
    return builders.credential(**{**plain, **changed})


def sign(document: dict[str, Any], signer: ProvidedSigner = IKSAN, **options: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {"method": signer.did_key_method, "created": SIGNED}
    return proofs.sign(document, signer=signer, **{**plain, **options})


def data(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def policy(known: dict[str, Any] | None = None, **changed: Any) -> Policy:
    documents = Documents({url: data(document) for url, document in (known or {}).items()})
    return Policy(**{"trusted": [ISSUER, WEB_ISSUER], "at": NOW, "documents": documents, **changed})


def with_status(*, position: int = 94_567) -> dict[str, Any]:
    entries = [
        statuslists.entry(REVOCATIONS, position, statuslists.REVOCATION),
        statuslists.entry(SUSPENSIONS, position, statuslists.SUSPENSION),
    ]
    return sign(certificate(status=entries))


def lists(
    *, revoked: list[int] | None = None, suspended: list[int] | None = None, signer: ProvidedSigner = IKSAN
) -> dict[str, Any]:
    """Both signed status lists of an issuer, by address."""
    wanted = {REVOCATIONS: ("revocation", revoked or []), SUSPENSIONS: ("suspension", suspended or [])}
    return {
        url: sign(
            statuslists.list_credential(
                url=url,
                issuer=did.did_key(signer.public_key),
                purpose=purpose,
                positions=positions,
                valid_from=START,
            ),
            signer,
        )
        for url, (purpose, positions) in wanted.items()
    }


def web_keys(**changed: Any) -> list[IssuerKey]:
    """Two keys of the issuer with a web address: the first replaced by the second."""
    first: dict[str, Any] = {"retired": SIGNED, **changed}
    return [
        IssuerKey("key-1", IKSAN.public_key, START, **first),
        IssuerKey("key-2", LATER.public_key, SIGNED),
    ]


def web_document(**changed: Any) -> dict[str, Any]:
    return rotation.did_document(WEB_ISSUER, web_keys(**changed))
