"""What a claim brings beside its receipt: the documents the terms of its cost item ask for."""

from dataclasses import dataclass

from bridgehead.funding import queries
from bridgehead.funding.models import SupportLine, Terms
from bridgehead.kit.clock import today
from bridgehead.questions.models import Attachment


@dataclass(frozen=True)
class Paper:
    """One document: what it is, and the file where it has come."""

    kind: Terms.Document
    file: Attachment | None


def required(terms: Terms) -> list[Terms.Document]:
    """In the order of the list. A receipt, or instead of it an invoice, is always needed and stands on the line itself."""
    return [kind for kind in Terms.Document if kind in terms.required_documents]


def papers_of(line: SupportLine) -> list[Paper]:
    """Every document the terms ask for, and every one that came, in two queries."""
    asked = required(queries.terms_on(line.cost_item, line.receipt_on or today()))
    files = {str(one.pk): one for one in Attachment.objects.filter(pk__in=line.papers.values())}
    return [
        Paper(kind, files.get(line.papers.get(kind, "")))
        for kind in Terms.Document
        if kind in asked or kind in line.papers
    ]
