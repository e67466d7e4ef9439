"""What an edition of the dictionary says about itself. Nothing in a book comes from the clock: the same concepts and
the same edition make the same bytes.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from bridgehead.engines.termbase.model import Concept
from bridgehead.engines.termbase.names import LANGUAGES, main
from bridgehead.engines.termbase.problems import TermbaseError

TITLES = {"ko": "귀금속·보석 용어 사전", "en": "Dictionary of Jewelry and Gemology"}
PUBLISHER = "Bridgehead"
LICENCE = "https://www.kogl.or.kr/info/license.do"


@dataclass(frozen=True, slots=True)
class Edition:
    """Headwords in `source`, equivalents in `targets`. Without a title it has that of our own termbase."""

    issued: date
    source: str = "ko"
    targets: tuple[str, ...] = ("en",)
    version: str = "1"
    title: str = ""
    publisher: str = PUBLISHER

    @property
    def language(self) -> str:
        """The language of headings and labels: Korean where the headwords are, otherwise English."""
        return "ko" if main(self.source) == "ko" else "en"

    @property
    def languages(self) -> tuple[str, ...]:
        return (self.source, *self.targets)

    @property
    def shown_title(self) -> str:
        return self.title or TITLES[self.language]

    @property
    def subtitle(self) -> str:
        """Our own title in the other language; a title that somebody gave stands alone."""
        return "" if self.title else TITLES["en" if self.language == "ko" else "ko"]

    @property
    def kind(self) -> str:
        """The value of the `dictionary-type` property of EPUB Dictionaries and Glossaries."""
        return ("monolingual", "bilingual", "multilingual")[min(len(self.targets), 2)]

    @property
    def identifier(self) -> str:
        """The same for every rebuild of an edition, another for every edition."""
        parts = (self.shown_title, self.publisher, *self.languages, self.version, self.issued.isoformat())
        return f"urn:uuid:{uuid5(NAMESPACE_URL, chr(31).join(parts))}"


def languages_of(concepts: Iterable[Concept]) -> list[str]:
    """Languages with terms: those we have names for in our order, then the others by how many terms they have."""
    counted = Counter(main(term.lang) for concept in concepts for term in concept.terms)
    known = list(LANGUAGES)
    return sorted(
        counted, key=lambda lang: (known.index(lang) if lang in known else len(known), -counted[lang], lang)
    )


def check(concepts: Sequence[Concept], edition: Edition) -> None:
    """A book in a language that has no terms would be empty pages: say which there are instead."""
    if not concepts:
        raise TermbaseError("there are no concepts to publish")
    there = languages_of(concepts)
    for lang in edition.languages:
        if main(lang) not in there:
            raise TermbaseError(f"there is no term in “{lang}”; there are {', '.join(there)}")
    if len(set(map(main, edition.languages))) < len(edition.languages):
        raise TermbaseError(f"a language is named twice: {', '.join(edition.languages)}")
