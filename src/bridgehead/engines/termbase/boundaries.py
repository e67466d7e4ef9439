"""Whether a find in running text stands for a word of its own, by the script it is written in."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from bridgehead.engines.termbase import homographs
from bridgehead.engines.termbase.hangul import is_syllable
from bridgehead.engines.termbase.particles import follows_noun

_HANGUL = re.compile("[가-힣]+")
_HANGUL_BEFORE = re.compile("[가-힣]+\\Z")
#: What people write together with the noun that follows.
_MODIFIERS = (
    *(
        "천연",
        "합성",
        "인조",
        "인공",
        "모조",
        "고급",
        "최고급",
        "저가",
        "고가",
        "각종",
        "국산",
        "수입",
        "대형",
        "소형",
        "중형",
        "초소형",
    ),
    *(
        "중고",
        "신형",
        "전통",
        "순수",
        "명품",
        "맞춤",
        "수제",
        "남성",
        "여성",
        "남자",
        "여자",
        "커플",
        "결혼",
        "약혼",
        "예물",
        "기계",
    ),
    *("자동", "수동", "정밀", "초정밀", "무색", "유색", "진짜", "가짜"),
)
#: Nouns that hang on another without making a different thing of it.
_SUFFIXES = re.compile("(?:용|류|별|급|등|내|식|계)(?P<rest>[가-힣]*)")
_KARATS = re.compile(r"(?:\b(?:9|10|14|18|20|21|22|24)|k)\Z")
_LONG = 4  # syllables from which a word inside another one is still that word
_OPENING = frozenset("([{<“‘《〈「『【")

Span = tuple[int, int]


@dataclass
class Run:
    """A text with all finds in it, so that a compound of terms can be recognised as such."""

    text: str
    unfolded: str
    spans: Collection[Span]
    addresses: list[Span]

    @cached_property
    def from_start(self) -> dict[int, list[Span]]:
        return self._by(0)

    @cached_property
    def to_end(self) -> dict[int, list[Span]]:
        return self._by(1)

    def _by(self, side: int) -> dict[int, list[Span]]:
        found: dict[int, list[Span]] = {}
        for span in self.spans:
            found.setdefault(span[side], []).append(span)
        return found


def stands(run: Run, start: int, end: int) -> bool:
    """Whether `run.text[start:end]` is a word, or a word with grammar after it."""
    if run.addresses and any(first < end and start < last for first, last in run.addresses):
        return False
    return (
        _begins(run, start, end)
        and _ends(run, start, end)
        and not homographs.another_word(run.text[start:end], run.text, start, end)
        and not _only_capitalised(run, start, end)
    )


def _begins(run: Run, start: int, end: int) -> bool:
    text = run.text
    if start == 0 or text[start - 1] == " ":
        return True
    first, before = text[start], text[start - 1]
    if is_syllable(first):
        return _begins_hangul(run, start, end)
    if _is_word(first):
        return not _is_word(before)
    return _foreign_boundary(text[start:end], first, before)


def _begins_hangul(run: Run, start: int, end: int) -> bool:
    text, before, syllables = run.text, run.text[start - 1], end - start
    if is_syllable(before):
        return syllables >= _LONG or (syllables > 1 and _led_by(run, start))
    if syllables > 1 or _opens(run.unfolded, start - 1):
        return True
    if _is_word(before):
        return text[start] == "금" and bool(_KARATS.search(text, 0, start))
    closing = (
        not before.isalnum() and before not in "·ㆍ,/~-:;&+=" and text[start] in homographs.PARTICLE_LIKE
    )
    return not closing


def _opens(text: str, at: int) -> bool:
    """Whether the sign is a bracket or quotation mark that opens; a straight one does after a space."""
    return text[at] in _OPENING or (text[at] in "\"'" and (at == 0 or text[at - 1].isspace()))


def _led_by(run: Run, start: int) -> bool:
    """What is written before the noun in the same word: a modifier, or other terms."""
    led = _HANGUL_BEFORE.search(run.text, max(0, start - 20), start)
    if led and led[0] in _MODIFIERS:
        return True
    return any(
        first >= start - 20 and is_syllable(run.text[first]) and _begins(run, first, last)
        for first, last in run.to_end.get(start, ())
    )


def _ends(run: Run, start: int, end: int) -> bool:
    text = run.text
    if end == len(text) or text[end] == " ":
        return True
    last, after = text[end - 1], text[end]
    if is_syllable(last):
        return _ends_hangul(run, start, end)
    if _is_word(last):
        return not _is_word(after)
    if is_syllable(after):
        return True
    return _foreign_boundary(text[start:end], last, after)


def _ends_hangul(run: Run, start: int, end: int) -> bool:
    text, syllables = run.text, end - start
    rest = _HANGUL.match(text, end)
    if rest is None:
        return True
    before, single = text[end - 1], syllables == 1
    if follows_noun(before, rest[0], single=single):
        return not (single and rest[0].startswith("하고") and text[:start].rstrip().endswith(("을", "를")))
    if syllables >= _LONG or _followed_by(run, end):
        return True
    suffix = _SUFFIXES.fullmatch(rest[0])
    return suffix is not None and not single and follows_noun(rest[0][0], suffix["rest"], single=False)


def _followed_by(run: Run, end: int) -> bool:
    """Whether the rest of the word is another term, so that both make a compound."""
    return any(last - first > 1 and _ends(run, first, last) for first, last in _hangul(run, end))


def _hangul(run: Run, start: int) -> Iterator[Span]:
    return (span for span in run.from_start.get(start, ()) if is_syllable(run.text[start]))


def _is_word(char: str) -> bool:
    """A letter of an alphabet that separates words by spaces, or a digit."""
    return char == "_" or (char.isalnum() and not is_syllable(char) and char < "\u3040")


def _foreign_boundary(term: str, edge: str, neighbour: str) -> bool:
    """Japanese and Chinese have no spaces: katakana words end where katakana ends, one ideograph alone is a word."""
    if _is_katakana(edge):
        return not _is_katakana(neighbour)
    if len(term) == 1 and "\u3400" <= edge <= "\u9fff":
        return not "\u3400" <= neighbour <= "\u9fff"
    return True


def _is_katakana(char: str) -> bool:
    return "\u30a1" <= char <= "\u30fa" or char == "ー"


def _only_capitalised(run: Run, start: int, end: int) -> bool:
    """Polish in the middle of a sentence is a nation, not a finish; after a full stop it may be either."""
    if run.text[start:end] not in homographs.CAPITALISED:
        return False
    surface = run.unfolded[start:end]
    if not surface[0].isupper() or surface.isupper():
        return False
    before = run.unfolded[:start].rstrip()
    return bool(before) and before[-1] not in ".!?:;•-–"
