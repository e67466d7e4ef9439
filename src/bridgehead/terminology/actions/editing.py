"""Propose, review, approve: how one section of a concept comes to say something else.

Whoever proposed does neither review nor approve. An import or an undo by somebody who may approve is approved as it is made.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.kit.states import check_move
from bridgehead.terminology.actions.storing import Section, store
from bridgehead.terminology.models import Comment, Concept, Proposal
from bridgehead.terminology.queries.concepts import as_engine
from bridgehead.terminology.rules import FRAME, MOVES, OPEN, Content, sections_of


class CannotDecide(Exception):
    """The proposal may not go on like this; the message says what to do."""


@transaction.atomic
def create_concept(*, code: str, frame: Content, by: Any, reason: str = "") -> Concept:
    """A concept nobody sees yet, with its frame proposed."""
    concept = Concept.objects.create(code=code)
    propose(concept=concept, section=FRAME, content=frame, by=by, reason=reason)
    return concept


@transaction.atomic
def propose(*, concept: Concept, section: str, content: Content, by: Any, reason: str = "") -> Proposal:
    """What the section should say. A proposal that still waited for the same section gives way to this one."""
    waiting = Proposal.objects.select_for_update().filter(concept=concept, section=section, state__in=OPEN)
    waiting.update(state=Proposal.State.REPLACED, decided_at=timezone.now())
    proposal = Proposal.objects.create(
        concept=concept,
        section=section,
        content=content,
        before=section_now(concept, section),
        reason=reason,
        proposed_by=by,
        proposed_at=timezone.now(),
    )
    audit.record(by=by, verb="concept.propose", target=proposal, reason=reason, data={"content": content})
    return proposal


@transaction.atomic
def review(*, proposal: Proposal, by: Any) -> Proposal:
    """Somebody else has read it and finds it ready to be approved."""
    proposal = _locked(proposal, Proposal.State.REVIEWED, by)
    proposal.reviewed_by, proposal.reviewed_at = by, timezone.now()
    proposal.save(update_fields=["state", "reviewed_by", "reviewed_at"])
    audit.record(by=by, verb="concept.review", target=proposal)
    return proposal


@transaction.atomic
def approve(*, proposal: Proposal, by: Any) -> Proposal:
    """From now on everybody reads it. The frame comes first: a language of an unknown concept cannot be public."""
    proposal = _locked(proposal, Proposal.State.APPROVED, by)
    if proposal.section != FRAME and not proposal.concept.is_approved:
        raise CannotDecide(_("Approve the concept itself first, then its languages."))
    proposal.before = section_now(proposal.concept, proposal.section)
    proposal.decided_by, proposal.decided_at = by, timezone.now()
    proposal.save(update_fields=["state", "before", "decided_by", "decided_at"])
    store([Section(proposal.concept, proposal.section, proposal.content)])
    audit.record(by=by, verb="concept.approve", target=proposal)
    return proposal


@transaction.atomic
def send_back(*, proposal: Proposal, answer: str, by: Any) -> Proposal:
    """Not like this; the reason goes to whoever proposed it. One's own proposal may be taken back as well."""
    proposal = _locked(proposal, Proposal.State.RETURNED, by, own=True)
    proposal.answer, proposal.decided_by, proposal.decided_at = answer, by, timezone.now()
    proposal.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    audit.record(by=by, verb="concept.return", target=proposal, reason=answer)
    return proposal


@transaction.atomic
def undo(*, proposal: Proposal, by: Any) -> Proposal:
    """The section says again what it said before this approval. That is an approval of its own, and can be undone."""
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.state != Proposal.State.APPROVED:
        raise CannotDecide(_("Only what was approved can be undone."))
    concept, moment = proposal.concept, timezone.now()
    if proposal.section == FRAME and not proposal.before:
        raise CannotDecide(_("This is how the concept began. Deprecate its terms instead."))
    undoing = Proposal.objects.create(
        concept=concept,
        section=proposal.section,
        content=proposal.before,
        before=section_now(concept, proposal.section),
        state=Proposal.State.APPROVED,
        reason=_("Undone: the version of %(day)s") % {"day": f"{proposal.decided_at:%Y-%m-%d}"},
        proposed_by=by,
        proposed_at=moment,
        decided_by=by,
        decided_at=moment,
    )
    store([Section(concept, proposal.section, proposal.before)])
    audit.record(by=by, verb="concept.undo", target=undoing)
    return undoing


def comment(*, concept: Concept, text: str, by: Any) -> Comment:
    return Comment.objects.create(concept=concept, text=text, author=by)


def section_now(concept: Concept, section: str) -> Content:
    """What the section says to the public now; empty when it says nothing."""
    found = Concept.objects.filter(pk=concept.pk, is_approved=True).first()
    return sections_of(as_engine(found)).get(section, {}) if found else {}


def _locked(proposal: Proposal, state: str, by: Any, *, own: bool = False) -> Proposal:
    """The proposal as it is now, moved to a new state but not saved."""
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    check_move(MOVES, locked.state, state)
    if not own and by is not None and locked.proposed_by_id == by.pk:
        raise CannotDecide(_("This is your own proposal. Somebody else has to look at it."))
    locked.state = state
    return locked
