"""The buyers' directory: files taken in, doubles merged and taken apart, consent, hosted buyers."""

import json
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from bridgehead.engines.worksheets import UnreadableSheet
from bridgehead.matchmaking import actions
from bridgehead.matchmaking.actions import directory
from bridgehead.matchmaking.directory import doubles_among, records_visible_to
from bridgehead.matchmaking.doubles import Entry, find, plain_name, plain_phone
from bridgehead.matchmaking.models import BuyerMerge, BuyerRecord, Hosting, Party
from bridgehead.matchmaking.worksheet import read
from bridgehead.organisations.models import Contact, Organisation
from tests.factories.matchmaking import a_buyer_party, a_firm_party, a_forum
from tests.factories.organisations import a_host, maker_of, staff

CARDS = b"""BEGIN:VCARD\r
VERSION:3.0\r
FN:Mario Rossi\r
ORG:Rossi Gioielli\\, S.r.l.;Buying\r
EMAIL;TYPE=WORK:Mario@Rossi.example\r
TEL;TYPE=CELL:+39 06 123\r
  4567\r
ADR;TYPE=WORK:;;Via Roma 1;Roma;;00100;Italy\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:4.0\r
FN:Nobody Knows\r
ADR:;;;;;;Atlantis\r
END:VCARD\r
"""


def sheet(*rows) -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet()
    page.write_row(0, 0, ["바이어 명단"])
    page.write_row(2, 0, ["회사명", "국가", "담당자", "이메일", "전화번호", "언어", "관심품목", "공유 동의"])
    for number, row in enumerate(rows, start=3):
        page.write_row(number, 0, row)
    book.close()
    return target.getvalue()


ROSSI = [
    "Rossi Gioielli",
    "이탈리아",
    "Mario Rossi",
    "mario@rossi.example",
    "+39 06 1234567",
    "이탈리아어",
    "은",
    "예",
]
KANDA = ["Kanda Bijou", "일본", "Kanda Aki", "aki@kanda.example", "", "Japanese", "", ""]
BROKEN = ["Broken", "일본", "", "not a mail", "", "", "", ""]


def test_cards_and_workbooks_give_the_same_rows():
    card = read(CARDS, "en")
    assert [(r.name, r.country, r.contact, r.email, r.phone, r.region) for r in card.rows] == [
        ("Rossi Gioielli, S.r.l.", "IT", "Mario Rossi", "mario@rossi.example", "+39 06 123 4567", "Roma")
    ]
    assert [(refusal.row, refusal.column, refusal.value) for refusal in card.refused] == [
        (2, "ADR", "Atlantis")
    ]
    row = read(sheet(ROSSI), "ko").rows[0]
    assert (row.name, row.country, row.language, row.consent) == ("Rossi Gioielli", "IT", "it", True)


@pytest.mark.parametrize("content", [b"", b"BEGIN:VCARD\r\n", b"no table at all"])
def test_unreadable_file_is_refused_as_a_whole(content):
    with pytest.raises(UnreadableSheet):
        read(content, "en")


def test_signs_of_one_buyer():
    one = Entry(
        1,
        "Aurum S.r.l.",
        frozenset({"a@aurum.example"}),
        frozenset({"+39 06 1234567"}),
        "https://www.aurum.example/it",
    )
    same_mail = Entry(2, "Other", frozenset({"A@aurum.example"}))
    same_domain = Entry(3, "AURUM SRL", frozenset({"b@aurum.example"}))
    same_phone = Entry(4, "Somebody", phones=frozenset({"06-123-4567"}))
    public = Entry(5, "Aurum", frozenset({"aurum@gmail.com"}))
    assert [tuple(double) for double in find([one, same_mail, same_domain, same_phone, public])] == [
        (1, 2, "email"),
        (1, 3, "domain"),
        (1, 4, "phone"),
    ] or plain_phone("06-123-4567") != plain_phone("+39 06 1234567")
    assert plain_name("Aurum Co., Ltd.") == plain_name("AURUM")


