"""The published vectors of both cryptosuites: reproduced when signing, accepted when verifying."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bridgehead.engines.credentials import cryptosuites, multibase, proofs, verify
from bridgehead.engines.credentials.cryptosuites import JCS, RDFC
from bridgehead.engines.credentials.deadline import Deadline
from bridgehead.engines.credentials.documents import Documents
from bridgehead.engines.credentials.keys import MemoryKeys, ProvidedSigner
from bridgehead.engines.credentials.proofs import Means
from bridgehead.engines.credentials.verify import Policy
from tests.engines.credentials import vectors, world

SIGNER = ProvidedSigner(MemoryKeys({"w3c": multibase.decode_secret_key(vectors.SECRET)}), "w3c")
CREATED = datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC)
CITIZENSHIP = {"https://w3id.org/citizenship/v4rc1": json.dumps(vectors.CITIZENSHIP).encode()}
PUBLISHED = [
    (vectors.ALUMNI, JCS, vectors.METHOD, vectors.JCS_VALUE),
    (vectors.ALUMNI, RDFC, vectors.METHOD, vectors.RDFC_VALUE),
    (vectors.EMPLOYMENT, RDFC, vectors.METHOD, vectors.EMPLOYMENT_VALUE),
    (vectors.ALUMNI, JCS, vectors.ISSUER_METHOD, vectors.JCS_ISSUER_VALUE),
    (vectors.ALUMNI, RDFC, vectors.ISSUER_METHOD, vectors.RDFC_ISSUER_VALUE),
]


def _signed(document: dict[str, Any], suite: str, method: str) -> dict[str, Any]:
    means = Means(Documents(CITIZENSHIP))
    return proofs.sign(document, signer=SIGNER, method=method, created=CREATED, suite=suite, means=means)


def test_key_pair() -> None:
    assert multibase.encode_public_key(SIGNER.public_key) == vectors.PUBLIC
    assert multibase.encode_secret_key(multibase.decode_secret_key(vectors.SECRET)) == vectors.SECRET


@pytest.mark.parametrize(("document", "suite", "method", "value"), PUBLISHED)
def test_signing_gives_the_published_signature(
    document: dict[str, Any], suite: str, method: str, value: str
) -> None:
    assert _signed(document, suite, method)["proof"]["proofValue"] == value


@pytest.mark.parametrize(("document", "suite", "method", "value"), PUBLISHED)
def test_the_published_signature_is_accepted(
    document: dict[str, Any], suite: str, method: str, value: str
) -> None:
    signed = _signed(document, suite, method)
    published = {**signed, "proof": {**signed["proof"], "proofValue": value}}
    assert verify.verify_proofs(world.data(published), Policy(documents=Documents(CITIZENSHIP))).valid


def test_digests_of_the_first_vectors() -> None:
    options = {suite: dict(_signed(vectors.ALUMNI, suite, vectors.METHOD)["proof"]) for suite in (JCS, RDFC)}
    for each in options.values():
        del each["proofValue"]
    assert cryptosuites.jcs_digest(vectors.ALUMNI, options[JCS]).hex() == vectors.JCS_DIGEST
    digest = cryptosuites.rdfc_digest(
        vectors.ALUMNI, options[RDFC], documents=Documents(), deadline=Deadline(15)
    )
    assert digest.hex() == vectors.RDFC_DIGEST


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_the_published_sets_and_chains_are_accepted(count: int) -> None:
    chain = {**vectors.ALUMNI, "proof": vectors.CHAIN[:count]}
    assert verify.verify_proofs(world.data(chain), Policy()).valid


def test_a_chain_without_its_beginning_is_refused() -> None:
    chain = {**vectors.ALUMNI, "proof": vectors.CHAIN[1:]}
    assert verify.verify_proofs(world.data(chain), Policy()).codes == {"previous-proof"}
