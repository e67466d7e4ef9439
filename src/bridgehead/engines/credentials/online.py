"""Fetching over the network, only where somebody asked for it: https, public addresses, bounded size and time."""

import ipaddress
import socket
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from bridgehead.engines.credentials.deadline import Deadline
from bridgehead.engines.credentials.reasons import Code, Refused
from bridgehead.engines.credentials.strictjson import MAX_BYTES

PIECE = 65_536
ACCEPT = "application/vc, application/did+json, application/did+ld+json, application/json"


class Online:
    """Call it with an address; `Refused` when there is no document to be had."""

    def __init__(self, seconds: float = 5.0) -> None:
        self._seconds = seconds

    def __call__(self, url: str) -> bytes:
        _check_address(url)
        request = urllib.request.Request(url, headers={"Accept": ACCEPT})
        deadline = Deadline(self._seconds)
        try:
            with _OPENER.open(request, timeout=self._seconds) as answer:
                return _read(answer, url, deadline)
        except (urllib.error.URLError, OSError, HTTPException, ValueError) as error:
            raise Refused(Code.UNRESOLVED, url, str(error)) from None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """An address is part of what was signed; it is not exchanged for another."""

    def redirect_request(self, *arguments: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirect)


def _read(answer: Any, url: str, deadline: Deadline) -> bytes:
    pieces, size = [], 0
    while piece := answer.read1(PIECE):
        deadline.remaining()
        size += len(piece)
        if size > MAX_BYTES:
            raise Refused(Code.TOO_LARGE, url)
        pieces.append(piece)
    return b"".join(pieces)


def _check_address(url: str) -> None:
    """No other scheme, and no way into the verifier's own network."""
    try:
        parts = urlsplit(url)
        port = parts.port or 443
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM) if parts.hostname else []
    except (OSError, ValueError) as error:
        raise Refused(Code.UNRESOLVED, url, str(error)) from None
    if parts.scheme != "https" or not found:
        raise Refused(Code.UNRESOLVED, url, "not an https address")
    if not all(_is_public(str(address[0])) for *_, address in found):
        raise Refused(Code.UNRESOLVED, url, "not a public address")


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    return (getattr(address, "ipv4_mapped", None) or address).is_global
