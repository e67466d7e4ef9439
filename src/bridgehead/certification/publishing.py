"""What an issuer publishes for verifiers: its DID document and its status lists. Also what our own verifier reads.

A did:web issuer keeps its name when keys change. With `CREDENTIAL_ISSUER=key` (an installation without an address of its
own) each key is an issuer by itself, with lists of its own.
"""

import json
import re
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from bridgehead.certification import keyring
from bridgehead.certification.models import SignedCredential, SigningKey
from bridgehead.engines.credentials import did, proofs, rotation, statuslists
from bridgehead.engines.credentials.documents import Documents
from bridgehead.engines.credentials.keys import NoKey, ProvidedSigner
from bridgehead.engines.credentials.reasons import Code, Refused
from bridgehead.engines.credentials.strictjson import Object
from bridgehead.organisations.models import Host

OWN = re.compile(r"/certificates/(?P<host>[\w-]+)/(?P<name>did\.json|status/[\w-]+\.json)")
COLUMN = {statuslists.REVOCATION: "revoked_at", statuslists.SUSPENSION: "suspended_at"}
LIST_LIVES = timedelta(hours=1)
SLOW_CLOCKS = timedelta(minutes=2)


def address(path: str) -> str:
    return f"{settings.SITE_URL}/certificates/{path}"


def host_issuer(host: Host) -> str:
    return did.web_did(urlsplit(settings.SITE_URL).netloc, "certificates", host.slug)


def issuer_of(key: SigningKey) -> str:
    return did.did_key(bytes(key.public_key)) if _by_key() else host_issuer(key.host)


def method_of(key: SigningKey) -> str:
    if _by_key():
        return did.key_method(bytes(key.public_key))
    return rotation.method_name(host_issuer(key.host), key.as_issuer_key())


def list_address(key: SigningKey, purpose: str) -> str:
    name = f"{purpose}-{key.name}" if _by_key() else purpose
    return address(f"{key.host.slug}/status/{name}.json")


def _by_key() -> bool:
    return settings.CREDENTIAL_ISSUER == "key"


def newest_key(host: Host) -> SigningKey:
    """The key that signs now; NoKey says how to make one."""
    keys = {key.name: key for key in SigningKey.objects.filter(host=host).select_related("host")}
    newest = rotation.signing_key([key.as_issuer_key() for key in keys.values()])
    if newest is None:
        raise NoKey(
            f"{host.slug} has no key that signs; make one: bridgehead credential_key create {host.slug}"
        )
    return keys[newest.name]


def sign(document: Object, key: SigningKey) -> bytes:
    signer = ProvidedSigner(keyring.provider(), key.name)
    signed = proofs.sign(document, signer=signer, method=method_of(key), created=timezone.now())
    return json.dumps(signed, ensure_ascii=False, indent=1).encode()


def did_document(host: Host) -> bytes:
    keys = [key.as_issuer_key() for key in SigningKey.objects.filter(host=host)]
    return json.dumps(rotation.did_document(host_issuer(host), keys), ensure_ascii=False, indent=1).encode()


def status_list(host: Host, name: str) -> bytes:
    """The list as it is now, signed now, so that what was suspended shows at once."""
    purpose, _dash, key_name = name.partition("-")
    if purpose not in COLUMN:
        raise Refused(Code.UNRESOLVED, name)
    listed = SignedCredential.objects.filter(host=host, **{f"{COLUMN[purpose]}__isnull": False})
    if key_name:
        listed = listed.filter(key__name=key_name)
        key = SigningKey.objects.select_related("host").get(host=host, name=key_name)
    else:
        key = newest_key(host)
    now = timezone.now()
    unsigned = statuslists.list_credential(
        url=list_address(key, purpose),
        issuer=issuer_of(key),
        purpose=purpose,
        positions=list(listed.values_list("position", flat=True)),
        valid_from=now - SLOW_CLOCKS,
        valid_until=now + LIST_LIVES,
    )
    return sign(unsigned, key)


def own_documents() -> Documents:
    """What this installation publishes, without asking the network for it; everything else stays unknown."""
    return Documents(fetch=_fetch)


def _fetch(url: str) -> bytes:
    parts, here = urlsplit(url), urlsplit(settings.SITE_URL)
    found = OWN.fullmatch(parts.path)
    host = Host.objects.filter(slug=found["host"]).first() if found and parts.netloc == here.netloc else None
    if found is None or host is None:
        raise Refused(Code.UNRESOLVED, url)
    if found["name"] == "did.json":
        return did_document(host)
    try:
        return status_list(host, found["name"].removeprefix("status/").removesuffix(".json"))
    except (SigningKey.DoesNotExist, NoKey):
        raise Refused(Code.UNRESOLVED, url) from None


def trusted() -> set[str]:
    """The issuers of this installation."""
    keys = list(SigningKey.objects.select_related("host"))
    names = {host_issuer(key.host) for key in keys}
    return names | (
        {did.did_key(bytes(key.public_key)) for key in keys if not key.revoked} if _by_key() else set()
    )
