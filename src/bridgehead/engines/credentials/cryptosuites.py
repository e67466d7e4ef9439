"""What gets signed: the two Ed25519 cryptosuites of https://www.w3.org/TR/vc-di-eddsa/.

Both sign SHA-256 of the proof's options followed by SHA-256 of the document; they differ in the canonical form.
"""

import hashlib

import rfc8785

from bridgehead.engines.credentials import graphs
from bridgehead.engines.credentials.deadline import Deadline
from bridgehead.engines.credentials.documents import Documents
from bridgehead.engines.credentials.reasons import Code, Refused
from bridgehead.engines.credentials.strictjson import Object

JCS = "eddsa-jcs-2022"
RDFC = "eddsa-rdfc-2022"
SUITES = (JCS, RDFC)


def jcs_digest(document: Object, options: Object) -> bytes:
    """64 bytes: the digests of the proof's options (without `proofValue`) and of the unsecured document."""
    return _digest(_jcs(options)) + _digest(_jcs(document))


def rdfc_digest(document: Object, options: Object, *, documents: Documents, deadline: Deadline) -> bytes:
    """The same of the canonical graphs. The options are read in the contexts of the document."""
    options = {**options, "@context": document["@context"]}
    values = graphs.canonical([options, document], documents=documents, deadline=deadline)
    return b"".join(_digest(value.encode()) for value in values)


def _jcs(value: Object) -> bytes:
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise Refused(Code.NUMBER, detail=str(error)) from None


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
