"""Which entries of the directory may be one and the same buyer, and by what sign. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple
from urllib.parse import urlsplit

#: Addresses of the public's mail services say nothing about the company.
PUBLIC = {
    "gmail.com",
    "naver.com",
    "hotmail.com",
    "outlook.com",
    "yahoo.com",
    "qq.com",
    "163.com",
    "daum.net",
    "icloud.com",
}
LEGAL = re.compile(
    r"\b(co|ltd|inc|llc|srl|spa|gmbh|ag|sa|sas|bv|kk|corp|corporation|company|limited|trading)\b\.?"
)


@dataclass(frozen=True)
class Entry:
    """What of a buyer tells whether two are one. `key` is the organisation's."""

    key: int
    name: str
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    website: str = ""


class Double(NamedTuple):
    one: int
    other: int
    sign: str


def plain_name(name: str) -> str:
    """“Aurum S.r.l.” and “AURUM srl” are the same; signs, case and legal forms do not count."""
    words = re.sub(r"[^\w\s]", "", name.casefold().replace(".", ""))
    return "".join(LEGAL.sub("", words).split()) or "".join(words.split())


def plain_phone(phone: str) -> str:
    """The last nine digits: with and without the country's code it is one phone."""
    digits = re.sub(r"\D", "", phone)
    return digits[-9:] if len(digits) >= 7 else ""


def domains(entry: Entry) -> set[str]:
    found = {email.rsplit("@", 1)[-1].lower() for email in entry.emails if "@" in email}
    host = urlsplit(entry.website).hostname or ""
    return (found | {host.removeprefix("www.")}) - PUBLIC - {""}


def signs(entry: Entry) -> set[tuple[str, str]]:
    """Two entries that share one of these are doubles: the same mail, the same name at the same domain, the same phone."""
    return (
        {("email", email.lower()) for email in entry.emails}
        | {("domain", f"{plain_name(entry.name)}@{domain}") for domain in domains(entry)}
        | {("phone", phone) for phone in map(plain_phone, entry.phones) if phone}
    )


def find(entries: Iterable[Entry]) -> list[Double]:
    """Every pair of doubles once, with its strongest sign."""
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for entry in entries:
        for sign in signs(entry):
            holders[sign].append(entry.key)
    best: dict[tuple[int, int], str] = {}
    order = ["email", "domain", "phone"]
    for (kind, _value), keys in sorted(holders.items(), key=lambda item: order.index(item[0][0])):
        for one, other in combinations(sorted(set(keys)), 2):
            best.setdefault((one, other), kind)
    return [Double(one, other, kind) for (one, other), kind in sorted(best.items())]
