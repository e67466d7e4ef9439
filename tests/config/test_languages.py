"""No page mixes languages: what is not a name or somebody's own words is in the language of the page."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from tests.config.table import ROLES, TABLE

pytestmark = pytest.mark.django_db
UNREAD = {"script", "style", "textarea", "svg", "datalist", "code"}
SPOKEN = {"aria-label", "placeholder", "title", "alt"}
EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
HANGUL = re.compile(r"[가-힣][가-힣 .,·]*")
SENTENCE = re.compile(r"\b[A-Za-z][a-z’']*(?: [a-z’']+){2,}")
#: Written by people, not by the site: what the programme of the tests is about, and the form's own examples.
WORDS_OF_PEOPLE = re.compile(
    "시험시|시험재단|은공방|금공방|공방 [0-9]+|참가 기업 모집|병가|부스 임차료 인상|점수를 다시 보아 주십시오|이천시|은반지|우수함|동의합니다|지역특화 사업|중소벤처기업부"
    "|V[0-9]{2}-[0-9]+ · 번역|Call for participants|News of the pavilion|김서연"
)
#: Where Korean belongs on an English page: mails and records in the language they were written in, and examples of what
#: the form builder and the reader of workbooks take; files of a settlement are named in the language they were asked for in.
KOREAN_BELONGS = {
    "calls:desk_mails", "mailing:detail", "portal:audit", "floor:import", "floor:import_preview",
    "questions:question_edit", "questions:question_new", "funding:settlement_ready", "funding:past",
}  # fmt: skip


class Text(HTMLParser):
    """What is read on a page, without the parts that say they are in the other language."""

    def __init__(self, language):
        super().__init__()
        self.language, self.skipping, self.found = language, [], []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        foreign = given.get("lang", self.language) != self.language
        if tag not in EMPTY and (self.skipping or tag in UNREAD or foreign):
            self.skipping.append(tag)
        if not self.skipping and not foreign:
            self.found += [given[name] for name in SPOKEN & given.keys() if given[name]]

    def handle_endtag(self, tag):
        if self.skipping and self.skipping[-1] == tag:
            self.skipping.pop()

    def handle_data(self, data):
        if not self.skipping and data.strip():
            self.found.append(" ".join(data.split()))


def texts(world, language):
    """Page → what it says, for every page of the table."""
    clients = {}
    for row in TABLE:
        role = next((role for role in ROLES if row.outcomes[role] == "O"), None)
        if not row.is_page or role is None or row.name == "wagtailadmin_home":
            continue
        if role not in clients:
            clients[role] = Client()
            if world.people[role]:
                clients[role].force_login(world.people[role])
        response = clients[role].get(row.url(world, language))
        if "text/html" in response.get("Content-Type", ""):
            text = Text(language)
            text.feed(response.content.decode())
            yield row.name, text.found


def foreign(world, language, pattern, but=frozenset()):
    """A line for each finding, so that a failure says all of them."""
    found = {
        f"{name}: {found.group().strip()}"
        for name, said in texts(world, language)
        if name not in but
        for words in said
        for found in pattern.finditer(WORDS_OF_PEOPLE.sub("", words))
    }
    return "\n".join(sorted(found))


def test_korean_pages_hold_no_english_sentence(world):
    assert foreign(world, "ko", SENTENCE) == ""


def test_english_pages_hold_no_korean(world):
    assert foreign(world, "en", HANGUL, KOREAN_BELONGS) == ""
