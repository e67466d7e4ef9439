"""The trade's one list of categories and one of materials, as data: every firm's goods are filed under the same words."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bridgehead.kit.bilingual import pick

DATA = Path(__file__).with_name("data")
GROUPS: dict[str, Promise] = {
    "jewelry": _("Jewelry"),
    "ceramics": _("Ceramics"),
    "ict": _("ICT"),
    "metals": _("Metals"),
    "stones": _("Stones"),
    "organic": _("Pearl, shell and amber"),
    "clay": _("Clay"),
    "other": _("Other"),
}


@dataclass(frozen=True)
class Entry:
    """A word of a list: its code never changes, its names may."""

    code: str
    group: str
    ko: str
    en: str

    @property
    def name(self) -> str:
        return pick(self.ko, self.en)

    def __str__(self) -> str:
        return self.name


@cache
def _listed(name: str) -> Mapping[str, Entry]:
    entries = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    return {entry["code"]: Entry(**entry) for entry in entries}


def categories() -> Mapping[str, Entry]:
    return _listed("categories")


def materials() -> Mapping[str, Entry]:
    return _listed("materials")


def name_of(entries: Mapping[str, Entry], code: str) -> str:
    """A code that an older list had is shown as it is."""
    return entries[code].name if code in entries else code


def choices(entries: Mapping[str, Entry]) -> list[tuple[str, list[tuple[str, str]]]]:
    """For a form in the reader's language, under the names of the groups."""
    return [(str(GROUPS[group]), list(found)) for group, found in _grouped(entries)]


def _grouped(entries: Mapping[str, Entry]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    order = list(GROUPS)
    listed = sorted(entries.values(), key=lambda entry: order.index(entry.group))
    for group, found in groupby(listed, key=lambda entry: entry.group):
        yield group, [(entry.code, entry.name) for entry in found]
