"""Where this installation keeps the secrets of its signing keys: sealed files, or the environment of its processes."""

import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from bridgehead.engines.credentials.keys import EnvironmentKeys, KeyProvider, NoKey, StoredKeys


def provider() -> KeyProvider:
    """`CREDENTIAL_KEYS` is `files` or `environment` (BRIDGEHEAD_KEY_<NAME> holds a Multikey)."""
    if settings.CREDENTIAL_KEYS == "environment":
        return EnvironmentKeys("BRIDGEHEAD_KEY", os.environ)
    return _stored(Path(settings.CREDENTIAL_KEY_DIR), _passphrase())


def create(name: str) -> bytes:
    """Make the secret of a new key and give its public half; a key in the environment is there already."""
    keys = provider()
    return keys.create(name) if isinstance(keys, StoredKeys) else keys.public_key(name)


@lru_cache(maxsize=4)
def _stored(folder: Path, passphrase: bytes) -> StoredKeys:
    """One for the process: opening a sealed key takes a tenth of a second, on purpose."""
    return StoredKeys(folder, passphrase)


def _passphrase() -> bytes:
    """The demo makes its own; anywhere else a key without a passphrase of its own is not made."""
    if settings.CREDENTIAL_PASSPHRASE:
        return str(settings.CREDENTIAL_PASSPHRASE).encode()
    if settings.DEMO:
        return f"demo {settings.SECRET_KEY}".encode()
    raise NoKey("set BRIDGEHEAD_KEY_PASSPHRASE, which seals the keys of certificates")