@given(
    st.lists(
        st.builds(
            Entry,
            key=st.integers(1, 50),
            name=st.text(max_size=8),
            emails=st.frozensets(st.emails(), max_size=2),
        ),
        unique_by=lambda e: e.key,
        max_size=8,
    )
)
def test_doubles_do_not_depend_on_the_order_and_name_every_pair_once(entries):
    found = find(entries)
    assert found == find(reversed(entries))
    assert len({(double.one, double.other) for double in found}) == len(found)
    assert all(double.one < double.other for double in found)


@pytest.mark.django_db
def test_import_takes_all_rows_or_none_and_nothing_twice():
    host = a_host()
    with pytest.raises(directory.RowsRefused):
        directory.import_buyers(host=host, content=sheet(ROSSI, BROKEN), by=None)
    assert BuyerRecord.objects.count() == 0
    assert directory.import_buyers(host=host, content=sheet(ROSSI, BROKEN, ROSSI), by=None, partial=True) == 1
    assert directory.import_buyers(host=host, content=sheet(ROSSI, KANDA), by=None) == 1
    assert directory.import_buyers(host=host, content=sheet(ROSSI, KANDA), by=None) == 0
    assert directory.import_buyers(host=host, content=CARDS, by=None, partial=True) == 0
    record = BuyerRecord.objects.get(organisation__name_en="Rossi Gioielli")
    assert (record.shared_at is not None, record.interest) == (True, "은")
    assert record.organisation.contacts.get().language == "it"


@pytest.mark.django_db
def test_command_prints_the_object_of_the_interface(tmp_path, capsys):
    forum = a_forum()
    path = tmp_path / "buyers.xlsx"
    path.write_bytes(sheet(ROSSI, KANDA))
    for imported, doubles in ((2, 0), (0, 2)):
        call_command("import", "buyers", str(path), programme=forum.programme.slug, json=True)
        document = json.loads(capsys.readouterr().out)
        assert (document["rows"], document["imported"], len(document["duplicates"])) == (2, imported, doubles)
        assert document["rejected"] == []


def a_record(host, name="Aurum", email="a@aurum.example", **fields) -> BuyerRecord:
    buyer = Organisation.objects.create(
        slug=f"{name}-{Organisation.objects.count()}".lower().replace(" ", "-"),
        kind="buyer",
        name_en=name,
        country="IT",
        **fields,
    )
    Contact.objects.create(organisation=buyer, name="Somebody", email=email)
    return BuyerRecord.objects.create(organisation=buyer, host=host)


@pytest.mark.django_db
def test_other_hosts_see_only_those_who_agreed():
    mine, theirs = a_host(), a_host()
    own, shared, hidden = (
        a_record(mine, "Own"),
        a_record(theirs, "Shared", "s@s.example"),
        a_record(theirs, "Hidden", "h@h.example"),
    )
    officer = staff(mine)
    assert list(records_visible_to(officer)) == [own]
    forum = a_forum()
    party = a_buyer_party(forum, name="Shared", country="IT")
    assert party.organisation == shared.organisation
    directory.share_buyer(party=party, share=True, words="I agree.", by=None)
    assert set(records_visible_to(officer)) == {own, shared}
    directory.share_buyer(party=party, share=False, words="", by=None)
    assert list(records_visible_to(officer)) == [own]
    assert hidden not in records_visible_to(officer)
    assert not records_visible_to(maker_of(a_firm_party(forum).organisation)).exists()


