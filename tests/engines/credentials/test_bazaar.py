"""Digital Bazaar's libraries accept what we issue, refuse what we refuse, and the other way round."""

from typing import Any

import pytest

from bridgehead.engines.credentials import builders, verify
from bridgehead.engines.credentials.contexts import EXAMPLES_V2
from bridgehead.engines.credentials.cryptosuites import JCS, RDFC, SUITES
from tests.engines.credentials import bazaar, world
from tests.engines.credentials.world import IKSAN, LATER, START

NOW = "2026-06-01T00:00:00Z"
KEY = bazaar.key_documents(IKSAN.public_key)


def _verified(credential: dict[str, Any], suite: str, documents: dict[str, Any]) -> list[Any]:
    request = {"do": "verify", "suite": suite, "credential": credential, "now": NOW}
    (answer,) = bazaar.ask([request], documents)
    return [answer["verified"], answer["error"]]


def _badge() -> dict[str, Any]:
    return builders.badge(
        id="urn:uuid:0a8ad0c4-8b4b-4a87-b7f5-6a7d8fb2a111",
        issuer={"id": world.ISSUER, "name": "익산시"},
        achievement={"id": "https://iksan.example/training/1", "name": "수출 교육"},
        criteria="12시간 가운데 10시간 이상 참석",
        valid_from=START,
        holder="mailto:maker@example.org",
        holder_name="김루비",
    )


def _conformity() -> dict[str, Any]:
    return builders.conformity_credential(
        id="urn:uuid:9a0d8cd4-4a90-44a5-9d0b-1f4be2a50d22",
        issuer={"id": world.ISSUER, "name": "익산시"},
        name="친환경 주얼리 인증서",
        scheme={"id": "https://iksan.example/scheme/1", "name": "익산 친환경 주얼리"},
        issued_to={"id": "https://iksan.example/makers/1", "name": "보석공방 루비"},
        assessments=[
            builders.assessment(
                id="https://iksan.example/assessments/1",
                topic="environment.waste",
                compliant=True,
                assessed_on="2026-01-02",
                criteria=[{"id": "https://iksan.example/criteria/1", "name": "재생 귀금속 비율"}],
                metrics=[builders.metric("recycled share", 62.5, "P1")],
                products=[{"id": "https://iksan.example/products/1", "name": "은반지"}],
                facilities=[{"id": "https://iksan.example/sites/1", "name": "제1공방"}],
            )
        ],
        valid_from=START,
    )


@pytest.mark.parametrize("suite", SUITES)
def test_they_accept_our_certificate(suite: str) -> None:
    assert _verified(world.sign(world.certificate(), suite=suite), suite, KEY) == [True, ""]


@pytest.mark.parametrize("suite", SUITES)
def test_they_accept_our_badge(suite: str) -> None:
    assert _verified(world.sign(_badge(), suite=suite), suite, KEY) == [True, ""]


def test_they_accept_our_conformity_credential() -> None:
    signed = world.sign(_conformity())
    assert verify.check_model(world.data(signed)).valid
    assert _verified(signed, JCS, KEY) == [True, ""]


def test_they_accept_a_certificate_signed_after_a_rotation() -> None:
    signed = world.sign(
        world.certificate(world.WEB_ISSUER), LATER, method=f"{world.WEB_ISSUER}#key-2", suite=JCS
    )
    documents = bazaar.web_documents(world.web_document(revoked=world.SIGNED))
    assert _verified(signed, JCS, documents) == [True, ""]


def test_they_refuse_a_key_we_revoked() -> None:
    signed = world.sign(world.certificate(world.WEB_ISSUER), method=f"{world.WEB_ISSUER}#key-1")
    documents = bazaar.web_documents(world.web_document(revoked=world.SIGNED))
    assert _verified(signed, JCS, documents)[0] is False


@pytest.mark.parametrize("suite", SUITES)
def test_they_refuse_what_was_changed(suite: str) -> None:
    signed = world.sign(world.certificate(), suite=suite)
    signed["credentialSubject"]["name"] = "다른 공방"
    assert _verified(signed, suite, KEY)[0] is False


def test_they_read_our_status_lists() -> None:
    certificate = world.with_status()
    request = {"do": "verify", "suite": JCS, "credential": certificate, "now": NOW}
    answers = [
        bazaar.ask([request], {**KEY, **world.lists(revoked=revoked, suspended=suspended)})[0]
        for revoked, suspended in (([], []), ([94_567], []), ([], [94_567]))
    ]
    assert [answer["verified"] for answer in answers] == [True, True, True]
    assert [answer["set"] for answer in answers] == [[False, False], [True, False], [False, True]]


@pytest.mark.parametrize("suite", SUITES)
def test_we_accept_what_they_issue(suite: str) -> None:
    key = bazaar.key_pair(b"i" * 32, IKSAN.public_key)
    created = "2026-01-02T00:00:00Z"
    requests = [
        {"do": "issue", "suite": suite, "credential": credential, "key": key, "created": created}
        for credential in (world.certificate(), _badge())
    ]
    for issued in bazaar.ask(requests, KEY):
        assert verify.verify(world.data(issued), world.policy()).reasons == ()


def test_both_make_the_same_signature() -> None:
    key = bazaar.key_pair(b"i" * 32, IKSAN.public_key)
    for suite in (JCS, RDFC):
        request = {"do": "issue", "suite": suite, "credential": _badge(), "key": key}
        (issued,) = bazaar.ask([{**request, "created": "2026-01-02T00:00:00Z"}], KEY)
        ours = world.sign(_badge(), suite=suite)
        assert issued["proof"]["proofValue"] == ours["proof"]["proofValue"]


TEXTS = ["a\tb\nc\rd", 'a"b\\c', "e\u0301 é 한 😀", "https://a.example", "  ", "0"]
# Not 1e-7: jsonld.js takes a number that JavaScript writes without a point for an integer, and signs 0.
NUMBERS = [0, -1, 0.5, 1.5e-7, 123456.789, 9007199254740991]


@pytest.mark.parametrize("suite", SUITES)
def test_both_read_texts_and_numbers_alike(suite: str) -> None:
    claims = {"text": TEXTS, "number": NUMBERS, "yes": True, "nested": [{"a": {"b": "c"}}, {"a": {"b": "c"}}]}
    plain = world.certificate(contexts=[EXAMPLES_V2], subject={"id": "did:example:maker", **claims})
    assert _verified(world.sign(plain, suite=suite), suite, KEY) == [True, ""]
