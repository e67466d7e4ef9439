"""What every reader builds with: concepts are checked as they come, and either all of them are kept or none."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bridgehead.engines.termbase.model import REGISTERS, RELATIONS, STATUSES, Concept, related
from bridgehead.engines.termbase.problems import Problem, TermbaseError

_LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z")
MOST_PROBLEMS = 200  # after so many a file is simply not what it should be


class Builder:
    """Collects concepts and findings of one file."""

    def __init__(self) -> None:
        self.concepts: list[Concept] = []
        self.warnings: list[Problem] = []
        self._problems: list[Problem] = []
        self._lines: dict[str, int] = {}
        self._renamed: dict[str, str] = {}

    def wrong(self, line: int, message: str) -> None:
        self._problems.append(Problem(line, message))
        if len(self._problems) >= MOST_PROBLEMS:
            raise TermbaseError(self._problems)

    def warn(self, line: int, message: str) -> None:
        self.warnings.append(Problem(line, message))

    def warn_once(self, line: int, message: str) -> None:
        if all(warning.message != message for warning in self.warnings):
            self.warn(line, message)

    def renamed(self, written: str, id: str) -> None:
        """The file calls the concept `written`, because its format forbids the id that the concept has."""
        self._renamed[written] = id

    def add(self, concept: Concept, line: int) -> None:
        """Keep the concept, unless it breaks the model; each breach is reported with its line."""
        if concept.id in self._lines:
            first = self._lines[concept.id]
            self.wrong(line, f"concept “{concept.id}” is there twice; the first begins in line {first}")
            return
        self._lines[concept.id] = line
        for message in _breaches(concept):
            self.wrong(line, message)
        self.concepts.append(concept)

    def finish(self) -> list[Concept]:
        """All concepts, or `TermbaseError` with everything that was found. Dangling references are warnings."""
        if self._problems:
            raise TermbaseError(self._problems)
        if not self.concepts:
            raise TermbaseError("there is no concept in the file")
        if self._renamed:
            self.concepts = [self._with_own_ids(concept) for concept in self.concepts]
        for concept in self.concepts:
            self._check_references(concept)
        return self.concepts

    def _check_references(self, concept: Concept) -> None:
        for relation in RELATIONS:
            for target in getattr(concept, relation):
                if target not in self._lines:
                    line = self._lines[concept.id]
                    self.warn(line, f"“{concept.id}” names “{target}” ({relation}), which is not in the file")

    def _with_own_ids(self, concept: Concept) -> Concept:
        relations = {
            relation: [self._renamed.get(target, target) for target in getattr(concept, relation)]
            for relation in RELATIONS
        }
        return replace(concept, **related(relations))


def _breaches(concept: Concept) -> Iterator[str]:
    name = f"concept “{concept.id}”"
    if not concept.id:
        yield "a concept has no id"
    if not concept.terms:
        yield f"{name} has no term"
    for term in concept.terms:
        if not term.text:
            yield f"{name} has an empty term" + (f" in “{term.lang}”" if term.lang else "")
        if not _LANG.match(term.lang):
            yield f"{name}: term “{term.text}” has " + (
                f"no valid language (“{term.lang}”)" if term.lang else "no language"
            )
        if term.status not in STATUSES:
            yield f"{name}: “{term.text}” has the status “{term.status}”; there are {', '.join(STATUSES)}"
        if term.register not in REGISTERS:
            yield f"{name}: “{term.text}” has the register “{term.register}”; there are {', '.join(REGISTERS)}"
    for definition in concept.definitions:
        if not _LANG.match(definition.lang):
            yield f"{name}: a definition has " + (
                f"no valid language (“{definition.lang}”)" if definition.lang else "no language"
            )
    for lang in concept.notes:
        if not _LANG.match(lang):
            yield f"{name}: a note has no valid language (“{lang}”)"
