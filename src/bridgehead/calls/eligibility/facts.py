"""What the rules of eligibility look at, gathered beforehand: the rules themselves ask no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

#: The parameters an officer gave a rule, as they are stored.
Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class Support:
    """One place awarded to the firm by any host, in another programme than the one applied to."""

    year: int
    kind: str
    edition: int | None = None
    withdrawn: bool = False
    excused: bool = False


@dataclass(frozen=True)
class Asked:
    """A question of the form in the reader's language, with the names of its choices."""

    label: str
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Facts:
    year: int
    kind: str
    edition: int | None = None
    region: str = ""
    sector: str = ""
    employees: int | None = None
    supports: Sequence[Support] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)
    questions: Mapping[str, Asked] = field(default_factory=dict)

    def label(self, key: str) -> str:
        return self.questions[key].label if key in self.questions else key

    def name(self, key: str, value: str) -> str:
        return self.questions[key].names.get(value, value) if key in self.questions else value
