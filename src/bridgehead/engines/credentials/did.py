"""From the name of a key to the key: did:key computes the document, did:web and https addresses look it up.

https://www.w3.org/TR/cid-1.0/ (controlled identifiers), https://w3c-ccg.github.io/did-key-spec/ and
https://w3c-ccg.github.io/did-method-web/.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from bridgehead.engines.credentials import instants, multibase
from bridgehead.engines.credentials.documents import Documents
from bridgehead.engines.credentials.reasons import Code, Refused
from bridgehead.engines.credentials.strictjson import Object, loads_object

CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]
PURPOSES = ("assertionMethod", "authentication", "capabilityInvocation", "capabilityDelegation")
HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?")
SEGMENT = re.compile(r"[A-Za-z0-9._~-]+")


@dataclass(frozen=True)
class Method:
    """A verification method: a public key (32 bytes), who controls it, and until when it counts."""

    id: str
    controller: str
    public_key: bytes
    expires: datetime | None = None
    revoked: datetime | None = None

    def check_at(self, moment: datetime) -> None:
        """A key counts until, not at, its revocation or expiry."""
        if self.revoked and moment >= self.revoked:
            raise Refused(Code.KEY_REVOKED, self.id, instants.text(self.revoked))
        if self.expires and moment >= self.expires:
            raise Refused(Code.KEY_EXPIRED, self.id, instants.text(self.expires))


def find_method(name: str, *, purpose: str, documents: Documents) -> Method:
    """The key named `name`, when its controller's document allows it for `purpose`."""
    controller, mark, fragment = name.partition("#")
    if not mark or not fragment:
        raise Refused(Code.PROOF, name, "names no key of a controller")
    document = resolve(controller, documents)
    method = _described(document, name)
    if not _allows(document, purpose, name):
        if method.revoked:  # a revoked key is usually taken off the list; say the reason, not the symptom
            raise Refused(Code.KEY_REVOKED, name, instants.text(method.revoked))
        raise Refused(Code.PURPOSE, name, purpose)
    return method


def method_in_name(name: str) -> Method:
    """The key of a method whose name ends in the key itself. Says nothing about who controls it."""
    controller, _, fragment = name.partition("#")
    return Method(name, controller, multibase.decode_public_key(fragment))


def resolve(controller: str, documents: Documents) -> Object:
    """The controller's document, which must be about `controller`."""
    if controller.startswith("did:key:"):
        return key_document(controller)
    urls = (controller, web_address(controller)) if controller.startswith("did:web:") else (controller,)
    document = loads_object(documents.find(*urls))
    if document.get("id") != controller:
        raise Refused(Code.CONTROLLER, controller, "the document is about another")
    return document


def did_key(public_key: bytes) -> str:
    return f"did:key:{multibase.encode_public_key(public_key)}"


def key_method(public_key: bytes) -> str:
    """The name of the only key of a did:key."""
    name = multibase.encode_public_key(public_key)
    return f"did:key:{name}#{name}"


def key_document(did: str) -> Object:
    name = did.removeprefix("did:key:")
    multibase.decode_public_key(name)
    method = f"{did}#{name}"
    key = {"id": method, "type": "Multikey", "controller": did, "publicKeyMultibase": name}
    purposes = {purpose: [method] for purpose in PURPOSES}
    return {"@context": CONTEXTS, "id": did, "verificationMethod": [key], **purposes}


def web_address(did: str) -> str:
    """Where the document of a did:web is: did:web:a.example:b is https://a.example/b/did.json."""
    host, *path = did.removeprefix("did:web:").split(":")
    host = unquote(host)
    if not HOST.fullmatch(host) or not all(SEGMENT.fullmatch(part) and part.strip(".") for part in path):
        raise Refused(Code.UNRESOLVED, did, "not a did:web")
    return f"https://{host}/{'/'.join(path) or '.well-known'}/did.json"


def web_did(host: str, *path: str) -> str:
    return ":".join(["did:web", host.replace(":", "%3A"), *path])


def _described(document: Object, name: str) -> Method:
    entries = [entry for entry in _entries(document) if _absolute(document, entry.get("id")) == name]
    if not entries:
        raise Refused(Code.CONTROLLER, name, "its document does not have this key")
    if any(entry != entries[0] for entry in entries):
        raise Refused(Code.CONTROLLER, name, "its document describes this key in two ways")
    entry = entries[0]
    if entry.get("controller") != document["id"]:
        raise Refused(Code.CONTROLLER, name, "the key names another controller")
    return Method(
        name, document["id"], _public_key(entry), _stamp(entry, "expires"), _stamp(entry, "revoked")
    )


def _entries(document: Object) -> Iterator[Object]:
    for relation in ("verificationMethod", *PURPOSES):
        for entry in _items(document.get(relation)):
            if isinstance(entry, dict):
                yield entry


def _allows(document: Object, purpose: str, name: str) -> bool:
    if purpose not in PURPOSES:
        raise Refused(Code.PURPOSE, name, purpose)
    items = _items(document.get(purpose))
    named = (item.get("id") if isinstance(item, dict) else item for item in items)
    return any(_absolute(document, each) == name for each in named)


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _absolute(document: Object, name: object) -> object:
    return f"{document['id']}{name}" if isinstance(name, str) and name.startswith("#") else name


def _public_key(entry: Object) -> bytes:
    if "publicKeyMultibase" in entry:
        return multibase.decode_public_key(entry["publicKeyMultibase"])
    jwk = entry.get("publicKeyJwk")
    if not isinstance(jwk, dict) or (jwk.get("kty"), jwk.get("crv")) != ("OKP", "Ed25519"):
        raise Refused(Code.KEY, str(entry.get("id")), "another kind of key")
    try:
        key = multibase.base64url_decode(jwk["x"])
    except (KeyError, TypeError, ValueError):
        raise Refused(Code.KEY, str(entry.get("id"))) from None
    if len(key) != 32:
        raise Refused(Code.KEY, str(entry.get("id")))
    return key


def _stamp(entry: Object, name: str) -> datetime | None:
    if name not in entry:
        return None
    try:
        return instants.parse(entry[name])
    except ValueError as error:
        raise Refused(Code.CONTROLLER, str(entry.get("id")), f"{name}: {error}") from None
