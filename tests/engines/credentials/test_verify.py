"""Who signed, for when, and whether the verifier trusts them."""

from datetime import timedelta
from typing import Any

import pytest

from bridgehead.engines.credentials import did, verify
from tests.engines.credentials import world
from tests.engines.credentials.world import END, IKSAN, ISSUER, LATER, NOW, SIGNED, START, STRANGER

WEB = "https://iksan.example/certificates/did.json"


def _codes(document: Any, known: dict[str, Any] | None = None, **changed: Any) -> set[str]:
    return set(verify.verify(world.data(document), world.policy(known, **changed)).codes)


def _web(signer: Any = IKSAN, name: str = "key-1") -> dict[str, Any]:
    return world.sign(world.certificate(world.WEB_ISSUER), signer, method=f"{world.WEB_ISSUER}#{name}")


def test_a_certificate_of_a_trusted_issuer_is_valid() -> None:
    assert _codes(world.sign(world.certificate())) == set()


def test_an_issuer_nobody_named_is_not_trusted() -> None:
    assert _codes(world.sign(world.certificate()), trusted=[]) == {"untrusted"}


def test_a_certificate_without_proof() -> None:
    assert _codes(world.certificate()) == {"no-proof"}
    assert _codes({**world.certificate(), "proof": []}) == {"no-proof"}


def test_a_changed_name() -> None:
    signed = world.sign(world.certificate())
    signed["credentialSubject"]["name"] = "보석공방 루비 2"
    assert _codes(signed) == {"signature"}


def test_a_certificate_signed_with_somebody_elses_key() -> None:
    assert _codes(world.sign(world.certificate(), STRANGER)) == {"issuer-key"}


def test_a_key_that_only_claims_to_be_the_issuers() -> None:
    assert _codes(world.sign(world.certificate(), STRANGER, method=IKSAN.did_key_method)) == {"signature"}


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (START - timedelta(seconds=1), {"not-yet-valid"}),
        (START, set()),
        (END, set()),
        (END + timedelta(seconds=1), {"expired"}),
    ],
)
def test_validity_at_its_ends(at: Any, expected: set[str]) -> None:
    assert _codes(world.sign(world.certificate()), at=at) == expected


def test_a_proof_that_expires() -> None:
    signed = world.sign(world.certificate(), expires=NOW)
    assert _codes(signed, at=NOW - timedelta(seconds=1)) == set()
    assert _codes(signed, at=NOW) == {"proof-expired"}


def test_a_proof_made_for_another_purpose() -> None:
    assert _codes(world.sign(world.certificate(), purpose="authentication")) == {"purpose"}
    assert _codes(world.sign(world.certificate(), purpose="whatever")) == {"purpose"}


def test_two_good_proofs_are_valid_and_one_bad_of_two_is_not() -> None:
    once = world.sign(world.certificate())
    both = world.sign(once, STRANGER)
    assert _codes(both) == set()
    both["proof"][1]["created"] = "2026-01-03T00:00:00Z"
    assert _codes(both) == {"signature"}


def test_a_chain_covers_the_proof_it_names() -> None:
    once = world.sign(world.certificate(), id="urn:uuid:1")
    chain = world.sign(once, STRANGER, previous=["urn:uuid:1"])
    assert _codes(chain) == set()
    again = world.sign(world.certificate(), id="urn:uuid:1", created=NOW)["proof"]
    assert _codes({**chain, "proof": [again, chain["proof"][1]]}) == {"signature"}
    assert _codes({**chain, "proof": chain["proof"][1]}) == {"previous-proof"}


def test_more_proofs_than_anybody_makes() -> None:
    signed = world.sign(world.certificate())
    assert _codes({**signed, "proof": [signed["proof"]] * 9}) == {"proof"}


def test_a_web_issuer_from_its_document() -> None:
    for address in (WEB, world.WEB_ISSUER):
        assert _codes(_web(), {address: world.web_document()}) == set()
    assert _codes(_web()) == {"unresolved"}


