"""Verifications of certificates on one core, as a ratio to nothing but the Ed25519 signature inside them.

    python benchmarks/credentials.py [--seconds 2]

One line per thing measured: how many a second, and the ratio to raw Ed25519 on the same machine. The goal is
3,000 verifications a second. A graph (`eddsa-rdfc-2022`) starts a child process each time, so it is far slower.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from bridgehead.engines.credentials import builders, did, proofs, statuslists, verify
from bridgehead.engines.credentials.cryptosuites import RDFC
from bridgehead.engines.credentials.documents import Documents
from bridgehead.engines.credentials.keys import MemoryKeys, ProvidedSigner
from bridgehead.engines.credentials.verify import Policy

SIGNER = ProvidedSigner(MemoryKeys({"bench": b"b" * 32}), "bench")
ISSUER = did.did_key(SIGNER.public_key)
NOW = datetime(2026, 6, 1, tzinfo=UTC)
LIST = "https://iksan.example/status/1"
GOAL = 3_000
ROW = "{:<34} {:>12} {:>10}\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=2.0, help="how long each is measured")
    arguments = parser.parse_args()
    raw = _rate(_raw(), arguments.seconds)
    sys.stdout.write(ROW.format("", "per second", "ratio"))
    sys.stdout.write(ROW.format("Ed25519 alone", f"{raw:,.0f}", "1.000"))
    rates = {name: _rate(what, arguments.seconds) for name, what in _measured().items()}
    rates["eddsa-rdfc-2022"] = _rate(
        _check(_signed(_certificate(), RDFC)), arguments.seconds, time.perf_counter
    )
    for name, rate in rates.items():
        sys.stdout.write(ROW.format(name, f"{rate:,.0f}", f"{rate / raw:.3f}"))
    return 0 if rates["eddsa-jcs-2022"] >= GOAL else 1


def _rate(what: Callable[[], None], seconds: float, clock: Callable[[], float] = time.process_time) -> float:
    """How often a second of `clock`; processor time by default, so that a busy machine does not disturb."""
    what()
    count, start = 0, clock()
    while (spent := clock() - start) < seconds:
        what()
        count += 1
    return count / spent


def _raw() -> Callable[[], None]:
    data = bytes(64)
    signature = SIGNER.sign(data)
    key = SIGNER.public_key
    return lambda: Ed25519PublicKey.from_public_bytes(key).verify(signature, data)


def _measured() -> dict[str, Callable[[], None]]:
    status = [statuslists.entry(LIST, 94_567, statuslists.REVOCATION)]
    listing = statuslists.list_credential(
        url=LIST, issuer=ISSUER, purpose=statuslists.REVOCATION, positions=[1, 2, 3], valid_from=NOW
    )
    documents = Documents({LIST: json.dumps(_signed(listing)).encode()})
    return {
        "eddsa-jcs-2022": _check(_signed(_certificate())),
        "eddsa-jcs-2022 with a status list": _check(
            _signed({**_certificate(), "credentialStatus": status}), documents
        ),
    }


def _certificate() -> dict[str, object]:
    subject = {
        "id": "https://iksan.example/makers/1",
        "name": "보석공방 루비",
        "description": "재생 은 반지와 목걸이",
    }
    return builders.credential(issuer=ISSUER, subject=subject, valid_from=NOW, id="urn:uuid:1", name="인증서")


def _signed(document: dict[str, object], suite: str = "eddsa-jcs-2022") -> dict[str, object]:
    return proofs.sign(document, signer=SIGNER, method=SIGNER.did_key_method, created=NOW, suite=suite)


def _check(document: dict[str, object], documents: Documents | None = None) -> Callable[[], None]:
    data = json.dumps(document).encode()
    policy = Policy([ISSUER], NOW, documents or Documents())

    def check() -> None:
        if not verify.verify(data, policy).valid:
            raise SystemExit("the certificate of the benchmark is not valid")

    return check


if __name__ == "__main__":
    raise SystemExit(main())
