"""Bitstring Status Lists (https://www.w3.org/TR/vc-bitstring-status-list/): one bit for each certificate.

An issuer publishes one list per purpose as a credential of its own. Positions are handed out at random by the
issuer, so that a position tells nothing; that is the caller's part.
"""

import gzip
import zlib
from collections.abc import Iterable
from datetime import datetime

from bridgehead.engines.credentials import instants, multibase
from bridgehead.engines.credentials.contexts import CREDENTIALS_V2
from bridgehead.engines.credentials.strictjson import Object

LENGTH = 131_072  # bits; the least the standard allows, so that nobody stands out in a small crowd
MOST_BYTES = 16 * 1024 * 1024  # of an unpacked list
REVOCATION = "revocation"
SUSPENSION = "suspension"
PURPOSES = (REVOCATION, SUSPENSION)


class BadList(ValueError):
    """The encoded list cannot be read, or is larger or smaller than a list may be."""


def encode(positions: Iterable[int], length: int = LENGTH) -> str:
    """The encoded list in which exactly the bits at `positions` are set."""
    if length < LENGTH or length % 8:
        raise BadList(f"a list has at least {LENGTH} bits, a multiple of 8")
    bits = bytearray(length // 8)
    for position in positions:
        if not 0 <= position < length:
            raise IndexError(position)
        bits[position // 8] |= 0x80 >> position % 8
    return "u" + multibase.base64url_encode(gzip.compress(bytes(bits), mtime=0))


def decode(encoded: object) -> bytes:
    """The bits of an encoded list. A packed list that unpacks to too much is refused before it does."""
    if not isinstance(encoded, str) or not encoded.startswith("u"):
        raise BadList("not a multibase text in base64url")
    unpacker = zlib.decompressobj(wbits=31)
    try:
        packed = multibase.base64url_decode(encoded[1:])
        bits = unpacker.decompress(packed, MOST_BYTES + 1)
    except (ValueError, zlib.error) as error:
        raise BadList(str(error)) from None
    if len(bits) > MOST_BYTES:
        raise BadList(f"unpacks to more than {MOST_BYTES} bytes")
    if not unpacker.eof or unpacker.unused_data:
        raise BadList("is cut off, or has something after its end")
    if len(bits) * 8 < LENGTH:
        raise BadList(f"has fewer than {LENGTH} bits")
    return bits


def value_at(bits: bytes, position: int, size: int = 1) -> int:
    """The value at a position; with `size` bits each, the leftmost weighs most. IndexError outside the list."""
    first = position * size
    if position < 0 or first + size > len(bits) * 8:
        raise IndexError(position)
    value = 0
    for place in range(first, first + size):
        value = value << 1 | bits[place // 8] >> (7 - place % 8) & 1
    return value


def entry(list_url: str, position: int, purpose: str) -> Object:
    """What goes into a credential's `credentialStatus` for one list."""
    return {
        "id": f"{list_url}#{position}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(position),
        "statusListCredential": list_url,
    }


def list_credential(
    *,
    url: str,
    issuer: str | Object,
    purpose: str,
    positions: Iterable[int],
    valid_from: datetime,
    valid_until: datetime | None = None,
    length: int = LENGTH,
    time_to_live: int = 60_000,
) -> Object:
    """The unsigned credential to publish at `url`. `time_to_live`: milliseconds a reader may keep it."""
    credential: Object = {
        "@context": [CREDENTIALS_V2],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": instants.text(valid_from),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encode(positions, length),
            "ttl": time_to_live,
        },
    }
    if valid_until is not None:
        credential["validUntil"] = instants.text(valid_until)
    return credential
