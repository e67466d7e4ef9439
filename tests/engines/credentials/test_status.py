"""Revoked and suspended; and everything unreadable counts against a certificate."""

import base64
import gzip
from typing import Any

import pytest

from bridgehead.engines.credentials import statuslists, verify
from tests.engines.credentials import world
from tests.engines.credentials.world import REVOCATIONS, STRANGER, SUSPENSIONS

AT = 94_567


def _codes(document: Any, known: dict[str, Any]) -> set[str]:
    return set(verify.verify(world.data(document), world.policy(known)).codes)


def _list(**changed: Any) -> dict[str, Any]:
    """Both lists, the one of revocations signed anew with a changed subject."""
    lists = world.lists()
    bare = {name: value for name, value in lists[REVOCATIONS].items() if name != "proof"}
    bare["credentialSubject"] = {**bare["credentialSubject"], **changed}
    return {**lists, REVOCATIONS: world.sign(bare)}


def _packed(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def test_neither_revoked_nor_suspended() -> None:
    assert _codes(world.with_status(), world.lists(revoked=[AT - 1, AT + 1], suspended=[0])) == set()


def test_revoked_suspended_or_both() -> None:
    certificate = world.with_status()
    assert _codes(certificate, world.lists(revoked=[AT])) == {"revoked"}
    assert _codes(certificate, world.lists(suspended=[AT])) == {"suspended"}
    assert _codes(certificate, world.lists(revoked=[AT], suspended=[AT])) == {"revoked", "suspended"}


def test_a_list_that_cannot_be_had() -> None:
    lists = world.lists()
    assert _codes(world.with_status(), {}) == {"status-unreadable"}
    assert _codes(world.with_status(), {REVOCATIONS: lists[REVOCATIONS]}) == {"status-unreadable"}


def test_a_list_signed_by_another_issuer() -> None:
    assert _codes(world.with_status(), world.lists(signer=STRANGER)) == {"status-issuer"}


def test_a_list_that_names_the_issuer_but_is_signed_by_another() -> None:
    lists = world.lists()
    bare = {name: value for name, value in lists[REVOCATIONS].items() if name != "proof"}
    assert _codes(world.with_status(), {**lists, REVOCATIONS: world.sign(bare, STRANGER)}) == {
        "status-unreadable"
    }
    assert _codes(world.with_status(), {**lists, REVOCATIONS: bare}) == {"status-unreadable"}


def test_a_list_that_was_changed() -> None:
    lists = world.lists(revoked=[AT])
    lists[REVOCATIONS]["credentialSubject"]["encodedList"] = statuslists.encode([])
    assert _codes(world.with_status(), lists) == {"status-unreadable"}


def test_a_list_of_another_purpose_or_address() -> None:
    lists = world.lists()
    swapped = {REVOCATIONS: lists[SUSPENSIONS], SUSPENSIONS: lists[REVOCATIONS]}
    assert _codes(world.with_status(), swapped) == {"status-unreadable"}
    assert _codes(world.with_status(), _list(statusPurpose="suspension")) == {"status-unreadable"}


def test_a_list_for_several_purposes() -> None:
    assert _codes(world.with_status(), _list(statusPurpose=["revocation", "suspension"])) == set()


@pytest.mark.parametrize(
    "encoded",
    [
        None,
        1,
        "",
        "u",
        "uAAAA",
        "z" + statuslists.encode([])[1:],
        statuslists.encode([])[:-8],
        _packed(gzip.compress(bytes(16), mtime=0)),
        _packed(gzip.compress(bytes(16_384), mtime=0) + b"more"),
        _packed(gzip.compress(bytes(statuslists.MOST_BYTES + 1), mtime=0)),
    ],
)
def test_a_list_that_cannot_be_unpacked(encoded: Any) -> None:
    assert _codes(world.with_status(), _list(encodedList=encoded)) == {"status-unreadable"}


def test_a_position_outside_the_list() -> None:
    assert _codes(world.with_status(position=statuslists.LENGTH), world.lists()) == {"status-unreadable"}


@pytest.mark.parametrize(
    "changed",
    [
        {"type": "StatusList2021Entry"},
        {"statusListIndex": "-1"},
        {"statusListIndex": "1.0"},
        {"statusListCredential": "status"},
        {"statusSize": 0},
        {"statusSize": True},
        {"statusPurpose": None},
    ],
)
def test_an_entry_that_cannot_be_read(changed: dict[str, Any]) -> None:
    entry = {**statuslists.entry(REVOCATIONS, AT, "revocation"), **changed}
    codes = _codes(world.sign(world.certificate(status=[entry])), world.lists())
    assert "status-unreadable" in codes


def test_a_purpose_nobody_knows_counts_when_it_is_set() -> None:
    entry = statuslists.entry(REVOCATIONS, AT, "whatever")
    certificate = world.sign(world.certificate(status=[entry]))
    lists = _list(statusPurpose="whatever")
    assert _codes(certificate, lists) == set()
    assert _codes(certificate, _list(statusPurpose="whatever", encodedList=statuslists.encode([AT]))) == {
        "status-set"
    }


def test_a_refresh_does_not_take_validity_away() -> None:
    entry = statuslists.entry(REVOCATIONS, AT, "refresh")
    lists = _list(statusPurpose="refresh", encodedList=statuslists.encode([AT]))
    assert _codes(world.sign(world.certificate(status=[entry])), lists) == set()


def test_the_first_position_is_the_leftmost_bit() -> None:
    bits = statuslists.decode(statuslists.encode([0, 9]))
    assert bits[:2] == b"\x80\x40"
    assert [statuslists.value_at(bits, position) for position in (0, 1, 9)] == [1, 0, 1]
    assert [statuslists.value_at(bits, position, 2) for position in (0, 4)] == [2, 1]


@pytest.mark.parametrize("position", [-1, statuslists.LENGTH])
def test_a_position_a_list_does_not_have(position: int) -> None:
    with pytest.raises(IndexError):
        statuslists.encode([position])
    with pytest.raises(IndexError):
        statuslists.value_at(statuslists.decode(statuslists.encode([])), position)


def test_a_list_too_short_for_a_crowd() -> None:
    with pytest.raises(statuslists.BadList):
        statuslists.encode([], 8)
