"""Korean in Latin letters: Revised Romanisation (2000) and McCune–Reischauer (1939), as people type them to search.

Both write sounds, not letters: 합금 is hapgeum, 신라 is silla. The sound rules below are those that decide spelling in
both systems (linking, nasalisation, lateralisation, palatalisation, aspiration); MR also voices between vowels.
"""

import itertools

from bridgehead.engines.termbase.hangul import is_syllable, split

_RR_INITIAL = dict(
    zip(
        "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ",
        ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"),
        strict=True,
    )
)
_MR_INITIAL = _RR_INITIAL | {
    "ㄱ": "k",
    "ㄷ": "t",
    "ㅂ": "p",
    "ㅈ": "ch",
    "ㅉ": "tch",
    "ㅊ": "ch",
    "ㅋ": "k",
    "ㅌ": "t",
}
_RR_VOWEL = dict(
    zip(
        "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ",
        [
            "a",
            "ae",
            "ya",
            "yae",
            "eo",
            "e",
            "yeo",
            "ye",
            "o",
            "wa",
            "wae",
            "oe",
            "yo",
            "u",
            "wo",
            "we",
            "wi",
            "yu",
            "eu",
            "ui",
            "i",
        ],
        strict=True,
    )
)
_MR_VOWEL = _RR_VOWEL | {"ㅓ": "o", "ㅕ": "yo", "ㅡ": "u", "ㅝ": "wo"}
_CODA = {
    **dict.fromkeys("ㄱㄲㅋㄳㄺ", "k"),
    **dict.fromkeys("ㄷㅌㅅㅆㅈㅊㅎ", "t"),
    **dict.fromkeys("ㅂㅍㅄㄿ", "p"),
    **dict.fromkeys("ㄴㄵㄶ", "n"),
    **dict.fromkeys("ㄹㄼㄽㄾㅀ", "l"),
    **dict.fromkeys("ㅁㄻ", "m"),
    "ㅇ": "ng",
    "": "",
}
_NASAL = {"k": "ng", "t": "n", "p": "m"}
_CLUSTER = {"ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ"}
_CLUSTER |= {"ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ"}
_ASPIRATED = {"ㄱ": "ㅋ", "ㄷ": "ㅌ", "ㅂ": "ㅍ", "ㅈ": "ㅊ"}
_VOICED = {"ㄱ": "g", "ㄷ": "d", "ㅂ": "b", "ㅈ": "j"}

Parts = list[list[str]]  # initial, vowel, final per syllable


def romanisations(text: str) -> list[str]:
    """Every spelling to expect for a word of Hangul, lower case without diacritics and signs, RR by sound first.

    RR by sound and by letter (people look at the letters), MR by sound; with and without aspiration of ㄱㄷㅂㅈ + ㅎ,
    which RR keeps apart in nouns (묵호 Mukho).
    """
    parts = [list(split(char)) if is_syllable(char) else ["", char, "", "raw"] for char in text]
    if not any(len(part) == 3 for part in parts):
        return []
    spoken = _assimilate([part[:] for part in parts])
    plain = [part[:] for part in parts]
    forms = [
        _spell(spoken, _RR_INITIAL, _RR_VOWEL, voiced=False),
        _spell(_link([part[:] for part in parts], aspirate=False), _RR_INITIAL, _RR_VOWEL, voiced=False),
        _spell(spoken, _MR_INITIAL, _MR_VOWEL, voiced=True),
        _spell(plain, _RR_INITIAL, _RR_VOWEL, voiced=False),
    ]
    forms += [_letters(plain)]
    if any("ㅅ" in part[0] and part[1] in "ㅟ" for part in plain):  # MR writes 쉬 as shwi
        forms.append(forms[2].replace("swi", "shwi"))
    return list(dict.fromkeys(forms))


def _assimilate(parts: Parts) -> Parts:
    return _sounds(_link(parts, aspirate=True))


