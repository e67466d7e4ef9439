"""What the dictionary says now (`concepts`), how it came to say so (`editing`), what of it is files (`publishing`)."""

from bridgehead.terminology.models.concepts import Concept, Definition, Reference, SearchKey, Stamp, Term
from bridgehead.terminology.models.editing import Comment, Proposal, Suggestion
from bridgehead.terminology.models.publishing import Picture, Publication

__all__ = [
    "Comment",
    "Concept",
    "Definition",
    "Picture",
    "Proposal",
    "Publication",
    "Reference",
    "SearchKey",
    "Stamp",
    "Suggestion",
    "Term",
]
