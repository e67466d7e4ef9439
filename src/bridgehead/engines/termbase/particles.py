"""What may follow a Korean noun inside its word: particles in their order, the copula, and light verbs.

Whether a particle fits is decided by the sound before it (은 after a consonant, 는 after a vowel, 로 after a vowel or ㄹ),
which alone tells most look-alikes apart: 금는 and 반지은 are no words.
"""

import re
from functools import lru_cache

from bridgehead.engines.termbase.hangul import final_of

_AFTER_CONSONANT = (
    "은",
    "이",
    "을",
    "과",
    "이나",
    "이랑",
    "이며",
    "이든",
    "이든지",
    "이라",
    "이라도",
    "이란",
    "이야",
    "이야말로",
)
_AFTER_VOWEL = ("는", "가", "를", "와", "나", "랑", "며", "든", "든지", "라", "라도", "란", "야", "야말로")
_INSTRUMENT = ("로", "로서", "로써", "로부터", "로의", "로도")
_LINKING = (
    *(
        "에",
        "에서",
        "에서부터",
        "에게",
        "에게서",
        "한테",
        "한테서",
        "께",
        "께서",
        "까지",
        "부터",
        "보다",
        "처럼",
        "만큼",
    ),
    *(
        "같이",
        "마다",
        "밖에",
        "조차",
        "마저",
        "뿐",
        "대로",
        "하고",
        "커녕",
        "치고",
        "끼리",
        "만",
        "과",
        "와",
        "이랑",
        "랑",
    ),
    *("이나마", "나마", "에다", "에다가"),
)
_CLOSING = (
    *(
        "은",
        "는",
        "이",
        "가",
        "을",
        "를",
        "의",
        "도",
        "만",
        "이나",
        "나",
        "이라도",
        "라도",
        "이야",
        "야",
        "까지",
        "조차",
    ),
    *("부터", "보다", "서", "써", "마저", "이든", "든", "뿐", "같이", "처럼"),
)
_ALONE = ("의", "도", "요", "께서는", "들")

_ENDINGS = (
    "다|다고|다는|다면|고|고도|고서|고요|며|면|면서|지만|지|지요|죠|지는|지도|라|라는|라고|라고도|라서|라도|라면|라며|라기보다|라든가|란|랍니다"
    "|었다|었고|었던|었는데|었으며|었으나|었지만|었습니다|었어요|었을|에요|어서|어야|므로|기|기도|기는|기에|기까지|나|니|니까|냐|든|든지|던|듯|듯이"
    "|자|구나|군|군요|네|네요|세요|십니다|신|신지"
)
_COPULA_FUSED = (
    "인|인데|인데도|인지|인지도|인지는|인가|인가요|인양|일|일까|일까요|일지|일지라도|일수록|일뿐|임|임을|임이|임은|임에도|입니다|입니다만|입니까|예요|여서|여야"
    "|였다|였고|였던|였는데|였으며|였으나|였지만|였습니다|였어요|였을"
)
_COPULA_AFTER_CONSONANT = re.compile(
    f"(?:이(?:{_ENDINGS})|{_COPULA_FUSED.replace('|예요', '').split('|여서')[0]})"
)
_COPULA_AFTER_VOWEL = re.compile(f"(?:이?(?:{_ENDINGS})|{_COPULA_FUSED})")
#: After a single syllable these are other words: 금일 today, 동일 the same, 은인 benefactor.
_FUSED_WORDS = frozenset({"인", "일", "임", "지", "니", "나", "자", "던", "군", "네", "고", "신", "면"})

