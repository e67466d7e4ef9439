"""Whatever is changed in a signed certificate makes it invalid; whatever file comes, there is an answer."""

import json
from copy import deepcopy
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridgehead.engines.credentials import statuslists, strictjson, verify
from bridgehead.engines.credentials.cryptosuites import JCS
from bridgehead.engines.credentials.reasons import Code
from tests.engines.credentials import world

SIGNED = world.with_status()
LISTS = world.lists()
DATA = world.data(SIGNED)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)
NAMES = st.sampled_from(
    ["type", "id", "issuer", "proof", "credentialStatus", "@context", "credentialSubject", "evidence"]
)
POLICY = world.policy(LISTS)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path to every value inside `value`."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for name, item in inner for place in [(*path, name), *_places(item, (*path, name))]]


PLACES = _places(SIGNED)


def _parent(document: Any, place: tuple[Any, ...]) -> Any:
    for name in place[:-1]:
        document = document[name]
    return document


def _same(one: Any, other: Any) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def test_the_certificate_that_is_changed_below_is_valid() -> None:
    assert verify.verify(DATA, POLICY).valid


@given(st.integers(0, len(DATA) - 1), st.integers(0, 255))
@settings(max_examples=300)
def test_any_changed_byte(position: int, byte: int) -> None:
    changed = DATA[:position] + bytes([byte]) + DATA[position + 1 :]
    try:
        unchanged = strictjson.loads(changed) == SIGNED
    except strictjson.Refused:
        unchanged = False
    assert verify.verify(changed, POLICY).valid is unchanged


@given(st.sampled_from(PLACES), VALUES)
@settings(max_examples=200)
def test_any_changed_value(place: tuple[Any, ...], value: Any) -> None:
    changed = deepcopy(SIGNED)
    _parent(changed, place)[place[-1]] = value
    assert verify.verify(world.data(changed), POLICY).valid is (changed == SIGNED and _same(changed, SIGNED))


@given(st.sampled_from(PLACES))
def test_any_removed_value(place: tuple[Any, ...]) -> None:
    changed = deepcopy(SIGNED)
    del _parent(changed, place)[place[-1]]
    assert not verify.verify(world.data(changed), POLICY).valid


@given(st.sampled_from([(), ("credentialSubject",), ("proof",), ("credentialStatus", 0)]), st.text(), VALUES)
def test_any_added_value(place: tuple[Any, ...], name: str, value: Any) -> None:
    changed = deepcopy(SIGNED)
    inside = _parent(changed, (*place, name))
    if name not in inside:
        inside[name] = value
        assert not verify.verify(world.data(changed), POLICY).valid


@given(st.dictionaries(NAMES, VALUES) | VALUES)
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_any_document_has_an_answer(document: Any) -> None:
    for judge in (verify.verify, verify.verify_proofs):
        verdict = judge(world.data(document), POLICY)
        assert not verdict.valid
        assert Code.UNEXPECTED not in verdict.codes


@given(st.sampled_from(PLACES), VALUES)
@settings(max_examples=200)
def test_any_status_list_has_an_answer(place: tuple[Any, ...], value: Any) -> None:
    lists = deepcopy(LISTS)
    changed = lists[world.REVOCATIONS]
    inner = _places(changed)
    chosen = inner[PLACES.index(place) % len(inner)]
    _parent(changed, chosen)[chosen[-1]] = value
    codes = verify.verify(DATA, world.policy(lists)).codes
    assert codes <= {Code.STATUS_UNREADABLE, Code.STATUS_ISSUER}
    assert (codes == set()) is (
        changed == LISTS[world.REVOCATIONS] and _same(changed, LISTS[world.REVOCATIONS])
    )


@given(st.binary())
def test_any_bytes_have_an_answer(data: bytes) -> None:
    assert verify.verify(data, POLICY).codes <= {
        Code.NOT_JSON,
        Code.MODEL,
        Code.NUMBER,
        Code.DUPLICATE_KEY,
        Code.TOO_DEEP,
    }


@given(st.sets(st.integers(0, statuslists.LENGTH - 1), max_size=50))
@settings(max_examples=20)
def test_a_status_list_there_and_back(positions: set[int]) -> None:
    bits = statuslists.decode(statuslists.encode(positions))
    found = {place for place in range(statuslists.LENGTH) if statuslists.value_at(bits, place)}
    assert found == positions


@given(st.dictionaries(st.text(), VALUES, min_size=1))
def test_any_claims_can_be_signed_and_verified(claims: dict[str, Any]) -> None:
    signed = world.sign(
        world.certificate(subject={**claims, "id": "did:example:maker", "name": "x", "description": "y"}),
        suite=JCS,
    )
    codes = verify.verify(world.data(signed), world.policy()).codes
    assert codes <= {Code.BLANK_NODE, Code.MODEL}
