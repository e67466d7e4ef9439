"""The dictionary of a trade: search as people type, recognition in text, exchange formats. A library: no Django.

reading = read_file(Path("trade.tbx"))
TermIndex(reading.concepts).search("ㅂㅅ")[0].concept
Recogniser(["금", "은"]).find("지금 금은 비싸다.")[0].surface
write(reading.concepts, "tbx-basic").losses
"""

from bridgehead.engines.termbase.folding import fold, nfc
from bridgehead.engines.termbase.formats import (
    READABLE,
    WRITABLE,
    Reading,
    Writing,
    read,
    read_file,
    write,
    write_file,
)
from bridgehead.engines.termbase.formats.native import to_dict
from bridgehead.engines.termbase.keys import (
    KINDS,
    Key,
    Lookup,
    Query,
    begun_and_within,
    lookups,
    term_keys,
    typo_lookups,
)
from bridgehead.engines.termbase.model import FORBIDDEN, REGISTERS, STATUSES, Concept, Definition, Term
from bridgehead.engines.termbase.problems import Loss, Problem, TermbaseError
from bridgehead.engines.termbase.ranking import Entry, Hit, Match, Why, nearest, rank
from bridgehead.engines.termbase.recognise import Found, Recogniser
from bridgehead.engines.termbase.romanise import romanisations
from bridgehead.engines.termbase.search import TermIndex

__all__ = [
    "FORBIDDEN",
    "KINDS",
    "READABLE",
    "REGISTERS",
    "STATUSES",
    "WRITABLE",
    "Concept",
    "Definition",
    "Entry",
    "Found",
    "Hit",
    "Key",
    "Lookup",
    "Loss",
    "Match",
    "Problem",
    "Query",
    "Reading",
    "Recogniser",
    "Term",
    "TermIndex",
    "TermbaseError",
    "Why",
    "Writing",
    "begun_and_within",
    "fold",
    "lookups",
    "nearest",
    "nfc",
    "rank",
    "read",
    "read_file",
    "romanisations",
    "term_keys",
    "to_dict",
    "typo_lookups",
    "write",
    "write_file",
]
