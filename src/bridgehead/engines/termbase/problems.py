"""What is wrong with a file, and what a format could not carry: both as lists, so that nothing is silently lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding in a file. `line` counts from 1 (rows in a workbook); 0 where it concerns the file as a whole."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}" if self.line else self.message


class TermbaseError(ValueError):
    """The file cannot be read; `problems` says everything that was found, with line numbers. Nothing was kept."""

    SHOWN = 20

    def __init__(self, problems: Sequence[Problem] | str, line: int = 0) -> None:
        self.problems = [Problem(line, problems)] if isinstance(problems, str) else list(problems)
        shown = [str(problem) for problem in self.problems[: self.SHOWN]]
        if len(self.problems) > self.SHOWN:
            shown.append(f"… and {len(self.problems) - self.SHOWN} more")
        super().__init__("\n".join(shown))


@dataclass(frozen=True, slots=True)
class Loss:
    """Something the target format has no place for. `how` says whether it was left out or written as a note."""

    concept: str
    what: str
    value: str
    how: Literal["dropped", "note"] = "dropped"

    def to_dict(self) -> dict[str, str]:
        return {"concept": self.concept, "what": self.what, "value": self.value, "how": self.how}
