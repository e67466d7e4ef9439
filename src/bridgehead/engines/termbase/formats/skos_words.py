"""SKOS and what it lacks: the terms of our own vocabulary, used beside the standard ones and never instead of them."""

SKOS = "http://www.w3.org/2004/02/skos/core#"
SKOSXL = "http://www.w3.org/2008/05/skos-xl#"
DCT = "http://purl.org/dc/terms/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
FOAF = "http://xmlns.com/foaf/0.1/"
OWN = "urn:bridgehead:terms:"
CONCEPT = "urn:bridgehead:concept:"
PREFIXES = {"skos": SKOS, "skosxl": SKOSXL, "dct": DCT, "rdf": RDF, "rdfs": RDFS, "foaf": FOAF, "own": OWN}

#: A hidden label serves search only, which is what a term nobody should use may still do.
LABEL = {
    "preferred": "prefLabel",
    "admitted": "altLabel",
    "deprecated": "hiddenLabel",
    "superseded": "hiddenLabel",
}
STATUS = {"prefLabel": "preferred", "altLabel": "admitted", "hiddenLabel": "deprecated"}
RELATION = {
    "broader": "skos:broader",
    "narrower": "skos:narrower",
    "related": "skos:related",
    "see_also": "rdfs:seeAlso",
}
NOTES = ("note", "scopeNote", "example", "historyNote", "editorialNote", "changeNote")
