"""Everything that can be wrong with a credential, as codes a program can act on and sentences a person can read."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """The code is for programs and never changes; callers translate by it. `WORDS` has the English sentence."""

    NOT_JSON = "not-json"
    DUPLICATE_KEY = "duplicate-key"
    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"
    NUMBER = "number"
    MODEL = "model"
    TERM = "term"
    BLANK_NODE = "blank-node"
    CONTEXT_UNKNOWN = "context-unknown"
    CONTEXT_CHANGED = "context-changed"
    GRAPH = "graph"
    GRAPH_TIME = "graph-time"
    TIME_LIMIT = "time-limit"
    NO_PROOF = "no-proof"
    PROOF = "proof"
    SUITE = "suite"
    SIGNATURE = "signature"
    PREVIOUS_PROOF = "previous-proof"
    PROOF_EXPIRED = "proof-expired"
    PURPOSE = "purpose"
    UNRESOLVED = "unresolved"
    CONTROLLER = "controller"
    KEY = "key"
    KEY_REVOKED = "key-revoked"
    KEY_EXPIRED = "key-expired"
    ISSUER_KEY = "issuer-key"
    UNTRUSTED = "untrusted"
    NOT_YET_VALID = "not-yet-valid"
    EXPIRED = "expired"
    STATUS_UNREADABLE = "status-unreadable"
    STATUS_ISSUER = "status-issuer"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    STATUS_SET = "status-set"
    UNEXPECTED = "unexpected"


WORDS = {
    Code.NOT_JSON: "this is not JSON in UTF-8",
    Code.DUPLICATE_KEY: "a name appears twice in one object, so readers would disagree about its value",
    Code.TOO_LARGE: "larger than is read",
    Code.TOO_DEEP: "nested more deeply than is read",
    Code.NUMBER: "a number that programs do not read alike",
    Code.MODEL: "does not follow the Verifiable Credentials Data Model 2.0",
    Code.TERM: "a term that no context defines, so the signature would not cover it",
    Code.BLANK_NODE: "blank node identifiers are not accepted",
    Code.CONTEXT_UNKNOWN: "a context that is not at hand",
    Code.CONTEXT_CHANGED: "the contexts are not those that were signed",
    Code.GRAPH: "cannot be read as a graph that the signature covers",
    Code.GRAPH_TIME: "its graph takes too long to bring into canonical form",
    Code.TIME_LIMIT: "checking took too long",
    Code.NO_PROOF: "carries no proof",
    Code.PROOF: "the proof is malformed",
    Code.SUITE: "a cryptosuite that is not supported",
    Code.SIGNATURE: "the signature does not match: something was changed, or another key signed",
    Code.PREVIOUS_PROOF: "a previous proof that is named is not there",
    Code.PROOF_EXPIRED: "the proof has expired",
    Code.PURPOSE: "the key may not be used for this purpose",
    Code.UNRESOLVED: "a document that is needed cannot be had",
    Code.CONTROLLER: "the controller's document does not fit the key",
    Code.KEY: "not an Ed25519 key that can be read",
    Code.KEY_REVOKED: "the key has been revoked",
    Code.KEY_EXPIRED: "the key has expired",
    Code.ISSUER_KEY: "no proof was made with a key of the issuer",
    Code.UNTRUSTED: "the issuer is not among those trusted",
    Code.NOT_YET_VALID: "not valid yet",
    Code.EXPIRED: "no longer valid",
    Code.STATUS_UNREADABLE: "the status cannot be read",
    Code.STATUS_ISSUER: "the status list is from another issuer",
    Code.REVOKED: "revoked by the issuer",
    Code.SUSPENDED: "suspended by the issuer",
    Code.STATUS_SET: "the issuer has set a status on it",
    Code.UNEXPECTED: "could not be checked; please report this file",
}


@dataclass(frozen=True)
class Reason:
    """One thing wrong. `where` is a JSON pointer, a URL or a key's name; `detail` says what was found."""

    code: Code
    where: str = ""
    detail: str = ""

    def __str__(self) -> str:
        place = f" at {self.where}" if self.where else ""
        detail = f" ({self.detail})" if self.detail else ""
        return one_line(f"{self.code}: {WORDS[self.code]}{place}{detail}")

    def under(self, place: str) -> "Reason":
        """The same reason about something found inside `place`."""
        return Reason(self.code, f"{place}{self.where}", self.detail)


class Refused(Exception):
    """Raised with the reason by whatever cannot go on."""

    def __init__(self, code: Code, where: str = "", detail: str = "") -> None:
        self.reason = Reason(code, where, detail)
        super().__init__(str(self.reason))


@dataclass(frozen=True)
class Verdict:
    """Valid exactly when there is no reason against it."""

    reasons: tuple[Reason, ...] = ()

    @property
    def valid(self) -> bool:
        return not self.reasons

    @property
    def word(self) -> str:
        return "valid" if self.valid else "invalid"

    @property
    def codes(self) -> frozenset[Code]:
        return frozenset(reason.code for reason in self.reasons)

    def to_dict(self) -> dict[str, object]:
        reasons = [
            {"code": str(reason.code), "where": reason.where, "detail": reason.detail, "text": str(reason)}
            for reason in self.reasons
        ]
        return {"result": self.word, "valid": self.valid, "reasons": reasons}


def verdict(reasons: Iterable[Reason]) -> Verdict:
    """A verdict that names every reason once, in the order found."""
    return Verdict(tuple(dict.fromkeys(reasons)))


def one_line(text: str, longest: int = 300) -> str:
    """Text from a stranger's file, harmless on a terminal: printable, on one line, not endless."""
    plain = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"
