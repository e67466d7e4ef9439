"""Taking in whole termbases: everything is compared first, then all of it becomes proposals, or nothing does."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.engines import termbase
from bridgehead.terminology.actions.storing import Section, store
from bridgehead.terminology.models import Concept, Proposal, Term
from bridgehead.terminology.queries.concepts import as_engine, whole
from bridgehead.terminology.rules import FRAME, OPEN, Content, sections_of

BATCH = 500
NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"
_LIMITS = {
    field.name: field.max_length
    for field in Term._meta.get_fields()
    if isinstance(field, models.CharField) and field.name not in ("initial",)
}


@dataclass(frozen=True)
class Change:
    """One section that the file says differently from the dictionary."""

    code: str
    section: str
    before: Content
    content: Content

    @property
    def is_new(self) -> bool:
        return not self.before


@dataclass(frozen=True)
class ImportReport:
    """What an import does, or would do. `losses` are things of the file that the dictionary has no place for."""

    concepts: int
    terms: int
    new: list[str]
    changed: list[str]
    unchanged: int
    changes: list[Change]
    warnings: list[termbase.Problem] = field(default_factory=list)
    approved: bool = False
    dry_run: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {
            "concepts": self.concepts,
            "terms": self.terms,
            NEW: len(self.new),
            CHANGED: len(self.changed),
            UNCHANGED: self.unchanged,
            "sections": len(self.changes),
            "approved": self.approved,
            "dry_run": self.dry_run,
            "warnings": [{"line": each.line, "message": each.message} for each in self.warnings],
        }


@transaction.atomic
def import_concepts(
    *,
    concepts: Sequence[termbase.Concept],
    by: Any,
    approve: bool = False,
    dry_run: bool = False,
    warnings: Sequence[termbase.Problem] = (),
    reason: str = "",
    leave: Callable[[tuple[str, str]], bool] = lambda _section: False,
) -> ImportReport:
    """Propose every section that differs; with `approve` it is public at once. Raises `TermbaseError` for what cannot be kept.

    Importing the same file again changes nothing. Sections the file does not have are left as they are,
    and so are those for which `leave((code, section))` is true.
    """
    _check(concepts)
    there = _there(concepts)
    known = {code: sections for code, (_concept, sections) in there.items()}
    changes = [change for change in _changes(concepts, known) if not leave((change.code, change.section))]
    changed = dict.fromkeys(change.code for change in changes)
    report = ImportReport(
        concepts=len(concepts),
        terms=sum(len(concept.terms) for concept in concepts),
        new=[code for code in changed if code not in there],
        changed=[code for code in changed if code in there],
        unchanged=len(concepts) - len(changed),
        changes=changes,
        warnings=list(warnings),
        approved=approve,
        dry_run=dry_run,
    )
    if changes and not dry_run:
        _take(changes, {code: concept for code, (concept, _s) in there.items()}, by, approve, reason)
        _record(report, by, reason)
    return report


def _check(concepts: Sequence[termbase.Concept]) -> None:
    problems = [termbase.Problem(0, message) for concept in concepts for message in _too_long(concept)]
    if problems:
        raise termbase.TermbaseError(problems)


def _too_long(concept: termbase.Concept) -> Iterator[str]:
    if len(concept.id) > Concept._meta.get_field("code").max_length:  # type: ignore[operator]
        yield f"the id “{concept.id[:40]}…” is longer than 200 characters"
    for term in concept.terms:
        for name, most in _LIMITS.items():
            if most and len(str(getattr(term, name, ""))) > most:
                yield f"concept “{concept.id}”: {name} of “{term.text[:40]}” is longer than {most} characters"


def _there(concepts: Sequence[termbase.Concept]) -> dict[str, tuple[Concept, dict[str, Content]]]:
    codes = [concept.id for concept in concepts]
    found: dict[str, tuple[Concept, dict[str, Content]]] = {}
    for start in range(0, len(codes), BATCH):
        for concept in whole(Concept.objects.filter(code__in=codes[start : start + BATCH])):
            sections = sections_of(as_engine(concept)) if concept.is_approved else {}
            found[concept.code] = (concept, sections)
    return found


def _changes(
    concepts: Iterable[termbase.Concept], there: Mapping[str, Mapping[str, Content]]
) -> Iterator[Change]:
    for concept in concepts:
        now = there.get(concept.id)
        for section, content in sections_of(concept).items():
            before = (now or {}).get(section, {})
            if section == FRAME and "extra" not in content and "extra" in before:
                content = content | {
                    "extra": before["extra"]
                }  # only JSON carries it: other files do not take it away
            new_frame = section == FRAME and not now
            if content != before or new_frame:
                yield Change(concept.id, section, dict(before), content)


def _take(
    changes: Sequence[Change], concepts: dict[str, Concept], by: Any, approve: bool, reason: str
) -> None:
    missing = [
        Concept(code=code)
        for code in dict.fromkeys(change.code for change in changes)
        if code not in concepts
    ]
    created = Concept.objects.bulk_create(missing, batch_size=BATCH)
    known = concepts | {concept.code: concept for concept in created}
    _replace_open(changes, known)
    if approve:
        store([Section(known[change.code], change.section, change.content) for change in changes])
    moment = timezone.now()
    decided = {"state": "approved", "decided_by": by, "decided_at": moment} if approve else {}
    Proposal.objects.bulk_create(
        [
            Proposal(
                concept=known[change.code],
                section=change.section,
                content=change.content,
                before=change.before,
                reason=reason,
                proposed_by=by,
                proposed_at=moment,
                **decided,
            )
            for change in changes
        ],
        batch_size=BATCH,
    )


def _replace_open(changes: Sequence[Change], known: Mapping[str, Concept]) -> None:
    """What was waiting for the same sections gives way to the import; it stays in the history."""
    named = {(known[change.code].pk, change.section) for change in changes}
    waiting = Proposal.objects.filter(state__in=OPEN).values_list("pk", "concept", "section")
    replaced = [pk for pk, concept, section in waiting if (concept, section) in named]
    for start in range(0, len(replaced), BATCH):
        Proposal.objects.filter(pk__in=replaced[start : start + BATCH]).update(
            state="replaced", decided_at=timezone.now()
        )


def _record(report: ImportReport, by: Any, reason: str) -> None:
    target = Concept.objects.get(code=report.changes[0].code)
    audit.record(
        by=by,
        verb="termbase.import",
        target=target,
        reason=reason or str(_("Import")),
        data={name: value for name, value in report.to_dict().items() if name != "warnings"},
    )
