"""Data Integrity proofs (https://www.w3.org/TR/vc-data-integrity/): made, and checked singly, in sets and in chains."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from bridgehead.engines.credentials import cryptosuites, did, instants, multibase
from bridgehead.engines.credentials.cryptosuites import JCS, RDFC
from bridgehead.engines.credentials.deadline import Deadline
from bridgehead.engines.credentials.did import Method
from bridgehead.engines.credentials.documents import Documents
from bridgehead.engines.credentials.reasons import Code, Reason, Refused
from bridgehead.engines.credentials.strictjson import Object

ASSERTION = "assertionMethod"
MOST = 8  # proofs on one document


class Signer(Protocol):
    """A key that signs, wherever it is kept: 64 bytes of Ed25519 signature for any data."""

    def sign(self, data: bytes) -> bytes: ...


@dataclass(frozen=True)
class Means:
    """What checking draws on: documents, time, and whether a key may be taken from its own name."""

    documents: Documents = field(default_factory=Documents)
    deadline: Deadline = field(default_factory=lambda: Deadline(12.0))
    key_in_name: bool = False


def sign(
    document: Object,
    *,
    signer: Signer,
    method: str,
    created: datetime,
    suite: str = JCS,
    purpose: str = ASSERTION,
    expires: datetime | None = None,
    id: str | None = None,
    previous: list[str] | None = None,
    means: Means | None = None,
) -> Object:
    """A copy of `document` with one more proof. `previous` names the proofs (by their id) that it also signs."""
    held = proofs_of(document)
    proof: Object = {
        "type": "DataIntegrityProof",
        "cryptosuite": suite,
        "created": instants.text(created),
        "verificationMethod": method,
        "proofPurpose": purpose,
    }
    if id is not None:
        proof["id"] = id
    if expires is not None:
        proof["expires"] = instants.text(expires)
    if previous:
        proof["previousProof"] = previous
    if suite == JCS and "@context" in document:
        proof["@context"] = deepcopy(document["@context"])
    digest = _digest(_secured(document, proof, held), proof, means or Means())
    proof["proofValue"] = multibase.encode(signer.sign(digest))
    return {**document, "proof": [*held, proof] if held else proof}


def proofs_of(document: Object) -> list[Object]:
    """The proofs a document carries, as a list; `Refused` when that cannot be read."""
    value = document.get("proof", [])
    proofs = value if isinstance(value, list) else [value]
    if len(proofs) > MOST:
        raise Refused(Code.PROOF, "/proof", f"more than {MOST}")
    if not all(isinstance(proof, dict) for proof in proofs):
        raise Refused(Code.PROOF, "/proof", "not an object")
    return proofs


@dataclass(frozen=True)
class Checked:
    """A proof, the key it was made with where that was found, and what is wrong with it."""

    proof: Object
    method: Method | None = None
    reasons: tuple[Reason, ...] = ()


def check(document: Object, means: Means) -> Iterator[Checked]:
    """Every proof of a document. It stands only when there is at least one and none has a reason against it."""
    held = proofs_of(document)
    for place, proof in enumerate(held):
        where = f"/proof/{place}" if len(held) > 1 else "/proof"
        try:
            yield Checked(proof, _check_one(document, proof, held, means))
        except Refused as refused:
            yield Checked(
                proof,
                reasons=(Reason(refused.reason.code, refused.reason.where or where, refused.reason.detail),),
            )


def _check_one(document: Object, proof: Object, held: list[Object], means: Means) -> Method:
    means.deadline.remaining()
    _check_shape(proof)
    signature = _signature(proof)
    method = _method(proof, means)
    digest = _digest(_secured(document, proof, held), proof, means)
    try:
        Ed25519PublicKey.from_public_bytes(method.public_key).verify(signature, digest)
    except InvalidSignature:
        raise Refused(Code.SIGNATURE) from None
    return method


def _check_shape(proof: Object) -> None:
    if proof.get("type") != "DataIntegrityProof":
        raise Refused(Code.SUITE, detail=str(proof.get("type")))
    if proof.get("cryptosuite") not in cryptosuites.SUITES:
        raise Refused(Code.SUITE, detail=str(proof.get("cryptosuite")))
    for name in ("verificationMethod", "proofPurpose"):
        if not isinstance(proof.get(name), str):
            raise Refused(Code.PROOF, detail=f"{name} is missing or not a text")
    for name in ("created", "expires"):
        if name in proof:
            try:
                instants.parse(proof[name])
            except ValueError as error:
                raise Refused(Code.PROOF, detail=f"{name}: {error}") from None


def _signature(proof: Object) -> bytes:
    """The suites prescribe base58btc, which has one text for one value."""
    value = proof.get("proofValue")
    if not isinstance(value, str) or not value.startswith("z"):
        raise Refused(Code.PROOF, detail="proofValue is not in base58btc")
    try:
        data = multibase.decode(value)
    except ValueError as error:
        raise Refused(Code.PROOF, detail=f"proofValue: {error}") from None
    if len(data) != 64:
        raise Refused(Code.PROOF, detail="proofValue is not as long as a signature")
    return data


def _method(proof: Object, means: Means) -> Method:
    name = proof["verificationMethod"]
    try:
        return did.find_method(name, purpose=proof["proofPurpose"], documents=means.documents)
    except Refused as refused:
        if means.key_in_name and refused.reason.code == Code.UNRESOLVED:
            try:
                return did.method_in_name(name)
            except Refused:
                pass
        raise


def _secured(document: Object, proof: Object, held: list[Object]) -> Object:
    """What the proof covers: the document without proofs, but with those the proof names as previous."""
    bare = {name: value for name, value in document.items() if name != "proof"}
    previous = _previous(proof, held)
    if previous:
        bare["proof"] = previous
    return bare


def _previous(proof: Object, held: list[Object]) -> list[Object]:
    named = proof.get("previousProof", [])
    names: list[Any] = named if isinstance(named, list) else [named]
    found = [
        other for other in held if other.get("id") is not None and other["id"] in names and other != proof
    ]
    if sorted(map(str, names)) != sorted(str(other["id"]) for other in found):
        raise Refused(Code.PREVIOUS_PROOF, detail=", ".join(map(str, names)))
    return found


def _digest(document: Object, proof: Object, means: Means) -> bytes:
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    if "@context" in proof and proof["@context"] != document.get("@context"):
        raise Refused(Code.CONTEXT_CHANGED)
    if proof["cryptosuite"] == JCS:
        return cryptosuites.jcs_digest(document, options)
    if proof["cryptosuite"] == RDFC:
        if not document.get("@context"):
            raise Refused(Code.GRAPH, detail="no contexts")
        return cryptosuites.rdfc_digest(document, options, documents=means.documents, deadline=means.deadline)
    raise Refused(Code.SUITE, detail=str(proof["cryptosuite"]))