def test_the_key_before_a_rotation_and_the_one_after_it_count() -> None:
    known = {WEB: world.web_document()}
    assert _codes(_web(IKSAN, "key-1"), known) == set()
    assert _codes(_web(LATER, "key-2"), known) == set()
    assert _codes(_web(IKSAN, "key-2"), known) == {"signature"}


def test_a_revoked_key_counts_no_longer() -> None:
    known = {WEB: world.web_document(revoked=SIGNED)}
    assert _codes(_web(IKSAN, "key-1"), known) == {"key-revoked"}
    assert _codes(_web(LATER, "key-2"), known) == set()


def test_a_revoked_key_that_is_still_listed_counts_until_then() -> None:
    document = world.web_document(revoked=NOW)
    document["assertionMethod"].append(f"{world.WEB_ISSUER}#key-1")
    assert _codes(_web(), {WEB: document}, at=NOW - timedelta(seconds=1)) == set()
    assert _codes(_web(), {WEB: document}, at=NOW) == {"key-revoked"}


def test_an_expired_key_counts_no_longer() -> None:
    document = world.web_document()
    document["verificationMethod"][0]["expires"] = "2026-06-01T00:00:00Z"
    assert _codes(_web(), {WEB: document}, at=NOW) == {"key-expired"}


def test_a_key_that_may_not_certify() -> None:
    document = world.web_document()
    document["authentication"] = document.pop("assertionMethod")
    assert _codes(_web(), {WEB: document}) == {"purpose"}


def test_a_key_that_the_issuer_does_not_have() -> None:
    assert _codes(_web(name="key-3"), {WEB: world.web_document()}) == {"controller"}


def test_a_key_controlled_by_somebody_else() -> None:
    document = world.web_document()
    document["verificationMethod"][0]["controller"] = "did:web:elsewhere.example"
    assert _codes(_web(), {WEB: document}) == {"controller"}


def test_a_document_about_another_issuer() -> None:
    document = {**world.web_document(), "id": "did:web:elsewhere.example"}
    assert _codes(_web(), {WEB: document}) == {"controller"}


def test_a_presentation_is_not_a_certificate() -> None:
    presentation = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": "VerifiablePresentation",
        "holder": ISSUER,
        "verifiableCredential": [world.sign(world.certificate())],
    }
    assert verify.check_model(world.data(presentation)).valid
    assert _codes(presentation) == {"model", "untrusted"}


@pytest.mark.parametrize(
    "document", [None, 1, "x", [], {}, {"type": 1}, {"type": {}}, {"proof": 1}, {"issuer": []}]
)
def test_something_else_altogether(document: Any) -> None:
    assert "model" in _codes(document)


def test_the_proofs_alone_take_a_key_from_its_name() -> None:
    method = f"https://iksan.example/issuer#{did.did_key(IKSAN.public_key).removeprefix('did:key:')}"
    signed = world.sign(world.certificate("https://iksan.example/issuer"), method=method)
    assert verify.verify_proofs(world.data(signed), world.policy()).valid
    assert "unresolved" in _codes(signed)


def test_the_proofs_alone_say_nothing_about_time_and_trust() -> None:
    signed = world.sign(world.certificate())
    late = world.policy(trusted=[], at=END + timedelta(days=1))
    assert verify.verify_proofs(world.data(signed), late).valid
    assert verify.verify(world.data(signed), late).codes == {"untrusted", "expired"}


def test_contexts_added_after_signing() -> None:
    signed = world.sign(world.certificate())
    signed["@context"].append("https://www.w3.org/ns/credentials/examples/v2")
    assert _codes(signed) == {"context-changed"}


def test_reasons_are_read_on_one_line() -> None:
    signed = world.sign(world.certificate("did:web:\x1b[31mevil\nvalid"))
    for reason in verify.verify(world.data(signed), world.policy()).reasons:
        assert str(reason).isprintable()
