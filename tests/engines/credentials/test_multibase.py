"""One text for one value, so that a signature or key has one spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridgehead.engines.credentials import multibase
from bridgehead.engines.credentials.reasons import Refused


@given(st.binary(max_size=80))
def test_there_and_back(data: bytes) -> None:
    assert multibase.base58_decode(multibase.base58_encode(data)) == data
    assert multibase.base64url_decode(multibase.base64url_encode(data)) == data


def test_published_base58_examples() -> None:  # draft-msporny-base58, section 5
    assert multibase.base58_encode(b"Hello World!") == "2NEpo7TZRRrLZSi2U"
    assert multibase.base58_encode(bytes.fromhex("0000287fb4cd")) == "11233QC4"


@pytest.mark.parametrize("text", ["0", "O", "I", "l", "가", "z" * 300])
def test_not_base58(text: str) -> None:
    with pytest.raises(ValueError):
        multibase.base58_decode(text)


@pytest.mark.parametrize("text", ["AB==", "AB", "A", "A+/=", "가"])
def test_not_base64url(text: str) -> None:
    with pytest.raises(ValueError):
        multibase.base64url_decode(text)


@pytest.mark.parametrize(
    "text", [None, 1, "", "z", "m", "z6Mk", "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169"]
)
def test_not_an_ed25519_key(text: object) -> None:
    with pytest.raises(Refused) as caught:
        multibase.decode_public_key(text)
    assert caught.value.reason.code == "key"
