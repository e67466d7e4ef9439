"""The network is used only when asked for, and never to look into the verifier's own."""

import pytest

from bridgehead.engines.credentials.documents import Documents
from bridgehead.engines.credentials.online import Online
from bridgehead.engines.credentials.reasons import WORDS, Code, Reason, Refused, one_line


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/did.json",
        "https://[::1]/did.json",
        "https://[::ffff:127.0.0.1]/did.json",
        "https://10.0.0.1:8443/did.json",
        "https://169.254.169.254/latest/meta-data",
        "http://192.0.2.1/did.json",
        "file:///etc/passwd",
        "https:///did.json",
        "https://a:b/did.json",
        "did:example:1",
    ],
)
def test_an_address_that_is_not_fetched(url: str) -> None:
    with pytest.raises(Refused) as caught:
        Online()(url)
    assert caught.value.reason.code == "unresolved"


def test_a_document_at_hand_is_never_fetched() -> None:
    fetched: list[str] = []

    def fetch(url: str) -> bytes:
        fetched.append(url)
        return b"{}"

    documents = Documents({"did:web:a.example": b"known"}, fetch)
    assert documents.find("did:web:a.example", "https://a.example/.well-known/did.json") == b"known"
    assert documents.find("did:web:b.example", "https://b.example/.well-known/did.json") == b"{}"
    assert documents.find("https://b.example/.well-known/did.json") == b"{}"
    assert fetched == ["https://b.example/.well-known/did.json"]


def test_without_a_fetcher_nothing_is_fetched() -> None:
    with pytest.raises(Refused) as caught:
        Documents().find("https://a.example/")
    assert str(caught.value) == "unresolved: a document that is needed cannot be had at https://a.example/"


def test_every_code_has_words() -> None:
    assert set(WORDS) == set(Code)


def test_a_reason_is_one_harmless_line() -> None:
    assert "\x1b" not in str(Reason(Code.MODEL, "/id", "\x1b[2J\nvalid"))
    assert len(one_line("x" * 1000)) == 300
