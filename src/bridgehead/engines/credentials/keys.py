"""Keys that sign. Rooms know a key by its name; where its secret is kept is a provider's business.

`StoredKeys` keeps sealed files, `EnvironmentKeys` reads secrets from the environment, `TokenKeys` leaves them in
a device that signs by itself (PKCS#11). A secret leaves a provider only as signatures.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bridgehead.engines.credentials import did, multibase, sealing
from bridgehead.engines.credentials.reasons import Refused


class NoKey(LookupError):
    """There is no key of that name, or it cannot be opened."""


class KeyProvider(Protocol):
    """`sign` returns the 64 bytes of an Ed25519 signature; both raise `NoKey`."""

    def public_key(self, name: str) -> bytes: ...

    def sign(self, name: str, data: bytes) -> bytes: ...


@dataclass(frozen=True)
class ProvidedSigner:
    """One key of a provider, as `proofs.sign` takes it."""

    provider: KeyProvider
    name: str

    def sign(self, data: bytes) -> bytes:
        return self.provider.sign(self.name, data)

    @property
    def public_key(self) -> bytes:
        return self.provider.public_key(self.name)

    @property
    def did_key_method(self) -> str:
        return did.key_method(self.public_key)


class MemoryKeys:
    """Secrets (32 bytes each) by name: for tests and for tools that make a key for one use."""

    def __init__(self, seeds: Mapping[str, bytes]) -> None:
        self._seeds = dict(seeds)

    def public_key(self, name: str) -> bytes:
        return self._open(name).public_key().public_bytes_raw()

    def sign(self, name: str, data: bytes) -> bytes:
        return self._open(name).sign(data)

    def _open(self, name: str) -> Ed25519PrivateKey:
        if name not in self._seeds:
            raise NoKey(name)
        return Ed25519PrivateKey.from_private_bytes(self._seeds[name])


class StoredKeys:
    """One sealed file per key in a folder; the passphrase is not stored beside them."""

    def __init__(self, folder: Path, passphrase: bytes) -> None:
        self._folder = folder
        self._passphrase = passphrase
        self._opened: dict[str, Ed25519PrivateKey] = {}

    def create(self, name: str) -> bytes:
        """A new key; returns its public half. FileExistsError rather than replace one."""
        key = Ed25519PrivateKey.generate()
        public = key.public_key().public_bytes_raw()
        sealed = sealing.seal(key.private_bytes_raw(), self._passphrase, about=self._about(name, public))
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self._path(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(sealed)
        return public

    def public_key(self, name: str) -> bytes:
        try:
            return multibase.decode_public_key(sealing.about(self._read(name)).get("publicKeyMultibase"))
        except (sealing.Sealed, Refused) as error:
            raise NoKey(f"{name}: {error}") from None

    def sign(self, name: str, data: bytes) -> bytes:
        if name not in self._opened:
            self._opened[name] = self._open(name)
        return self._opened[name].sign(data)

    def _open(self, name: str) -> Ed25519PrivateKey:
        sealed = self._read(name)
        try:
            seed = sealing.unseal(sealed, self._passphrase)
        except sealing.Sealed as error:
            raise NoKey(f"{name}: {error}") from None
        key = Ed25519PrivateKey.from_private_bytes(seed)
        if sealing.about(sealed) != self._about(name, key.public_key().public_bytes_raw()):
            raise NoKey(f"{name}: the file is of another key")
        return key

    def _read(self, name: str) -> bytes:
        try:
            return self._path(name).read_bytes()
        except OSError as error:
            raise NoKey(f"{name}: {error.strerror}") from None

    def _path(self, name: str) -> Path:
        if not name or not all(letter.isalnum() or letter in "-_" for letter in name):
            raise NoKey(f"{name}: not a name for a key")
        return self._folder / f"{name}.key.json"

    @staticmethod
    def _about(name: str, public: bytes) -> dict[str, str]:
        return {"name": name, "publicKeyMultibase": multibase.encode_public_key(public)}


class EnvironmentKeys(MemoryKeys):
    """`PREFIX_NAME` holds the secret of key `name` as Multikey (`z3u2…`), as secret stores hand it to a container."""

    def __init__(self, prefix: str, environment: Mapping[str, str]) -> None:
        self._prefix = prefix
        self._environment = environment
        super().__init__({})

    def _open(self, name: str) -> Ed25519PrivateKey:
        variable = f"{self._prefix}_{name}".upper().replace("-", "_")
        if variable not in self._environment:
            raise NoKey(f"{name}: {variable} is not set")
        return Ed25519PrivateKey.from_private_bytes(multibase.decode_secret_key(self._environment[variable]))


class Token(Protocol):
    """A session with a device, as PKCS#11 libraries offer it: keys by label, CKM_EDDSA, CKA_EC_POINT."""

    def ec_point(self, label: str) -> bytes: ...

    def sign_eddsa(self, label: str, data: bytes) -> bytes: ...


class TokenKeys:
    """Keys that never leave a device. It raises KeyError for a label it does not have."""

    def __init__(self, token: Token) -> None:
        self._token = token

    def public_key(self, name: str) -> bytes:
        try:
            point = self._token.ec_point(name)
        except KeyError:
            raise NoKey(name) from None
        if point[:2] == b"\x04\x20" and len(point) == 34:  # PKCS#11 wraps the point in a DER octet string
            point = point[2:]
        if len(point) != 32:
            raise NoKey(f"{name}: not an Ed25519 key")
        return point

    def sign(self, name: str, data: bytes) -> bytes:
        try:
            return self._token.sign_eddsa(name, data)
        except KeyError:
            raise NoKey(name) from None
