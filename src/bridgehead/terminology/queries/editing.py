"""What editors work on: proposals that wait, a concept with its history, suggestions."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from bridgehead.terminology.languages import in_order, language_name
from bridgehead.terminology.models import Comment, Concept, Proposal, Suggestion
from bridgehead.terminology.queries.concepts import as_engine, headword
from bridgehead.terminology.rules import FRAME, OPEN, Content, sections_of

HISTORY = 50


@dataclass(frozen=True)
class SectionPage:
    """One section of a concept on the desk: what it says now, and what waits."""

    name: str
    label: str
    content: Content
    waiting: Proposal | None


def proposals(state: str = "") -> QuerySet[Proposal]:
    """Those in one state, or all that wait, the oldest first."""
    chosen = Q(state=state) if state else Q(state__in=OPEN)
    return (
        Proposal.objects.filter(chosen)
        .select_related("concept", "proposed_by")
        .prefetch_related("concept__terms")
        .order_by("proposed_at", "pk")
    )


def waiting_counts() -> dict[str, int]:
    states = Proposal.objects.filter(state__in=OPEN).order_by().values_list("state").annotate(Count("pk"))
    return {"proposed": 0, "reviewed": 0, **dict(states), "suggestions": open_suggestions().count()}


def sections_on_desk(concept: Concept) -> list[SectionPage]:
    """The frame first, then every language that says something or is proposed to."""
    now = sections_of(as_engine(concept)) if concept.is_approved else {}
    open_ones = concept.proposals.filter(state__in=OPEN).select_related("proposed_by")
    waiting = {proposal.section: proposal for proposal in open_ones}
    names = [FRAME, *in_order((now.keys() | waiting.keys()) - {FRAME})]
    return [
        SectionPage(name, language_name(name) if name else "", now.get(name, {}), waiting.get(name))
        for name in names
    ]


def history(concept: Concept) -> list[Proposal]:
    found = concept.proposals.exclude(state__in=OPEN).select_related("proposed_by", "decided_by")
    return list(found.order_by("-decided_at", "-pk")[:HISTORY])


def comments(concept: Concept) -> QuerySet[Comment]:
    return concept.comments.select_related("author")


def open_suggestions() -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(state=Suggestion.State.OPEN)


def suggestions(state: str = "open") -> QuerySet[Suggestion]:
    found = Suggestion.objects.filter(state=state).select_related("concept", "handled_by")
    return found.prefetch_related("concept__terms").order_by("-sent_at", "-pk")


def name_of(concept: Concept, lang: str) -> str:
    """What editors call a concept, also before any of its terms is approved."""
    found = headword(concept, lang)
    return found.text if found else concept.code


def proposed_sections(concept: Concept) -> dict[str, Content]:
    """What the concept would say if everything that waits were approved."""
    return {
        section.name: section.waiting.content if section.waiting else section.content
        for section in sections_on_desk(concept)
    }
