"""JSON that programs could read in two ways is refused, within limits."""

import pytest

from bridgehead.engines.credentials import strictjson
from bridgehead.engines.credentials.reasons import Refused

NESTED = b"[" * 65 + b"]" * 65


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-json"),
        (b"{", "not-json"),
        (b"{} {}", "not-json"),
        (b"\xff\xfe{\x00}\x00", "not-json"),
        (b"\xef\xbb\xbf{}", "not-json"),
        (b'{"a": "\\ud800"}', "not-json"),
        (b'{"a": 1, "a": 1}', "duplicate-key"),
        (b'[{"b": {"a": 1, "\\u0061": 2}}]', "duplicate-key"),
        (b"NaN", "number"),
        (b"[-Infinity]", "number"),
        (b"1e999", "number"),
        (b"9007199254740992", "number"),
        (b"9" * 5000, "number"),
        (NESTED, "too-deep"),
        (b"[" * 200_000, "too-deep"),
        (b" " * (strictjson.MAX_BYTES + 1), "too-large"),
    ],
)
def test_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        strictjson.loads(data)
    assert caught.value.reason.code == code


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b'{"a": [1, -2.5, null, true]}', {"a": [1, -2.5, None, True]}),
        (b"-9007199254740991", -9007199254740991),
        ('"\N{HANGUL SYLLABLE GA}\\ud83d\\ude00"'.encode(), "가😀"),
        (NESTED[1:-1], strictjson.loads(NESTED[1:-1])),
    ],
)
def test_read(data: bytes, value: object) -> None:
    assert strictjson.loads(data) == value


def test_an_object_is_expected() -> None:
    with pytest.raises(Refused) as caught:
        strictjson.loads_object(b"[]")
    assert caught.value.reason.code == "model"