@pytest.mark.django_db
def test_merge_moves_everything_and_undo_puts_it_back():
    forum = a_forum()
    host = forum.programme.host
    party = a_buyer_party(forum, name="Aurum Srl", email="a@aurum.example")
    gone = party.organisation.buyer_record
    kept = a_record(host, "AURUM", "a@aurum.example")
    gone.organisation.website = "https://aurum.example"
    gone.organisation.save()
    second = Contact.objects.create(organisation=gone.organisation, name="Second", email="b@aurum.example")
    assert [(pair.one, pair.other, pair.sign) for pair in doubles_among(records_visible_to(staff(host)))] == [
        (gone, kept, "email")
    ]
    merge = directory.merge_buyers(kept=kept, gone=gone, host=host, by=None)
    party.refresh_from_db()
    second.refresh_from_db()
    kept.organisation.refresh_from_db()
    assert (party.organisation, second.organisation) == (kept.organisation, kept.organisation)
    assert kept.organisation.website == "https://aurum.example"
    assert list(records_visible_to(staff(host))) == [kept]
    with pytest.raises(directory.CannotMerge):
        directory.merge_buyers(kept=kept, gone=gone, host=host, by=None)
    for _ in range(2):
        directory.undo_merge(merge=merge, by=None)
    party.refresh_from_db()
    second.refresh_from_db()
    kept.organisation.refresh_from_db()
    assert (party.organisation, second.organisation) == (gone.organisation, gone.organisation)
    assert kept.organisation.website == ""
    assert set(records_visible_to(staff(host))) == {kept, gone}


@pytest.mark.django_db
def test_two_in_one_forum_are_not_merged_and_a_merged_name_leads_to_the_kept_entry():
    forum = a_forum()
    one, other = a_buyer_party(forum, name="Aurum"), a_buyer_party(forum, name="Aurum Srl")
    records = [one.organisation.buyer_record, other.organisation.buyer_record]
    host = forum.programme.host
    with pytest.raises(directory.SameForum):
        directory.merge_buyers(kept=records[0], gone=records[1], host=host, by=None)
    other.delete()
    directory.merge_buyers(kept=records[0], gone=records[1], host=host, by=None)
    with pytest.raises(actions.AlreadyInvited):
        a_buyer_party(forum, name="Aurum Srl")
    assert Party.objects.count() == 1


@pytest.mark.django_db
def test_officer_imports_with_a_preview_and_a_stranger_sees_nothing():
    host = a_host()
    client = Client()
    client.force_login(staff(host))
    file = SimpleUploadedFile("buyers.xlsx", sheet(ROSSI, BROKEN))
    response = client.post(reverse("matchmaking:buyers_import"), {"host": host.pk, "file": file})
    preview = client.get(response["Location"]).content.decode()
    assert "not a mail" in preview
    client.post(response["Location"])
    assert BuyerRecord.objects.count() == 0
    client.post(response["Location"], {"partial": "1"})
    assert [str(record) for record in BuyerRecord.objects.all()] == ["Rossi Gioielli"]
    other = Client()
    other.force_login(staff(a_host(), "reviewer"))
    assert other.get(reverse("matchmaking:directory")).status_code == 404
    assert other.get(response["Location"]).status_code == 404


@pytest.mark.django_db
def test_buyer_accepts_hosting_and_officer_sees_what_was_kept():
    forum = a_forum()
    buyer = a_buyer_party(forum, language="it")
    client = Client()
    client.force_login(staff(forum.programme.host))
    address = reverse("matchmaking:hosting", args=[forum.programme.slug, buyer.pk])
    client.post(address, {"travel": "Return flight", "nights": 3, "must_attend": 5, "guaranteed_meetings": 4})
    token = actions.invite(party=buyer, by=None).token
    page = Client().get(f"/it/b/{token}/")
    assert "Return flight" in page.content.decode()
    Client().post(f"/it/b/{token}/hosting/", {"answer": "accept"})
    hosting = Hosting.objects.get()
    assert hosting.state == Hosting.State.ACCEPTED
    client.post(address, {"given": "1", "travel_given": "on", "nights_given": 2})
    hosting.refresh_from_db()
    buyer.refresh_from_db()
    assert (hosting.state, hosting.travel_given, hosting.nights_given) == (Hosting.State.ACCEPTED, True, 2)
    assert buyer.guaranteed_meetings == 4
    assert BuyerMerge.objects.count() == 0
