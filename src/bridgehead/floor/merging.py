"""Two phones edited one entry: what each changed from the ground it stood on, field by field (decision 0016's idea)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Merged:
    """`take` is what the edit changes without a dispute; `disputed` the fields both sides changed differently."""

    take: dict[str, Any] = field(default_factory=dict)
    disputed: list[str] = field(default_factory=list)


def merge(*, base: Content, theirs: Content, stored: Content) -> Merged:
    """Compare three texts per field: where the phone began, what it says, what is stored.

    A field the phone left alone stays as stored; one that only the phone changed is taken; one that both changed to
    the same is settled; one that both changed differently is disputed, and stays as stored until somebody decides.
    """
    merged = Merged()
    for name, value in theirs.items():
        if value == stored[name] or value == base.get(name):
            continue
        if stored[name] == base.get(name):
            merged.take[name] = value
        else:
            merged.disputed.append(name)
    return merged
