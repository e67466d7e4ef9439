"""Multibase texts (base58btc and base64url) and Ed25519 keys as Multikey (W3C Controlled Identifiers 1.0)."""

import base64
import binascii
from functools import lru_cache

from bridgehead.engines.credentials.reasons import Code, Refused

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
ED25519_PUBLIC = b"\xed\x01"
ED25519_SECRET = b"\x80\x26"
LONGEST = 256  # decoding base58 takes time quadratic in its length; keys and signatures are far shorter


def base58_encode(data: bytes) -> str:
    zeros = len(data) - len(data.lstrip(b"\0"))
    number, letters = int.from_bytes(data, "big"), []
    while number:
        number, rest = divmod(number, 58)
        letters.append(ALPHABET[rest])
    return ALPHABET[0] * zeros + "".join(reversed(letters))


def base58_decode(text: str) -> bytes:
    if len(text) > LONGEST:
        raise ValueError("too long for base58")
    number = 0
    for letter in text:
        if letter not in VALUES:
            raise ValueError("not base58")
        number = number * 58 + VALUES[letter]
    zeros = len(text) - len(text.lstrip(ALPHABET[0]))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def base64url_encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def base64url_decode(text: str) -> bytes:
    """Without padding and strict: one text for one value, so that a changed last letter cannot pass."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("not base64url") from None
    if base64url_encode(data) != text:
        raise ValueError("not base64url")
    return data


def decode(text: object) -> bytes:
    """The bytes of a multibase text, `z…` or `u…`; ValueError otherwise."""
    if isinstance(text, str) and text[:1] == "z":
        return base58_decode(text[1:])
    if isinstance(text, str) and text[:1] == "u":
        return base64url_decode(text[1:])
    raise ValueError("neither base58btc nor base64url")


def encode(data: bytes) -> str:
    return "z" + base58_encode(data)


def encode_public_key(key: bytes) -> str:
    return encode(ED25519_PUBLIC + key)


def encode_secret_key(seed: bytes) -> str:
    return encode(ED25519_SECRET + seed)


def decode_public_key(text: object) -> bytes:
    """The 32 bytes of an Ed25519 public key written as Multikey."""
    return _known(text) if isinstance(text, str) else _key(text, ED25519_PUBLIC)


def decode_secret_key(text: object) -> bytes:
    """The 32 bytes of the seed of an Ed25519 key written as Multikey."""
    return _key(text, ED25519_SECRET)


@lru_cache(maxsize=1024)
def _known(text: str) -> bytes:
    """A verifier sees few issuers, each again and again."""
    return _key(text, ED25519_PUBLIC)


def _key(text: object, prefix: bytes) -> bytes:
    try:
        data = decode(text)
    except ValueError as error:
        raise Refused(Code.KEY, detail=str(error)) from None
    if data[:2] != prefix or len(data) != 34:
        raise Refused(Code.KEY, detail="another kind of key")
    return data[2:]
