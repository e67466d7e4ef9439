"""A small termbase with everything a book has to show."""

from datetime import date

from bridgehead.engines.termbase import Concept, Definition, Term
from bridgehead.engines.termbase.publishing import Edition

EDITION = Edition(issued=date(2026, 3, 1), targets=("en", "ar", "zh"), version="2")

PRONG = Concept(
    "prong",
    (
        Term("ko", "난발", pos="noun", romanisation="nanbal", context="난발을 세운다."),
        Term("ko", "물림발", "admitted"),
        Term("ko", "쓰메", "deprecated", register="slang", origin="Japanese 爪", where="종로 공방"),
        Term("en", "prong", pos="noun"),
        Term("en", "claw", "admitted", note="British"),
        Term("ar", "مخلب"),
        Term("zh", "爪"),
    ),
    subject="manufacturing.setting",
    definitions=(
        Definition("ko", "보석을 무는 금속 발"),
        Definition("en", 'metal "claw" & more <here>'),
        Definition("it", "zampa"),
    ),
    notes={"ko": "네 개가 보통이다."},
    broader=("setting",),
)
SETTING = Concept(
    "setting",
    (Term("ko", "난집"), Term("en", "setting"), Term("zh", "镶口")),
    subject="manufacturing.setting",
    definitions=(Definition("ko", "보석이 앉는 부분"),),
)
GEM = Concept(
    "gem/보석",
    (
        Term("ko", "보석", hanja="寶石", romanisation="boseok"),
        Term("ko", "알", register="bench"),
        Term("en", "gemstone"),
    ),
    subject="gemology.species",
    definitions=(Definition("ko", "장신구에 쓰는 광물"),),
    related=("nowhere",),
)
DRAWING = Concept("cad", (Term("ko", "CAD"), Term("en", "computer-aided design")))
FOREIGN = Concept("foreign", (Term("en", "only English"),))
CONCEPTS = [PRONG, SETTING, GEM, DRAWING, FOREIGN]