_PARTICLES_OF_NOUN = "(?:은|는|이|가|을|를|의|도|만|에|에서|로|으로|과|와|까지|부터|보다|마다|처럼|에는|에도|에서는|으로는|이나|뿐)?"
_ACTION = re.compile(
    "(?:"
    "(?:하|되|시키|받|당하)(?:다|다가|고|고는|고도|며|면|면서|여|여서|여야|여도|지|지만|지는|지도|지요|게|게끔|거나|거든|도록|자|자마자|자고|는|는데|는지|는가"
    "|니|니까|므로|던|던지|더니|더라도|되|시|신|실|시고|시면|시는|세요|십시오|십니다|나|나요|냐|든|든지|듯|듯이|려|려고|려면|려는|러|느라|느냐|네|네요|죠|기로"
    "|었다|었고|었던|었는데|었으며|었으나|었지만|었습니다|었어요|었을|어|어서|어야|어도|은|을|을지|습니다|습니까|아|아서|았다|았고|았던|았습니다|았으며)"
    f"|(?:하|되|시키|받|당하)기{_PARTICLES_OF_NOUN}"
    "|(?:하였|되었|했|됐|시켰|당했)(?:다|다가|다고|다는|다면|고|고요|던|던지|는데|는지|는가|으며|으면|으나|으므로|으니|지만|습니다|습니까|어요|어도|을|을까|을지|더니|기에|거나|듯이)"
    "|(?:한|된|할|될|시킨|시킬|당한|당할)(?:데|지|지는|가|가요|다|다고|다는|다면|다며|다지만|까|까요|지라도|수록|걸|게|게요)?"
    f"|(?:함|됨|시킴|당함){_PARTICLES_OF_NOUN}"
    "|(?:합|됩|시킵|당합)(?:니다|니다만|니까|시다)"
    "|(?:해|돼|시켜|당해)(?:서|서는|야|야만|도|요|라|지|져|진|진다|졌다|집니다|준|줄|주는|주고|주는데|줍니다|주세요|둔|둘|두고|볼|보고|보니|보면|보세요|왔다|온|오고)?"
    ")"
)


def follows_noun(before: str, rest: str, *, single: bool) -> bool:
    """Whether `rest` (Hangul up to the end of the word) is only grammar after a noun that ends in `before`.

    `single`: the noun has one syllable, where fewer things may follow, because more of them make another word.
    """
    if not rest:
        return True
    if _particles(before, rest) or _copula(before, rest, single=single):
        return True
    if rest.startswith("들") and not single:
        return follows_noun("들", rest[1:], single=False)
    return not single and bool(_ACTION.fullmatch(rest))


@lru_cache(maxsize=65536)
def _particles(before: str, rest: str) -> bool:
    """One linking particle or two, then a closing one: 에서는, 까지만, 으로부터의."""
    if rest in _ALONE or _fits(before, rest):
        return True
    for length in range(1, min(5, len(rest))):
        first, second = rest[:length], rest[length:]
        if not _links(before, first):
            continue
        if (second in _CLOSING and _sounds_right(first[-1], second)) or _copula(
            first[-1], second, single=False
        ):
            return True
        if any(
            _links(first[-1], second[:cut])
            and second[cut:] in _CLOSING
            and _sounds_right(second[cut - 1], second[cut:])
            for cut in range(1, len(second))
        ):
            return True
    return False


def _fits(before: str, particle: str) -> bool:
    return _links(before, particle) or (
        particle in (_AFTER_CONSONANT if final_of(before) else _AFTER_VOWEL)
        and _sounds_right(before, particle)
    )


def _links(before: str, particle: str) -> bool:
    if particle in _LINKING:
        return _sounds_right(before, particle)
    final = final_of(before)
    if final in ("", "ㄹ"):
        return particle in _INSTRUMENT
    return particle.startswith("으") and particle[1:] in _INSTRUMENT


def _sounds_right(before: str, particle: str) -> bool:
    if final_of(before):
        return particle not in _AFTER_VOWEL
    return particle not in _AFTER_CONSONANT


def _copula(before: str, rest: str, *, single: bool) -> bool:
    if single and rest in _FUSED_WORDS:
        return False
    pattern = _COPULA_AFTER_CONSONANT if final_of(before) else _COPULA_AFTER_VOWEL
    return bool(pattern.fullmatch(rest))
