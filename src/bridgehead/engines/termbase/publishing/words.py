"""What the book itself says, in Korean and English: marks, parts of speech, headings."""

_WORDS = {
    # registers and statuses
    "technical": ("전문어", "technical"),
    "in-house": ("사내어", "in-house"),
    "bench": ("현장어", "bench"),
    "colloquial": ("구어", "colloquial"),
    "slang": ("은어", "slang"),
    "vulgar": ("비속어", "vulgar"),
    "deprecated": ("쓰지 않음", "avoid"),
    "superseded": ("옛말", "superseded"),
    # parts of speech and genders
    "noun": ("명사", "noun"),
    "verb": ("동사", "verb"),
    "adjective": ("형용사", "adjective"),
    "adverb": ("부사", "adverb"),
    "properNoun": ("고유 명사", "proper noun"),
    "masculine": ("남성", "m."),
    "feminine": ("여성", "f."),
    "neuter": ("중성", "n."),
    # relations
    "broader": ("상위어", "Broader"),
    "narrower": ("하위어", "Narrower"),
    "related": ("관련어", "Related"),
    "see_also": ("참고", "See also"),
    # parts of an entry
    "also": ("같은 말", "Also"),
    "bench_words": ("현장의 말", "In the workshop"),
    "origin": ("어원", "from"),
    "use": ("바른말", "use"),
    "note": ("참고", "Note"),
    "sentence": ("보기", "Example"),
    "source_of": ("출처", "source"),
    # parts of the book
    "cover": ("표지", "Cover"),
    "contents": ("차례", "Contents"),
    "front": ("일러두기", "About this dictionary"),
    "landmarks": ("주요 위치", "Landmarks"),
    "entries": ("표제어", "Entries"),
    "fields": ("분야별 표제어", "Entries by subject field"),
    "slang_list": ("현장어와 은어", "Bench words and slang"),
    "index": ("찾아보기", "Index"),
    "index_of": ("{} 찾아보기", "Index: {}"),
    "letters": ("자모", "Letters"),
    "term": ("말", "Word"),
    "where": ("쓰이는 곳", "Where used"),
    "version": ("제{}판", "Edition {}"),
    "counts": ("표제어 {} · 용어 {}", "{} entries · {} terms"),
    "han": ("한자 (부수순)", "Ideographs (by radical)"),
    "signs": ("숫자·기호", "Figures and signs"),
}


def say(word: str, language: str) -> str:
    """The word as the book says it; what we have no word for is shown as it came."""
    found = _WORDS.get(word)
    return found[language != "ko"] if found else word


def both(word: str, language: str) -> str:
    """A mark in both languages, the book's first: readers abroad meet it beside Korean words."""
    found = _WORDS.get(word)
    if not found:
        return word
    return " ".join(dict.fromkeys(found if language == "ko" else (found[1],)))
