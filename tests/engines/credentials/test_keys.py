"""Keys at rest, in the environment and in a device; and what an issuer publishes about them."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bridgehead.engines.credentials import did, multibase, rotation, sealing
from bridgehead.engines.credentials.keys import EnvironmentKeys, NoKey, StoredKeys, TokenKeys
from tests.engines.credentials import vectors, world
from tests.engines.credentials.world import IKSAN, LATER, NOW, SIGNED


def test_a_stored_key_signs(tmp_path: Path) -> None:
    public = StoredKeys(tmp_path / "keys", b"open").create("iksan-1")
    again = StoredKeys(tmp_path / "keys", b"open")
    assert again.public_key("iksan-1") == public
    Ed25519PublicKey.from_public_bytes(public).verify(again.sign("iksan-1", b"data"), b"data")


def test_a_stored_key_is_sealed_and_private(tmp_path: Path) -> None:
    keys = StoredKeys(tmp_path / "keys", b"open")
    keys.create("iksan-1")
    (path,) = (tmp_path / "keys").iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    seed = sealing.unseal(path.read_bytes(), b"open")
    for text in (seed, multibase.base64url_encode(seed).encode(), multibase.encode_secret_key(seed).encode()):
        assert text not in path.read_bytes()


def test_a_stored_key_is_never_replaced(tmp_path: Path) -> None:
    keys = StoredKeys(tmp_path, b"open")
    public = keys.create("iksan-1")
    with pytest.raises(FileExistsError):
        keys.create("iksan-1")
    assert keys.public_key("iksan-1") == public


@pytest.mark.parametrize("name", ["", "../iksan-1", "a/b", "iksan-2"])
def test_a_key_that_is_not_there(tmp_path: Path, name: str) -> None:
    keys = StoredKeys(tmp_path, b"open")
    keys.create("iksan-1")
    with pytest.raises(NoKey):
        keys.public_key(name)


def test_a_stored_key_with_the_wrong_passphrase(tmp_path: Path) -> None:
    StoredKeys(tmp_path, b"open").create("iksan-1")
    with pytest.raises(NoKey):
        StoredKeys(tmp_path, b"Open").sign("iksan-1", b"")
    with pytest.raises(ValueError):
        StoredKeys(tmp_path, b"").create("iksan-2")


def test_a_stored_key_that_was_exchanged(tmp_path: Path) -> None:
    keys = StoredKeys(tmp_path, b"open")
    keys.create("iksan-1")
    keys.create("iksan-2")
    (tmp_path / "iksan-1.key.json").write_bytes((tmp_path / "iksan-2.key.json").read_bytes())
    with pytest.raises(NoKey):
        keys.sign("iksan-1", b"")


def test_a_damaged_file(tmp_path: Path) -> None:
    (tmp_path / "iksan-1.key.json").write_bytes(b"{}")
    keys = StoredKeys(tmp_path, b"open")
    for use in (lambda: keys.sign("iksan-1", b""), lambda: keys.public_key("iksan-1")):
        with pytest.raises(NoKey):
            use()


def test_a_key_from_the_environment() -> None:
    keys = EnvironmentKeys("CREDENTIAL_KEY", {"CREDENTIAL_KEY_IKSAN_1": vectors.SECRET})
    assert multibase.encode_public_key(keys.public_key("iksan-1")) == vectors.PUBLIC
    with pytest.raises(NoKey):
        keys.public_key("iksan-2")


class Device:
    """What a PKCS#11 library offers, for one key."""

    def __init__(self, wrap: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(b"d" * 32)
        self._wrap = wrap

    def ec_point(self, label: str) -> bytes:
        return self._wrap + {"iksan-1": self._key}[label].public_key().public_bytes_raw()

    def sign_eddsa(self, label: str, data: bytes) -> bytes:
        return {"iksan-1": self._key}[label].sign(data)


@pytest.mark.parametrize("wrap", [b"", b"\x04\x20"])
def test_a_key_in_a_device(wrap: bytes) -> None:
    keys = TokenKeys(Device(wrap))
    public = Ed25519PublicKey.from_public_bytes(keys.public_key("iksan-1"))
    public.verify(keys.sign("iksan-1", b"data"), b"data")
    for use in (lambda: keys.sign("other", b""), lambda: keys.public_key("other")):
        with pytest.raises(NoKey):
            use()


def test_another_kind_of_key_in_a_device() -> None:
    with pytest.raises(NoKey):
        TokenKeys(Device(b"\x04\x21\x04")).public_key("iksan-1")


def test_the_newest_key_in_use_signs() -> None:
    first, second = world.web_keys(retired=None)
    assert rotation.signing_key([second, first]) == second
    first, second = world.web_keys()
    assert rotation.signing_key([first]) is None


def test_the_document_of_an_issuer_keeps_its_history() -> None:
    document = world.web_document(revoked=NOW)
    name = world.WEB_ISSUER
    assert document["id"] == name
    assert document["assertionMethod"] == [f"{name}#key-2"]
    assert document["verificationMethod"] == [
        {
            "id": f"{name}#key-1",
            "type": "Multikey",
            "controller": name,
            "publicKeyMultibase": multibase.encode_public_key(IKSAN.public_key),
            "revoked": "2026-06-01T00:00:00Z",
        },
        {
            "id": f"{name}#key-2",
            "type": "Multikey",
            "controller": name,
            "publicKeyMultibase": multibase.encode_public_key(LATER.public_key),
        },
    ]


def test_two_keys_of_one_name() -> None:
    key = rotation.IssuerKey("key-1", IKSAN.public_key, SIGNED)
    with pytest.raises(ValueError):
        rotation.did_document(world.WEB_ISSUER, [key, key])


@pytest.mark.parametrize(
    ("name", "address"),
    [
        (did.web_did("iksan.example"), "https://iksan.example/.well-known/did.json"),
        (did.web_did("iksan.example", "a", "b"), "https://iksan.example/a/b/did.json"),
        (did.web_did("127.0.0.1:8443"), "https://127.0.0.1:8443/.well-known/did.json"),
    ],
)
def test_where_the_document_of_a_web_issuer_is(name: str, address: str) -> None:
    assert did.web_address(name) == address


@pytest.mark.parametrize(
    "name",
    [
        "did:web:",
        "did:web:a%2Fb",
        "did:web:a:..",
        "did:web:a:",
        "did:web:a:b%2Fc",
        "did:web:a@b",
        "did:web:a?b",
    ],
)
def test_not_a_web_issuer(name: str) -> None:
    with pytest.raises(did.Refused) as caught:
        did.web_address(name)
    assert caught.value.reason.code == "unresolved"
