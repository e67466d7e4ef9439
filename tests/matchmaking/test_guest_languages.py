"""Buyers read their own pages and mails in their language, wholly."""

import re

import pytest
from django.test import Client

from bridgehead.kit.translations import GUESTS, SOURCE, check, guest_messages
from bridgehead.mailing.models import Mail
from bridgehead.matchmaking import actions
from bridgehead.matchmaking.guests import CODES
from bridgehead.matchmaking.models import Party
from bridgehead.matchmaking.queries import meetings_of
from tests.config.test_languages import HANGUL, SENTENCE, Text
from tests.factories.matchmaking import a_buyer_party, a_firm_party, a_forum, a_timetable, a_wish

pytestmark = pytest.mark.django_db
FOREIGN = {code: name for code, name in CODES.items() if code not in {"ko", "en"}}
#: Names that people gave: of firms, fairs and hosts.
NAMES = re.compile("Workshop [0-9]+|Buyer [0-9]+|Programme [0-9]+|Firm [0-9]+|Open-source")


def test_every_text_of_the_guests_pages_is_there_in_every_language():
    room = SOURCE / "matchmaking"
    assert len(guest_messages(room)) > 150
    assert [problem for problem in check(room) if any(f"no {code} " in problem for code in GUESTS)] == []


def the_link_of(party: Party, code: str) -> str:
    mail = Mail.objects.filter(to=party.email).latest("pk")
    found = re.search(r"https?://[^/]+(/[\w-]+/b/[\w-]+/)", mail.body)
    assert found, mail.body
    assert found.group(1).startswith(f"/{CODES[code]}/b/")
    return found.group(1)


@pytest.mark.parametrize("code", sorted(FOREIGN))
def test_page_and_mail_hold_no_word_of_another_language(code):
    forum = a_forum()
    firm, other = a_firm_party(forum), a_firm_party(forum)
    buyer = a_buyer_party(forum, language=code, accepted=False, country="IT")
    actions.invite(party=buyer, by=None)
    address = the_link_of(buyer, code)
    client = Client()
    invited = client.get(address)
    client.post(f"{address}answer/", {"answer": "accept"})
    a_wish(firm, buyer)
    a_wish(buyer, other)
    actions.publish(timetable=a_timetable(forum), by=None)
    pages = [
        invited,
        client.get(address),
        client.get(f"{address}parties/{firm.pk}/"),
        client.get("/" + address.split("/")[1] + "/b/nonsense/"),
    ]
    meeting = meetings_of(buyer).first()
    pages.append(client.get(f"{address}meetings/{meeting.uid}/cancel/"))
    assert [page.status_code for page in pages] == [200, 200, 200, 404, 200]
    for page in pages:
        text = Text(FOREIGN[code])
        text.feed(page.content.decode())
        said = [NAMES.sub("", words) for words in text.found]
        assert [words for words in said if HANGUL.search(words)] == []
        if code != "it":
            assert [words for words in said if SENTENCE.search(words)] == []
        assert page["Content-Language"] == FOREIGN[code]
        assert ('dir="rtl"' in page.content.decode()) == (code == "ar")
    for mail in Mail.objects.filter(to=buyer.email):
        assert not HANGUL.search(NAMES.sub("", mail.subject + mail.body))


def test_rest_of_the_site_is_not_there_in_those_languages():
    assert [Client().get(f"/{code}/").status_code for code in FOREIGN.values()] == [404] * 4
