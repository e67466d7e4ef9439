"""Names of places and sectors as people write them: "경기도 이천시", "이천", "Icheon-si" are one place."""

import re
from collections.abc import Iterable, Mapping

from bridgehead.kit.bilingual import pick

#: What may stand behind the name of a city or district.
SUFFIX = re.compile(r"(?:-(?:si|gun|gu|do)|(?<=..)(?:특별시|광역시|시|군|구|도))$")


def words(text: str) -> set[str]:
    return {SUFFIX.sub("", word) for word in re.split(r"[\s,·/()]+", text.casefold()) if word}


def named(text: str, entries: Iterable[Mapping[str, str]]) -> bool:
    """Does the text hold every word of one of the names, in either language?"""
    said = words(text)
    names = [entry.get(language, "") for entry in entries for language in ("ko", "en")]
    return any(words(name) <= said for name in names if name)


def listed(entries: Iterable[Mapping[str, str]]) -> str:
    return ", ".join(pick(entry.get("ko", ""), entry.get("en", "")) for entry in entries)
