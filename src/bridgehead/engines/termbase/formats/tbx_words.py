"""What TBX (ISO 30042) calls the things of our model: data categories of the modules Min, Basic and Linguist."""

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
DCT_MODULES = (
    "http://www.tbxinfo.net/ns/min",
    "http://www.tbxinfo.net/ns/basic",
    "http://www.tbxinfo.net/ns/linguist",
)
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

STATUS = {name: f"{name}Term-admn-sts" for name in ("preferred", "admitted", "deprecated", "superseded")}
#: Everything other programs write for a status. What they forbid stays forbidden.
STATUS_READ = {value: name for name, value in STATUS.items()} | {
    **{name: name for name in STATUS},
    **{f"{name}Term": name for name in STATUS},
    **dict.fromkeys(
        ("notRecommended", "forbidden", "prohibited", "obsolete", "deprecated-admn-sts", "rejected"),
        "deprecated",
    ),
    **dict.fromkeys(
        ("standardizedTerm-admn-sts", "standardizedTerm", "recommended", "approved"), "preferred"
    ),
    **dict.fromkeys(
        ("legalTerm-admn-sts", "regulatedTerm-admn-sts", "legalTerm", "regulatedTerm"), "admitted"
    ),
}
REGISTER = {
    "standard": "neutralRegister",
    "technical": "technicalRegister",
    "in-house": "in-houseRegister",
    "bench": "bench-levelRegister",
    "colloquial": "colloquialRegister",
    "slang": "slangRegister",
    "vulgar": "vulgarRegister",
}
REGISTER_READ = {value: name for name, value in REGISTER.items()} | {name: name for name in REGISTER}
POS = frozenset({"noun", "verb", "adjective", "adverb", "other"})
POS_READ = {"properNoun": "noun", "proper noun": "noun"}
GENDER = frozenset({"masculine", "feminine", "neuter", "other"})
RELATION_WORDS = {"broader": "broader", "narrower": "narrower", "related": "related", "see_also": "see also"}
#: Relations that TBX version 2 knew by name.
RELATION_TYPES = {
    "superordinateConceptGeneric": "broader",
    "superordinateConceptPartitive": "broader",
    "broaderConceptGeneric": "broader",
    "broaderConceptPartitive": "broader",
    "subordinateConceptGeneric": "narrower",
    "subordinateConceptPartitive": "narrower",
    "relatedConcept": "related",
    "relatedConceptBroader": "broader",
    "relatedConceptNarrower": "narrower",
    "superordinateConcept": "broader",
    "subordinateConcept": "narrower",
    "coordinateConcept": "related",
    "seeAlso": "see_also",
}
#: Details of a term that no data category holds go into notes beginning with these words, and are read back from them.
NOTE_WORDS = {
    "pronunciation": "Pronunciation",
    "hanja": "Hanja",
    "romanisation": "Romanisation",
    "origin": "Origin",
    "register": "Register",
    "where": "Used in",
    "pos": "Part of speech",
    "gender": "Gender",
}
#: Linguist has a place for readings of every kind, told apart by their note.
READINGS = ("pronunciation", "hanja", "romanisation")
