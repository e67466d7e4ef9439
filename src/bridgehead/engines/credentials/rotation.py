"""The keys of an issuer over time, published as its DID document.

A key that is replaced stays listed, so what it signed stays valid. A key that was lost or stolen is revoked:
nothing it signed is believed any longer, and its holder issues anew with the next key.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bridgehead.engines.credentials import did, instants, multibase
from bridgehead.engines.credentials.strictjson import Object


@dataclass(frozen=True)
class IssuerKey:
    """`retired`: replaced by another in the ordinary way; `revoked`: no longer believed."""

    name: str
    public_key: bytes
    created: datetime
    retired: datetime | None = None
    revoked: datetime | None = None

    @property
    def signs(self) -> bool:
        return self.retired is None and self.revoked is None


def signing_key(keys: Iterable[IssuerKey]) -> IssuerKey | None:
    """The newest key that may sign; None when every one is retired or revoked."""
    return max((key for key in keys if key.signs), key=lambda key: key.created, default=None)


def method_name(issuer: str, key: IssuerKey) -> str:
    return f"{issuer}#{key.name}"


def did_document(issuer: str, keys: Sequence[IssuerKey], *, also_known_as: Sequence[str] = ()) -> Object:
    """The document to publish at `did.web_address(issuer)`, with every key the issuer ever had."""
    names = [key.name for key in keys]
    if len(set(names)) != len(names):
        raise ValueError("two keys have the same name")
    document: Object = {"@context": did.CONTEXTS, "id": issuer}
    if also_known_as:
        document["alsoKnownAs"] = list(also_known_as)
    document["verificationMethod"] = [_entry(issuer, key) for key in keys]
    document["assertionMethod"] = [method_name(issuer, key) for key in keys if key.revoked is None]
    return document


def _entry(issuer: str, key: IssuerKey) -> Object:
    entry: Object = {
        "id": method_name(issuer, key),
        "type": "Multikey",
        "controller": issuer,
        "publicKeyMultibase": multibase.encode_public_key(key.public_key),
    }
    if key.revoked is not None:
        entry["revoked"] = instants.text(key.revoked)
    return entry
