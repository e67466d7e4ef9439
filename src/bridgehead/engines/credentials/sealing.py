"""Secrets at rest: scrypt (RFC 7914) makes a key of the passphrase, ChaCha20-Poly1305 (RFC 8439) seals.

What a file says about its secret stands in clear and is sealed along, so it cannot be exchanged.
"""

import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from bridgehead.engines.credentials import multibase

COST = {"n": 2**15, "r": 8, "p": 1}  # 32 MiB and about 0.1 s for each guess


class Sealed(Exception):
    """It does not open: wrong passphrase, or a damaged file."""


def seal(secret: bytes, passphrase: bytes, *, about: dict[str, str]) -> bytes:
    if not passphrase:
        raise ValueError("a secret needs a passphrase")
    salt, nonce = os.urandom(16), os.urandom(12)
    sealed = ChaCha20Poly1305(_key(passphrase, salt)).encrypt(nonce, secret, _bound(about))
    parts = {"salt": salt, "nonce": nonce, "sealed": sealed}
    texts = {name: multibase.base64url_encode(part) for name, part in parts.items()}
    return json.dumps({"about": about, "scrypt": COST, **texts}, indent=1).encode()


def unseal(data: bytes, passphrase: bytes) -> bytes:
    try:
        value = json.loads(data)
        if value["scrypt"] != COST:
            raise Sealed("sealed at another cost than this program uses")
        salt, nonce, sealed = (
            multibase.base64url_decode(value[name]) for name in ("salt", "nonce", "sealed")
        )
        return ChaCha20Poly1305(_key(passphrase, salt)).decrypt(nonce, sealed, _bound(value["about"]))
    except InvalidTag:
        raise Sealed("wrong passphrase, or the file was changed") from None
    except (KeyError, TypeError, ValueError):
        raise Sealed("not a sealed file") from None


def about(data: bytes) -> dict[str, str]:
    """What the file says in clear; true only once it has been unsealed."""
    try:
        return dict(json.loads(data)["about"])
    except (KeyError, TypeError, ValueError):
        raise Sealed("not a sealed file") from None


def _key(passphrase: bytes, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, **COST).derive(passphrase)


def _bound(about: dict[str, str]) -> bytes:
    return json.dumps(about, sort_keys=True, separators=(",", ":")).encode()