def _link(parts: Parts, *, aspirate: bool) -> Parts:
    """Finals move over to a following vowel (각인 → 가긴), and ㅎ fuses with its neighbour."""
    for this, following in itertools.pairwise(parts):
        if len(this) > 3 or len(following) > 3 or not this[2]:
            continue
        cluster = _CLUSTER.get(this[2], this[2])
        first, last = cluster[:-1], cluster[-1]
        if following[0] == "ㅇ" and this[2] != "ㅇ":
            if last == "ㅎ":
                this[2], last = first, ""
            elif following[1] == "ㅣ" and last in "ㄷㅌ":
                this[2], following[0] = first, "ㅈ" if last == "ㄷ" else "ㅊ"
                continue
            else:
                this[2] = first
            following[0] = last or (first if first else "ㅇ")
            if not last and first:
                this[2] = ""
        elif last == "ㅎ" and following[0] in _ASPIRATED:
            this[2], following[0] = first, _ASPIRATED[following[0]]
        elif aspirate and following[0] == "ㅎ" and last in _ASPIRATED:
            this[2], following[0] = first, _ASPIRATED[last]
    return parts


def _sounds(parts: Parts) -> Parts:
    """Nasals and liquids change their neighbours: 독립 → 동닙, 신라 → 실라. Codas become sounds here."""
    for this, following in zip(parts, [*parts[1:], None], strict=True):
        if len(this) > 3:
            continue
        coda = _CODA[this[2]]
        if following and len(following) == 3 and coda:
            initial = following[0]
            if initial == "ㄹ" and coda in ("k", "t", "p", "m", "ng"):
                following[0] = initial = "ㄴ"
            if initial in "ㄴㅁ" and coda in _NASAL:
                coda = _NASAL[coda]
            elif (initial == "ㄹ" and coda in ("n", "l")) or (initial == "ㄴ" and coda == "l"):
                coda, following[0] = "l", "ll"
        this[2] = coda
    return parts


def _spell(parts: Parts, initial: dict[str, str], vowel: dict[str, str], *, voiced: bool) -> str:
    out: list[str] = []
    before = ""
    for part in parts:
        if len(part) > 3:
            out.append(part[1])
            before = ""
            continue
        first = "l" if part[0] == "ll" else initial[part[0]]
        if voiced and part[0] in _VOICED and before in ("v", "n", "m", "ng", "l"):
            first = _VOICED[part[0]]
        if voiced and part[0] == "ㄹ" and before == "l":
            first = "l"
        coda = part[2] if part[2] in _SOUNDS else _CODA[part[2]]
        out.append(first + vowel[part[1]] + coda)
        before = coda or "v"
    return "".join(out)


_SOUNDS = frozenset({"k", "t", "p", "n", "l", "m", "ng"})


def _letters(parts: Parts) -> str:
    """Letter by letter, finals as the initials they are written with: 합금 → habgeum."""
    out = []
    for part in parts:
        if len(part) > 3:
            out.append(part[1])
            continue
        final = part[2]
        coda = "ng" if final == "ㅇ" else "".join(_RR_INITIAL.get(c, "") for c in _CLUSTER.get(final, final))
        out.append(_RR_INITIAL[part[0]] + _RR_VOWEL[part[1]] + coda.replace("r", "l"))
    return "".join(out)


def skeleton(text: str) -> str:
    """Latin spelling of Korean reduced to what all systems share: posŏk, boseok and bosuk fall together."""
    for spelled, sound in _SHARED:
        text = text.replace(spelled, sound)
    return text


_SHARED = (
    *(
        ("kk", "g"),
        ("tt", "d"),
        ("pp", "b"),
        ("ss", "s"),
        ("jj", "j"),
        ("tch", "j"),
        ("ch", "j"),
        ("sh", "s"),
    ),
    *(
        ("k", "g"),
        ("t", "d"),
        ("p", "b"),
        ("ll", "r"),
        ("l", "r"),
        ("eo", "o"),
        ("eu", "u"),
        ("oo", "u"),
        ("ee", "i"),
    ),
)
