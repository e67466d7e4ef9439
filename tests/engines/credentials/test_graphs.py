"""`eddsa-rdfc-2022`: everything a document says is signed, and no graph keeps us busy for long."""

import time
from typing import Any

import pytest

from bridgehead.engines.credentials import builders, verify
from bridgehead.engines.credentials.contexts import CREDENTIALS_V2, EXAMPLES_V2, gather, known
from bridgehead.engines.credentials.cryptosuites import RDFC
from bridgehead.engines.credentials.deadline import Deadline
from bridgehead.engines.credentials.documents import Documents
from bridgehead.engines.credentials.graphs import canonical
from bridgehead.engines.credentials.reasons import Refused
from tests.engines.credentials import world
from tests.engines.credentials.world import END

VALID_UNTIL = "https://www.w3.org/2018/credentials#validUntil"


def _plain(**changed: Any) -> dict[str, Any]:
    return {**world.certificate(contexts=[EXAMPLES_V2]), **changed}


def _codes(document: dict[str, Any], known: dict[str, Any] | None = None, **changed: Any) -> set[str]:
    return set(verify.verify(world.data(document), world.policy(known, **changed)).codes)


def _refusal(document: dict[str, Any], documents: Documents | None = None) -> str:
    with pytest.raises(Refused) as caught:
        canonical([document], documents=documents or Documents(), deadline=Deadline(15))
    return caught.value.reason.code


def test_a_certificate_signed_as_a_graph() -> None:
    signed = world.sign(_plain(), suite=RDFC)
    assert _codes(signed) == set()
    signed["credentialSubject"]["name"] += " 2"
    assert _codes(signed) == {"signature"}


def test_a_graph_may_be_written_in_another_order() -> None:
    signed = world.sign(_plain(), suite=RDFC)
    assert _codes(dict(reversed(signed.items()))) == set()


def test_a_proof_set_of_both_suites() -> None:
    both = world.sign(world.sign(_plain()), world.STRANGER, suite=RDFC)
    assert _codes(both) == set()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"@context": [CREDENTIALS_V2], "seal": 1}, "term"),
        ({"@context": [CREDENTIALS_V2], "type": ["VerifiableCredential", "Seal"]}, "term"),
        ({"credentialSubject": {"id": "relative", "name": "x"}}, "term"),
        ({"credentialSubject": {"id": "_:b0", "name": "x"}}, "blank-node"),
        ({"credentialSubject": {"name": "x", "_:seal": "x"}}, "blank-node"),
        ({"seal": None}, "graph"),
        ({"seal": []}, "graph"),
        ({"seal": "a\x07b"}, "graph"),
        ({"seal": 1.2345678901234567e-06}, "number"),
        ({"seal": {"@value": "x", "@direction": "rtl"}}, "graph"),
        ({"seal": {"@value": "x", "@language": "a b"}}, "graph"),
        ({"seal": {"@value": "x", "@index": "1"}}, "graph"),
        ({"seal": {"@id": "x:y", "@value": "x"}}, "graph"),
        ({"@context": [CREDENTIALS_V2, "https://iksan.example/terms"]}, "context-unknown"),
        ({"@context": [CREDENTIALS_V2, {"@import": "https://iksan.example/terms"}]}, "context-unknown"),
        ({"@context": [CREDENTIALS_V2, {"description": "https://iksan.example/x"}]}, "graph"),
    ],
)
def test_what_a_signature_would_not_cover(changed: dict[str, Any], code: str) -> None:
    assert _refusal(_plain(**changed)) == code


def test_an_expiry_hidden_under_another_name() -> None:
    signed = world.sign(_plain(), suite=RDFC)
    moved = {name: value for name, value in signed.items() if name != "validUntil"}
    stamp = {"@value": signed["validUntil"], "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}
    moved[VALID_UNTIL] = stamp
    assert _codes(moved, at=END.replace(year=2030)) == {"graph"}


def test_a_status_hidden_beside_the_certificate() -> None:
    entry = {"id": "urn:uuid:1", "type": "BitstringStatusListEntry", "statusPurpose": "revocation"}
    signed = world.sign({**_plain(), "credentialStatus": entry}, suite=RDFC)
    status = signed.pop("credentialStatus")
    signed["@included"] = [{"id": signed["id"], "type": "VerifiableCredential", "credentialStatus": status}]
    assert _codes(signed) == {"graph"}


def test_contexts_that_are_handed_in() -> None:
    url = "https://iksan.example/terms"
    terms = {"@context": {"seal": "https://iksan.example/terms#seal"}}
    documents = Documents({url: world.data(terms)})
    document = _plain(**{"@context": [CREDENTIALS_V2, url], "seal": "7"})
    (quads,) = canonical([document], documents=documents, deadline=Deadline(15))
    assert f'<{document["id"]}> <https://iksan.example/terms#seal> "7" .\n' in quads


def test_contexts_without_end() -> None:
    class Endless(Documents):
        def find(self, *urls: str) -> bytes:
            return world.data({"@context": f"{urls[0]}x"})

    assert _refusal(_plain(**{"@context": [CREDENTIALS_V2, "https://iksan.example/"]}), Endless()) == "graph"


@pytest.mark.parametrize("url", sorted(known()))
def test_a_context_at_hand(url: str) -> None:
    assert isinstance(gather([{"@context": url}], Documents())[url]["@context"], (dict, list))


def test_a_badge_uses_terms_of_its_context() -> None:
    badge = builders.badge(
        id="urn:uuid:1",
        issuer={"id": world.ISSUER, "name": "익산시"},
        achievement={"id": "https://iksan.example/training/1", "name": "수출 교육"},
        criteria="12시간 가운데 10시간 이상 참석",
        valid_from=world.START,
        holder="mailto:maker@example.org",
    )
    signed = world.sign(badge, suite=RDFC)
    assert _codes(signed) == set()


def test_a_graph_made_to_take_for_ever() -> None:
    def knot(size: int) -> list[dict[str, Any]]:
        return [{"knows": [{"knows": [{"knows": {"knows": "x"}}] * size}] * size}] * size

    poison = _plain(credentialSubject={"id": "x:y", "knows": knot(7)})
    started = time.monotonic()
    with pytest.raises(Refused) as caught:
        canonical([poison], documents=Documents(), deadline=Deadline(1.5))
    assert caught.value.reason.code == "graph-time"
    assert time.monotonic() - started < 8


def test_a_deadline_that_has_passed() -> None:
    with pytest.raises(Refused) as caught:
        canonical([_plain()], documents=Documents(), deadline=Deadline(0))
    assert caught.value.reason.code == "time-limit"
