"""Is this credential valid? One answer with every reason against it.

In the order of the checks: strict JSON, data model, proofs, the issuer's key, trust, period, status. The status
list is a credential too and is checked the same way, except that trust comes from having the same issuer.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bridgehead.engines.credentials import datamodel, graphs, instants, proofs, shape
from bridgehead.engines.credentials.deadline import Deadline
from bridgehead.engines.credentials.documents import Documents
from bridgehead.engines.credentials.proofs import Checked, Means
from bridgehead.engines.credentials.reasons import Code, Reason, Refused, Verdict, verdict
from bridgehead.engines.credentials.status import check_status
from bridgehead.engines.credentials.strictjson import Object, loads_object

SECONDS = 12.0


@dataclass(frozen=True)
class Policy:
    """What the verifier brings: whom it trusts, for which moment it asks, which documents it has.

    An empty `trusted` trusts nobody. `seconds` bounds the whole check, graphs and fetches included.
    """

    trusted: Collection[str] = ()
    at: datetime = field(default_factory=instants.now)
    documents: Documents = field(default_factory=Documents)
    seconds: float = SECONDS


def verify(data: bytes, policy: Policy) -> Verdict:
    """Everything. `data` is the file as it came: what JSON parsers disagree about is found in the bytes."""
    return _judge(data, lambda document: _everything(document, policy))


def verify_proofs(data: bytes, policy: Policy) -> Verdict:
    """The proofs alone: the signatures match the keys they name. Says nothing about who that is, or until when.

    A key whose controller cannot be looked up is taken from its own name, where that has one.
    """
    means = Means(policy.documents, Deadline(policy.seconds), key_in_name=True)
    return _judge(data, lambda document: _proof_reasons(list(proofs.check(document, means))))


def check_model(data: bytes, policy: Policy | None = None) -> Verdict:
    """The data model alone, and whether its types are terms of its contexts, where these are at hand."""
    means = policy or Policy()
    return _judge(data, lambda document: _model(document, means.documents, Deadline(means.seconds)))


def issuer_of(document: Object) -> str:
    issuer = document.get("issuer")
    return str(issuer.get("id", "")) if isinstance(issuer, dict) else str(issuer)


def _judge(data: bytes, find: Callable[[Object], Iterator[Reason]]) -> Verdict:
    reasons: list[Reason] = []
    try:
        for reason in find(loads_object(data)):
            reasons.append(reason)
    except Refused as refused:
        reasons.append(refused.reason)
    except Exception as error:  # a check that cannot be made has not been passed
        reasons.append(Reason(Code.UNEXPECTED, detail=type(error).__name__))
    return verdict(reasons)


def _model(document: Object, documents: Documents, deadline: Deadline) -> Iterator[Reason]:
    found = list(datamodel.check(document))
    yield from found
    if not found:
        yield from graphs.undefined_types(document, documents=documents, deadline=deadline)


def _everything(document: Object, policy: Policy) -> Iterator[Reason]:
    means = Means(policy.documents, Deadline(policy.seconds))
    yield from _own(document, policy.at, means)
    if issuer_of(document) not in policy.trusted:
        yield Reason(Code.UNTRUSTED, "/issuer", issuer_of(document))
    yield from check_status(document, issuer_of(document), means.documents, _list_check(policy.at, means))


def _own(document: Object, at: datetime, means: Means) -> Iterator[Reason]:
    """Model, proofs, issuer's key and period: what holds for a certificate and for a status list alike."""
    model = list(datamodel.check(document))
    yield from model
    if "VerifiableCredential" not in shape.texts(document.get("type")):
        if not model:  # a presentation proves who presents, not what was certified
            yield shape.wrong("/type", "not a credential")
        return
    checked = list(proofs.check(document, means))
    yield from _proof_reasons(checked)
    yield from _key_reasons(document, checked, at)
    if not model:
        yield from _period_reasons(document, at)


def _list_check(at: datetime, means: Means) -> Callable[[Object], Iterator[Reason]]:
    return lambda status_list: _own(status_list, at, means)


def _proof_reasons(checked: list[Checked]) -> Iterator[Reason]:
    if not checked:
        yield Reason(Code.NO_PROOF)
    for each in checked:
        yield from each.reasons


def _key_reasons(document: Object, checked: list[Checked], at: datetime) -> Iterator[Reason]:
    sound = [each for each in checked if each.method]
    for each in sound:
        yield from _use_reasons(each, at)
    if sound and issuer_of(document) not in {each.method.controller for each in sound if each.method}:
        yield Reason(Code.ISSUER_KEY, "/issuer", issuer_of(document))


def _use_reasons(each: Checked, at: datetime) -> Iterator[Reason]:
    if each.proof["proofPurpose"] != proofs.ASSERTION:
        yield Reason(Code.PURPOSE, "/proof/proofPurpose", each.proof["proofPurpose"])
    if "expires" in each.proof and instants.parse(each.proof["expires"]) <= at:
        yield Reason(Code.PROOF_EXPIRED, "/proof/expires", each.proof["expires"])
    if each.method:
        try:
            each.method.check_at(at)
        except Refused as refused:
            yield refused.reason


def _period_reasons(document: Object, at: datetime) -> Iterator[Reason]:
    start, end = document.get("validFrom"), document.get("validUntil")
    if start is not None and at < instants.parse(start):
        yield Reason(Code.NOT_YET_VALID, "/validFrom", start)
    if end is not None and at > instants.parse(end):
        yield Reason(Code.EXPIRED, "/validUntil", end)
