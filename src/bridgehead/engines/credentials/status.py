"""What the issuer has said since: revoked, suspended. What cannot be read counts against the certificate."""

from collections.abc import Callable, Iterator
from typing import Any

from bridgehead.engines.credentials import shape, statuslists
from bridgehead.engines.credentials.documents import Documents
from bridgehead.engines.credentials.reasons import Code, Reason, Refused
from bridgehead.engines.credentials.strictjson import Object, loads_object

MOST = 8  # status entries of one credential
HARMLESS = ("refresh", "message")  # purposes of the standard that do not take validity away
MEANING = {statuslists.REVOCATION: Code.REVOKED, statuslists.SUSPENSION: Code.SUSPENDED}
FIELDS = ("statusListCredential", "statusListIndex", "statusPurpose")
ListCheck = Callable[[Object], Iterator[Reason]]


def check_status(
    document: Object, issuer: str, documents: Documents, check_list: ListCheck
) -> Iterator[Reason]:
    """Every entry of `credentialStatus`. `check_list` says what is wrong with a status list as a credential."""
    value = document.get("credentialStatus", [])
    entries = value if isinstance(value, list) else [value]
    if len(entries) > MOST:
        yield _unreadable("/credentialStatus", f"more than {MOST} entries")
        return
    for entry in entries:
        where = shape.texts(entry.get("statusListCredential") if isinstance(entry, dict) else None)
        try:
            yield from _check_entry(entry, issuer, documents, check_list)
        except Refused as refused:
            yield _unreadable(where[0] if where else "/credentialStatus", str(refused))


def _check_entry(entry: Any, issuer: str, documents: Documents, check_list: ListCheck) -> Iterator[Reason]:
    if not isinstance(entry, dict) or "BitstringStatusListEntry" not in shape.texts(entry.get("type")):
        raise Refused(Code.STATUS_UNREADABLE, detail="not a BitstringStatusListEntry")
    url, index, purpose = (str(entry.get(name)) for name in FIELDS)
    if not shape.is_url(url) or not shape.is_index(index) or not isinstance(entry.get("statusPurpose"), str):
        raise Refused(Code.STATUS_UNREADABLE, detail="the entry is incomplete")
    status_list = loads_object(documents.find(url))
    problems = list(_list_problems(status_list, url, issuer, purpose)) or list(check_list(status_list))
    yield from (_of_list(problem, url) for problem in problems)
    if not problems and (value := _value(status_list, entry)) and purpose not in HARMLESS:
        yield Reason(MEANING.get(purpose, Code.STATUS_SET), url, f"{purpose} {value} at {index}")


def _list_problems(status_list: Object, url: str, issuer: str, purpose: str) -> Iterator[Reason]:
    listed = status_list.get("issuer")
    listed = listed.get("id") if isinstance(listed, dict) else listed
    if listed != issuer:
        yield Reason(Code.STATUS_ISSUER, url, str(listed))
    if "BitstringStatusListCredential" not in shape.texts(status_list.get("type")):
        yield _unreadable(url, "not a BitstringStatusListCredential")
    if status_list.get("id", url) != url:
        yield _unreadable(url, "the list is that of another address")
    subject = status_list.get("credentialSubject")
    if not isinstance(subject, dict) or "BitstringStatusList" not in shape.texts(subject.get("type")):
        yield _unreadable(url, "not a BitstringStatusList")
    elif purpose not in shape.texts(subject.get("statusPurpose")):
        yield _unreadable(url, f"not a list for {purpose}")
    if "credentialStatus" in status_list:
        yield _unreadable(url, "the list has a status itself")


def _value(status_list: Object, entry: Object) -> int:
    size = entry.get("statusSize", 1)
    if isinstance(size, bool) or not isinstance(size, int) or not 1 <= size <= 32:
        raise Refused(Code.STATUS_UNREADABLE, detail="statusSize is not a number of bits")
    try:
        bits = statuslists.decode(status_list["credentialSubject"].get("encodedList"))
        return statuslists.value_at(bits, int(entry["statusListIndex"]), size)
    except statuslists.BadList as error:
        raise Refused(Code.STATUS_UNREADABLE, detail=str(error)) from None
    except IndexError:
        raise Refused(Code.STATUS_UNREADABLE, detail="the list has no such position") from None


def _of_list(problem: Reason, url: str) -> Reason:
    if problem.code in (Code.STATUS_ISSUER, Code.STATUS_UNREADABLE):
        return problem
    return _unreadable(url, str(problem))


def _unreadable(where: str, detail: str) -> Reason:
    return Reason(Code.STATUS_UNREADABLE, where, detail)
