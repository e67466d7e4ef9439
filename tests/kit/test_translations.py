"""The tool that keeps the Korean catalogues complete, tried on a room made for it."""

from types import SimpleNamespace

import polib
import pytest

from bridgehead.kit import translations
from bridgehead.kit.translations import Message, catalogue, check, conflicts, messages_of, update

CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy

title = _("Open calls")
again = _("Open calls")
count = ngettext("%(n)s firm", "%(n)s firms", 2)
where = pgettext_lazy("postal", "address")
joined = _("A long sentence "
           "in two lines")
computed = _(title)
formatted = _(f"never {title}")
plain = "not for people"
"""
TEMPLATE = """{% load i18n %}
<h1>{% translate "Results (by stage)" %}</h1>
{% translate "Firm" context "header" as firm %}
{% blocktranslate trimmed count days=days %}{{ days }} day left{% plural %}{{ days }} days left{% endblocktranslate %}
{% blocktranslate trimmed with name=user.name %}
  Good day,
  {{ name }}
{% endblocktranslate %}
<p>not marked</p>
"""
WANTED = {
    Message("Open calls"),
    Message("%(n)s firm", "%(n)s firms"),
    Message("address", context="postal"),
    Message("A long sentence in two lines"),
    Message("Results (by stage)"),
    Message("Firm", context="header"),
    Message("%(days)s day left", "%(days)s days left"),
    Message("Good day, %(name)s"),
    Message("Dear %(name)s,"),
}


@pytest.fixture
def room(tmp_path):
    """One module, one page, one mail; a migration that must not count."""
    room = tmp_path / "bakery"
    for folder in ("templates/bakery/mail", "migrations"):
        (room / folder).mkdir(parents=True)
    (room / "views.py").write_text(CODE)
    (room / "migrations" / "0001_initial.py").write_text('_("Frozen")')
    (room / "templates/bakery/page.html").write_text(TEMPLATE)
    (room / "templates/bakery/mail/hello.txt").write_text(
        "{% load i18n %}{% blocktranslate %}Dear {{ name }},{% endblocktranslate %}"
    )
    return room


def translate_all(room):
    po = catalogue(room)
    for entry in po:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: "번역"}
        else:
            entry.msgstr = "번역"
    po.save()
    return po


def test_messages_of_finds_code_pages_and_mails(room):
    assert messages_of(room) == WANTED


def test_update_adds_what_is_missing_once(room):
    assert update(room) == len(WANTED)
    assert update(room) == 0
    po = catalogue(room)
    assert {translations._key(entry) for entry in po} == WANTED
    assert [entry.msgid for entry in po] == sorted(entry.msgid for entry in po)
    assert po.metadata["Plural-Forms"] == "nplurals=1; plural=0;"


def test_update_of_a_room_without_texts_writes_nothing(tmp_path):
    (tmp_path / "empty").mkdir()
    assert update(tmp_path / "empty") == 0
    assert list((tmp_path / "empty").iterdir()) == []
    assert check(tmp_path / "empty") == []


def test_update_drops_what_the_source_no_longer_says_and_keeps_translations(room):
    update(room)
    translate_all(room)
    (room / "views.py").write_text('_("Open calls"); _("Closed calls")')
    assert update(room) == 1
    entries = {entry.msgid: entry.msgstr for entry in catalogue(room)}
    assert entries["Open calls"] == "번역"
    assert entries["Closed calls"] == ""
    assert "%(n)s firm" not in entries


def test_update_keeps_entries_with_a_comment(room):
    """Texts that a library says, translated here: the comment says why they stay."""
    update(room)
    po = catalogue(room)
    po.append(polib.POEntry(msgid="Sign out", msgstr="로그아웃", tcomment="said by allauth"))
    po.append(polib.POEntry(msgid="Nobody says this", msgstr="없음"))
    po.save()
    update(room)
    kept = {entry.msgid for entry in catalogue(room)}
    assert "Sign out" in kept
    assert "Nobody says this" not in kept


def test_check_names_every_text_without_korean(room):
    assert len(check(room)) == len(WANTED)
    update(room)
    assert len(check(room)) == len(WANTED)
    po = translate_all(room)
    assert check(room) == []
    po.find("Open calls").msgstr = ""
    po.save()
    assert check(room) == ["bakery: no Korean for “Open calls”"]


def test_check_does_not_count_a_doubtful_translation(room):
    update(room)
    po = translate_all(room)
    po.find("Open calls").flags.append("fuzzy")
    po.save()
    assert check(room) == ["bakery: no Korean for “Open calls”"]


def test_check_tells_contexts_apart(room):
    update(room)
    translate_all(room)
    (room / "more.py").write_text('_("address")')
    assert check(room) == ["bakery: no Korean for “address”"]


@pytest.fixture
def two_rooms(room):
    other = room.parent / "mill"
    other.mkdir()
    (other / "views.py").write_text('_("Open calls"); _("Flour")')
    for each in (room, other):
        update(each)
        translate_all(each)
    return SimpleNamespace(source=room.parent, other=other)


def test_conflicts_of_agreeing_rooms_are_none(two_rooms):
    assert conflicts(two_rooms.source) == []


def test_conflicts_name_the_text_and_both_rooms(two_rooms):
    po = catalogue(two_rooms.other)
    po.find("Open calls").msgstr = "열린 공고"
    po.save()
    assert conflicts(two_rooms.source) == [
        "“Open calls” is “번역” in bakery and “열린 공고” in mill",
    ]


def test_a_text_not_yet_translated_is_no_conflict(two_rooms):
    po = catalogue(two_rooms.other)
    po.find("Open calls").msgstr = ""
    po.save()
    assert conflicts(two_rooms.source) == []
