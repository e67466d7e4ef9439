"""A termbase of our own making, large enough that wrong keys or a wrong order of answers would show.

Names are put together from parts of the trade, so that thousands of them resemble each other, as real terms do.
"""

from collections.abc import Iterator
from itertools import product

from bridgehead.engines.termbase import Concept, Definition, Term

#: (Korean, hanja, English)
LEADS = [
    *[
        ("백금", "白金", "platinum"),
        ("황동", "黃銅", "brass"),
        ("순은", "純銀", "fine silver"),
        ("합금", "合金", "alloy"),
    ],
    *[
        ("진주", "眞珠", "pearl"),
        ("산호", "珊瑚", "coral"),
        ("호박", "琥珀", "amber"),
        ("비취", "翡翠", "jade"),
    ],
    *[
        ("수정", "水晶", "quartz"),
        ("석류석", "石榴石", "garnet"),
        ("금강석", "金剛石", "adamant"),
        ("묘안석", "猫眼石", "catseye"),
    ],
    *[
        ("사파이어", "", "sapphire"),
        ("에메랄드", "", "emerald"),
        ("토파즈", "", "topaz"),
        ("오팔", "", "opal"),
    ],
    *[
        ("터키석", "", "turquoise"),
        ("루비", "", "ruby"),
        ("탄자나이트", "", "tanzanite"),
        ("스피넬", "", "spinel"),
    ],
    *[("왁스", "", "wax"), ("석고", "石膏", "plaster"), ("고무", "", "rubber"), ("도가니", "", "crucible")],
    *[
        ("쌍접시", "", "double cup"),
        ("꽃무늬", "", "floral"),
        ("물결", "", "wave"),
        ("칼날", "", "knife edge"),
    ],
    *[("왕관", "王冠", "crown"), ("별빛", "", "star"), ("독립", "獨立", "solo"), ("신라", "新羅", "Silla")],
]
MIDDLES = [
    *[
        ("", "", ""),
        ("난집", "", "mount"),
        ("주조", "鑄造", "casting"),
        ("연마", "硏磨", "polishing"),
        ("세팅", "", "setting"),
    ],
    *[("압연", "壓延", "rolling"), ("도금", "鍍金", "plating"), ("조각", "彫刻", "carving")],
]
TAILS = [
    *[
        ("반지", "斑指", "ring"),
        ("목걸이", "", "necklace"),
        ("귀걸이", "", "earring"),
        ("가공", "加工", "processing"),
    ],
    *[
        ("검사", "檢査", "inspection"),
        ("공구", "工具", "tool"),
        ("규격", "規格", "standard"),
        ("결함", "缺陷", "defect"),
    ],
]


def concepts() -> Iterator[Concept]:
    """2,048 concepts in Korean and English, each third one also in Italian, Chinese or Japanese."""
    for number, parts in enumerate(product(LEADS, MIDDLES, TAILS)):
        korean = " ".join(filter(None, (part[0] for part in parts)))
        hanja = "".join(part[1] for part in parts) if all(part[1] or not part[0] for part in parts) else ""
        english = " ".join(filter(None, (part[2] for part in parts)))
        yield Concept(
            id=f"s{number:04}",
            terms=(Term("ko", korean, hanja=hanja), Term("en", english), *_foreign(number, english)),
            definitions=(Definition("en", f"Made up: {english}."),),
        )


def _foreign(number: int, english: str) -> list[Term]:
    word = f"{english.split()[0]}{number}"
    others = {0: Term("it", f"città {word}"), 1: Term("ar", f"خاتم {word}"), 2: Term("ja", f"ダイヤ{word}")}
    return [others[number % 9]] if number % 9 in others else []
