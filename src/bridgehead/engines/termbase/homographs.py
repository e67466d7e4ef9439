"""Words that only look like terms of the trade, told apart by what stands beside them.

Each entry: the term, and a pattern for the text that follows it (or precedes it) when another word is meant.
"""

import re

#: 수정 is crystal, but also correction; 보석 a gem, but also bail; 금이 가다 is to crack.
_FOLLOWING = {
    "금": r"이\s+(?:가|간|갈|갔)|의환향|(?:일|년|번|주|월|액|리|융|지|고|방|새|세|요일)(?![가-힣]*금)",
    "은": r"(?:근|혜|퇴|행|어|연|폐|밀|둔|신|하|하수)",
    "동": r"의(?:$|\s+(?!함량|비율|순도|색|가격|밀도|융점|녹는|무게|합금|성질|표면|두께|열|전기))|이\s+(?:트|틀|텄)",
    "반지": r"하(?:$|[\s층방로가를는의에도])|하에|하로|름",
    "보석": r"(?:으로|을|이)?\s*(?:풀려|석방|허가|신청|청구|취소|결정|보증)|금|함(?![가-힣]*\s*[.…])",
    "수정": r"(?:을|이)?\s*(?:하|해|했|한|할|함|합|되|돼|된|될|됐|됨|됩|안|본|액|사항|테이프|요청|요구|작업|예산|계획|발표|제안)",
    "진주": r"(?:시|시청|성|역|남강|교대|혁신|에서\s+(?:열|출발|태어|살|서울)|까지\s+(?:가|운행|기차)|(?:로|행)\s+(?:가|간|떠|출발|향))",
    "감정": r"(?:을|이|에)?\s*(?:느끼|느꼈|상하|상했|드러|표현|숨기|억누|격해|복받|이입|노동|싸움)",
    "호박": r"(?:죽|전|씨|엿|고구마|밭|을\s+(?:먹|삶|심|썰))",
    "석류": r"(?:\s*(?:주스|즙|나무|차)|를\s+(?:먹|짜))",
    "연마": r"(?:의\s+시간|하여\s+인격)",
    "물림": r"(?:을\s+당|\s*사고)",
    "다이": r"(?:어트|빙|얼|내믹)",
    "옥": r"(?:상|수수|외|내|탑|션)",
    "도금": r"(?:고)",
}
FOLLOWING = {term: re.compile(pattern) for term, pattern in _FOLLOWING.items()}

_WEEKDAYS = "월화수목금토일"
_SEPARATOR = r"\s*[·ㆍ,/~∼〜、-]\s*"
#: (금) after a date, and 금 in a row of weekdays; 동 among the points of the compass.
PRECEDING = {
    "금": re.compile(rf"(?:\d\s*[일.]?\s*[(（]|(?<![가-힣])[월화수목토일]요?일?{_SEPARATOR})$"),
    "동": re.compile(rf"(?<![가-힣])[서남북]{_SEPARATOR}$"),
}
NEXT_IN_ROW = {
    "금": re.compile(
        rf"(?:{_SEPARATOR}[토일월화수목](?:요일)?|[)）]?{_SEPARATOR}\d+\s*[일.]?\s*[(（][{_WEEKDAYS}])(?![가-힣])"
    ),
    "동": re.compile(rf"{_SEPARATOR}[서남북](?![가-힣])"),
}
#: Adjectives of nations that differ from a term by their capital only.
CAPITALISED = frozenset(
    {"polish", "china", "japan", "turkey", "jersey", "champagne", "panama", "march", "may"}
)
#: Words that mean something else in any text that is not about the workbench: found in full, but neither explained to
#: readers nor held against writers. 가다 is to go, a pavilion stands at a fair, a table in a hall.
EVERYDAY = frozenset(
    {
        "가다",
        "바리",
        "나라시",
        "pavilion",
        "pavilions",
        "table",
        "tables",
        "crown",
        "crowns",
        "fire",
        "flat",
        "flats",
    }
    | {
        "setting",
        "settings",
        "face",
        "heart",
        "hearts",
        "light",
        "master",
        "model",
        "models",
        "finish",
        "finding",
    }
    | {
        "findings",
        "scale",
        "scales",
        "stage",
        "float",
        "order",
        "sample",
        "samples",
        "stock",
        "chain",
        "chains",
    }
)
#: Single syllables that are particles as well: after a quotation mark, a bracket or a letter they are one.
PARTICLE_LIKE = frozenset("은는이가을를의도만로과와나며야")


def another_word(term: str, text: str, start: int, end: int) -> bool:
    """Whether the neighbours of `text[start:end]` show that the term is not meant."""
    following = FOLLOWING.get(term)
    if following is None:
        return False  # all of the tables below are about terms of this one
    preceding, row = PRECEDING.get(term), NEXT_IN_ROW.get(term)
    return bool(
        following.match(text, end)
        or (preceding and preceding.search(text, max(0, start - 16), start))
        or (row and row.match(text, end))
    )
