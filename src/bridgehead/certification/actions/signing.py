"""Keys and signatures: each key made by a command, each signature in the trail, each credential with a place of its own."""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from bridgehead.audit import actions as audit
from bridgehead.certification import keyring, publishing, shaping
from bridgehead.certification.models import Certificate, SignedCredential, SigningKey
from bridgehead.engines.credentials import statuslists
from bridgehead.engines.credentials.keys import NoKey
from bridgehead.engines.credentials.strictjson import Object
from bridgehead.organisations.models import Host

TRIES = 20


@transaction.atomic
def create_key(*, host: Host, by: Any = None) -> SigningKey:
    """A new key, which signs from now on; those before it keep what they signed."""
    name = f"{host.slug}-{SigningKey.objects.filter(host=host).count() + 1}-{secrets.token_hex(3)}"
    key = SigningKey.objects.create(
        host=host, name=name, public_key=keyring.create(name), created=timezone.now()
    )
    audit.record(by=by, verb="key.create", target=key, chain=host.slug)
    return key


@transaction.atomic
def rotate_key(*, host: Host, by: Any = None) -> SigningKey:
    """Replace the key that signs in the ordinary way: retired keys stay published and what they signed stays valid."""
    SigningKey.objects.filter(host=host, retired=None, revoked=None).update(retired=timezone.now())
    key = create_key(host=host, by=by)
    audit.record(by=by, verb="key.rotate", target=key, chain=host.slug)
    return key


@transaction.atomic
def revoke_key(*, key: SigningKey, reason: str, by: Any = None) -> list[Certificate]:
    """The key was lost or stolen: nothing it signed is believed any longer. What it signed is issued anew."""
    key.revoked = timezone.now()
    key.save(update_fields=["revoked"])
    audit.record(by=by, verb="key.revoke", target=key, chain=key.host.slug, reason=reason)
    if not SigningKey.objects.filter(host=key.host, retired=None, revoked=None).exists():
        create_key(host=key.host, by=by)
    anew = Certificate.objects.filter(credential__key=key, credential__revoked_at=None, replaced_at=None)
    certificates = list(anew.select_related("case__version__scheme__host", "case__firm", "credential"))
    for certificate in certificates:
        suspended_at = certificate.credential.suspended_at if certificate.credential else None
        _revoke(certificate)
        sign_certificate(certificate=certificate, suspended_at=suspended_at, by=by)
    return certificates


def sign_certificate(
    *, certificate: Certificate, by: Any, suspended_at: datetime | None = None
) -> SignedCredential:
    """Make the credential of a certificate and keep it. A suspension that lasts is carried over."""
    host = certificate.case.version.scheme.host
    certificate.credential = sign(
        host=host, by=by, suspended_at=suspended_at,
        unsigned=lambda issuer, status: shaping.conformity(certificate, issuer, status),
    )  # fmt: skip
    certificate.save(update_fields=["credential"])
    return certificate.credential


@transaction.atomic
def sign(*, host: Host, unsigned: Any, by: Any, suspended_at: datetime | None = None) -> SignedCredential:
    """`unsigned(issuer, status)` gives the credential; it is signed with the newest key. NoKey when there is none."""
    key = _key_for(host, by)
    issuer, position = publishing.issuer_of(key), _free_position(host)
    document = publishing.sign(unsigned(issuer, _status(key, position)), key)
    signed = SignedCredential.objects.create(
        host=host,
        key=key,
        issuer=issuer,
        position=position,
        document=document.decode(),
        issued_at=timezone.now(),
        suspended_at=suspended_at,
    )
    digest = hashlib.sha256(document).hexdigest()
    audit.record(
        by=by,
        verb="credential.sign",
        target=signed,
        chain=host.slug,
        data={"key": key.name, "sha256": digest},
    )
    return signed


def _key_for(host: Host, by: Any) -> SigningKey:
    """The first certificate of a host makes its first key; a host that lost its keys is told so instead."""
    if not SigningKey.objects.filter(host=host).exists():
        create_key(host=host, by=by)
    key = publishing.newest_key(host)
    keyring.provider().public_key(key.name)
    return key


def _free_position(host: Host) -> int:
    """By chance, so that a position tells nothing about how many there are or when."""
    for _try in range(TRIES):
        position = secrets.randbelow(statuslists.LENGTH)
        if not SignedCredential.objects.filter(host=host, position=position).exists():
            return position
    raise IntegrityError("no place left in the status list")


def _status(key: SigningKey, position: int) -> list[Object]:
    return [
        statuslists.entry(publishing.list_address(key, purpose), position, purpose)
        for purpose in statuslists.PURPOSES
    ]


def _revoke(certificate: Certificate) -> None:
    if certificate.credential:
        certificate.credential.revoked_at = timezone.now()
        certificate.credential.save(update_fields=["revoked_at"])


__all__ = ["NoKey", "create_key", "revoke_key", "rotate_key", "sign", "sign_certificate"]
