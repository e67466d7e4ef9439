"""Front matter: how the book was made, how to read it, who may use it; in the book's language, then in the other one."""

from dataclasses import dataclass

from bridgehead.engines.termbase.names import language_name
from bridgehead.engines.termbase.publishing.book import Book
from bridgehead.engines.termbase.publishing.edition import LICENCE


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its paragraphs, all in one language."""

    heading: str
    paragraphs: tuple[str, ...]


def front_matter(book: Book) -> list[tuple[str, list[Section]]]:
    """(language, sections), first the language of the book."""
    said = {"ko": _korean(book), "en": _english(book)}
    order = ("ko", "en") if book.edition.language == "ko" else ("en", "ko")
    return [(lang, said[lang]) for lang in order]


def imprint(book: Book, language: str) -> list[tuple[str, str]]:
    """(what, value) for the title page and the end of the front matter."""
    edition = book.edition
    names = (
        ("제목", "판", "발행일", "발행처", "언어", "이용 허락")
        if language == "ko"
        else (*("Title", "Edition", "Date", "Publisher", "Languages", "Licence"),)
    )
    licence = "공공누리 제1유형 (출처표시)" if language == "ko" else "KOGL type 1 (source named)"
    languages = " · ".join(language_name(lang, language) for lang in edition.languages)
    issued = edition.issued
    day = f"{issued.year}. {issued.month}. {issued.day}." if language == "ko" else issued.isoformat()
    values = (edition.shown_title, edition.version, day, edition.publisher, languages, licence)
    return list(zip(names, values, strict=True))


def licence_line(book: Book, language: str) -> str:
    edition = book.edition
    if language == "ko":
        return f"공공누리 제1유형(출처표시). 출처: {edition.publisher}, 《{edition.shown_title}》 제{edition.version}판. {LICENCE}"
    return (
        f"Korea Open Government License (KOGL) type 1: free to use with the source named: {edition.publisher}, "
        f"“{edition.shown_title}”, edition {edition.version}. {LICENCE}"
    )


def _codes(book: Book, language: str) -> str:
    return ", ".join(f"{lang.upper()} {language_name(lang, language)}" for lang in book.edition.targets)


def _korean(book: Book) -> list[Section]:
    targets = ", ".join(language_name(lang, "ko") for lang in book.edition.targets)
    source = language_name(book.edition.source, "ko")
    return [
        Section(
            "이 사전을 만든 방법",
            (
                f"이 사전은 개념에서 출발한다. 한 개념을 한 번 정의하고 {source}"
                f"{'와 ' + targets if targets else ''}로 이름을 적었다. 표제어 {len(book.entries):,}개에 "
                f"용어 {book.terms:,}개가 실려 있다.",
                "책은 용어 자료에서 프로그램으로 조판하였다. 같은 자료와 같은 판에서는 언제나 같은 책이 나온다. "
                "정의마다 출처가 자료에 남아 있으며, 이름이 확실하지 않은 언어는 비워 두었다.",
            ),
        ),
        Section(
            "표제어를 읽는 법",
            (
                "표제어는 쓰기를 권하는 말이다. 그 뒤에 한자, 로마자 표기, 품사, 분야를 적고, 뜻풀이와 다른 언어의 말을 실었다. "
                "‘같은 말’은 써도 되는 다른 말이다.",
                "작업장에서 들리는 말(현장어)과 주로 일본어에서 온 말(은어)은 숨기지 않고 표시를 붙여 실었다. "
                "어원과 쓰이는 곳을 적고, 가나다순 본문에서도 그 말을 찾으면 바른말로 이어진다.",
                "상위어·하위어·관련어는 다른 표제어로 가는 길이다.",
                *([f"인쇄본에서는 언어를 부호로 적는다: {_codes(book, 'ko')}."] if targets else []),
            ),
        ),
        Section(
            "찾는 법",
            (
                "본문은 가나다순이고 된소리는 예사소리 뒤에 온다. 분야별 목록, 언어별 찾아보기, 현장어와 은어 목록이 뒤에 있다. "
                "한자로 시작하는 말은 부수순이다.",
            ),
        ),
        Section("이용 허락", (licence_line(book, "ko"),)),
    ]


def _english(book: Book) -> list[Section]:
    targets = ", ".join(language_name(lang, "en") for lang in book.edition.targets)
    source = language_name(book.edition.source, "en")
    return [
        Section(
            "How it was made",
            (
                f"The dictionary starts from concepts: each is defined once and named in {source}"
                f"{' and in ' + targets if targets else ''}. It has {len(book.entries):,} entries with "
                f"{book.terms:,} terms.",
                "The book was set by a program from a termbase; the same data and edition always give the same book. "
                "The data keep the source of every definition. Where a name was not certain, its place is left empty.",
            ),
        ),
        Section(
            "How to read an entry",
            (
                "The headword is the term to use. Hanja, romanisation, part of speech and subject field follow, then the "
                "definitions and the terms of other languages. Other terms that may be used come after “also”.",
                "Words heard in workshops (bench) and borrowed or coarse words, mostly from Japanese (slang), are marked, "
                "not hidden: with their origin, where they are used, and the term that replaces them.",
                "Broader, narrower and related terms lead to other entries.",
                *([f"The printed book writes languages as codes: {_codes(book, 'en')}."] if targets else []),
            ),
        ),
        Section(
            "How to find a word",
            (
                "Korean words stand in Korean alphabetical order; a tense consonant follows its plain one. Entries by "
                "subject field, an index of every language and a list of workshop words follow. Ideographs are in the order "
                "of their radicals.",
            ),
        ),
        Section("Licence", (licence_line(book, "en"),)),
    ]
