"""Does a document follow the Verifiable Credentials Data Model 2.0 (https://www.w3.org/TR/vc-data-model-2.0/)?

Looks at the shape alone; whether a proof holds is another question. Every finding is reported, not the first.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from bridgehead.engines.credentials import instants, shape
from bridgehead.engines.credentials.contexts import CREDENTIALS_V2
from bridgehead.engines.credentials.reasons import Reason
from bridgehead.engines.credentials.shape import wrong
from bridgehead.engines.credentials.strictjson import Object

Check = Callable[[Any, str], Iterator[Reason]]
MOST = 100


def check(document: Any) -> Iterator[Reason]:
    """What is wrong with a credential or presentation, at most `MOST` reasons; none when it follows the model."""
    yield from islice(_faults(document), MOST)


def _faults(document: Any) -> Iterator[Reason]:
    if not isinstance(document, dict):
        yield wrong("", "not a JSON object")
        return
    yield from _context(document.get("@context"))
    yield from shape.no_blank_nodes(document)
    types = shape.texts(document.get("type"))
    yield from _types(document.get("type"), "/type")
    if types and not {"VerifiableCredential", "VerifiablePresentation"} & set(types):
        yield wrong("/type", "VerifiableCredential is missing")
    yield from shape.optional_url(document, "id", "")
    if "VerifiablePresentation" in types:
        yield from _presentation(document)
    else:
        yield from _credential(document)


def _context(value: Any) -> Iterator[Reason]:
    if not isinstance(value, list) or not value:
        yield wrong("/@context", "must be a list of contexts")
        return
    if value[0] != CREDENTIALS_V2:
        yield wrong("/@context/0", f"must be {CREDENTIALS_V2}")
    for place, item in enumerate(value):
        if not isinstance(item, dict) and not shape.is_url(item):
            yield wrong(f"/@context/{place}", "neither an address nor an object")


def _types(value: Any, where: str) -> Iterator[Reason]:
    items = value if isinstance(value, list) else [value]
    if not items or not all(isinstance(item, str) and item for item in items):
        yield wrong(where, "must be one or more texts")


def _credential(document: Object) -> Iterator[Reason]:
    for name in ("issuer", "credentialSubject"):
        if name not in document:
            yield wrong(f"/{name}", "is missing")
    for name, check_value in CREDENTIAL.items():
        if name in document:
            yield from check_value(document[name], f"/{name}")
    yield from _period(document)


def _presentation(document: Object) -> Iterator[Reason]:
    if "holder" in document:
        yield from _party(document["holder"], "/holder")
    credentials = document.get("verifiableCredential", [])
    for place, item in enumerate(credentials if isinstance(credentials, list) else [credentials]):
        where = f"/verifiableCredential/{place}"
        if not isinstance(item, dict):
            yield wrong(where, "must be an object")
        elif "EnvelopedVerifiableCredential" in shape.texts(item.get("type")):
            yield from _enveloped(item, where)
        else:
            yield from (reason.under(where) for reason in _faults(item))
    for name in ("proof", "termsOfUse"):
        if name in document:
            yield from CREDENTIAL[name](document[name], f"/{name}")


def _enveloped(item: Object, where: str) -> Iterator[Reason]:
    if not str(item.get("id", "")).startswith("data:"):
        yield wrong(f"{where}/id", "an enveloped credential is a data: address")


def _party(value: Any, where: str) -> Iterator[Reason]:
    """An issuer or holder: an address, or an object with one."""
    if isinstance(value, dict):
        if not shape.is_url(value.get("id")):
            yield wrong(f"{where}/id", "must be an address")
        yield from shape.labels(value, where)
    elif not shape.is_url(value):
        yield wrong(where, "must be an address, or an object with one as id")


def _subject(value: Any, where: str) -> Iterator[Reason]:
    for place, item in shape.objects(value, where):
        if not isinstance(item, dict) or not item:
            yield wrong(place, "must be an object that claims something")
        else:
            yield from shape.optional_url(item, "id", place)
            yield from shape.labels(item, place)
    if value == []:
        yield wrong(where, "claims nothing")


def _moment(value: Any, where: str) -> Iterator[Reason]:
    try:
        instants.parse(value)
    except ValueError as error:
        yield wrong(where, str(error))


def _period(document: Object) -> Iterator[Reason]:
    try:
        start, end = instants.parse(document.get("validFrom")), instants.parse(document.get("validUntil"))
    except ValueError:
        return  # one is missing, or has been reported already
    if end < start:
        yield wrong("/validUntil", "lies before validFrom")


def _typed(value: Any, where: str, *, id_needed: bool = False) -> Iterator[Reason]:
    """One or more objects, each with a type."""
    for place, item in shape.objects(value, where):
        if not isinstance(item, dict):
            yield wrong(place, "must be an object")
            continue
        yield from _types(item.get("type"), f"{place}/type")
        yield from shape.optional_url(item, "id", place)
        if id_needed and "id" not in item:
            yield wrong(f"{place}/id", "is missing")


def _schema(value: Any, where: str) -> Iterator[Reason]:
    yield from _typed(value, where, id_needed=True)


def _status(value: Any, where: str) -> Iterator[Reason]:
    yield from _typed(value, where)
    for place, item in shape.objects(value, where):
        if isinstance(item, dict) and "BitstringStatusListEntry" in shape.texts(item.get("type")):
            yield from _bitstring_entry(item, place)


def _bitstring_entry(item: Object, where: str) -> Iterator[Reason]:
    if not isinstance(item.get("statusPurpose"), str):
        yield wrong(f"{where}/statusPurpose", "must be a text")
    if not shape.is_index(item.get("statusListIndex")):
        yield wrong(f"{where}/statusListIndex", "must be a whole number, written as text")
    if not shape.is_url(item.get("statusListCredential")):
        yield wrong(f"{where}/statusListCredential", "must be an address")


def _related(value: Any, where: str) -> Iterator[Reason]:
    names: list[Any] = []
    for place, item in shape.objects(value, where):
        if not isinstance(item, dict) or not shape.is_url(item.get("id")):
            yield wrong(place, "must be an object with an address as id")
            continue
        names.append(item["id"])
        if not any(isinstance(item.get(name), (str, list)) for name in ("digestSRI", "digestMultibase")):
            yield wrong(place, "needs digestSRI or digestMultibase")
    if len(set(names)) != len(names):
        yield wrong(where, "names a resource twice")


def _proof(value: Any, where: str) -> Iterator[Reason]:
    yield from _typed(value, where)
    for place, item in shape.objects(value, where):
        if isinstance(item, dict):
            for name in ("verificationMethod", "proofPurpose"):
                if not item.get(name):
                    yield wrong(f"{place}/{name}", "is missing")


CREDENTIAL: dict[str, Check] = {
    "issuer": _party,
    "credentialSubject": _subject,
    "validFrom": _moment,
    "validUntil": _moment,
    "name": shape.label,
    "description": shape.label,
    "credentialStatus": _status,
    "credentialSchema": _schema,
    "termsOfUse": _typed,
    "evidence": _typed,
    "refreshService": _typed,
    "renderMethod": _typed,
    "confidenceMethod": _typed,
    "relatedResource": _related,
    "proof": _proof,
}
