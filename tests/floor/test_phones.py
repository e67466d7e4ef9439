"""What phones send: every edit once, whatever the phone, its clock or the network do."""

import json
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from bridgehead.audit.models import Entry
from bridgehead.audit.queries import first_break
from bridgehead.floor.incoming import true_moment
from bridgehead.floor.merging import merge
from bridgehead.floor.models import Consultation, FieldConflict, Phone, Receipt
from bridgehead.floor.rules import fair_day
from tests.factories.floor import a_consultation, a_participant
from tests.factories.organisations import a_firm, maker_of
from tests.factories.programmes import a_programme

CONTENT = {"buyer_name": "Rossi", "amount": "12000", "currency": "USD", "held_on": None, "reached": "talk"}


class Handset:
    """A phone of a maker, as the server sees it."""

    def __init__(self, client, firm, programme, clock=timedelta(0)):
        self.client, self.firm, self.programme, self.clock = client, firm, programme, clock
        self.device = str(uuid4())
        self.maker = maker_of(firm)
        self.sign_in()

    def sign_in(self):
        self.client.force_login(self.maker)
        self.hello()

    def post(self, name, data):
        return self.client.post(reverse(f"floor:app_{name}"), json.dumps(data), "application/json")

    def hello(self):
        return self.post("hello", {"phone": self.device, "label": "Chrome · Android", "waiting": 0})

    def edit(self, id=None, base=None, action="save", **content):
        return {
            "edit": str(uuid4()),
            "id": id or str(uuid4()),
            "action": action,
            "programme": self.programme.slug,
            "firm": self.firm.pk,
            "made_at": (timezone.now() + self.clock).isoformat(),
            "base": base,
            "content": {**CONTENT, **content},
        }

    def send(self, *edits):
        now = (timezone.now() + self.clock).isoformat()
        answer = self.post("sync", {"phone": self.device, "clock": now, "edits": edits})
        assert answer.status_code == 200, answer.content
        return [outcome["state"] for outcome in answer.json()["outcomes"]]


@pytest.fixture
def handset(db, client):
    programme = a_programme()
    return Handset(client, a_participant(programme), programme)


def test_entry_sent_three_times_is_one(handset):
    edit = handset.edit()
    assert [handset.send(edit) for _ in range(3)] == [["created"], ["same"], ["same"]]
    assert handset.send(edit, edit) == ["same"]
    assert (Consultation.objects.count(), Receipt.objects.count()) == (1, 1)
    assert Entry.objects.filter(verb="consultation.log").count() == 1
    assert first_break(handset.programme.host.slug) is None


def test_new_entry_and_its_change_in_one_breath(handset):
    first = handset.edit(product="rings")
    second = handset.edit(id=first["id"], base=first["content"], product="brooches")
    assert handset.send(first, second) == ["created", "merged"]
    assert Consultation.objects.get().product == "brooches"


def test_one_wrong_entry_holds_up_no_other(handset):
    states = handset.send(handset.edit(buyer_name=" "), handset.edit(), handset.edit(amount="-1"))
    assert sorted(states) == ["created", "refused", "refused"]
    future = (timezone.now() + timedelta(days=9)).date().isoformat()
    assert handset.send(handset.edit(held_on=future), handset.edit()) == ["refused", "created"]


def test_pursued_amount_makes_the_lowest_rung(handset):
    handset.send(handset.edit(reached="pursued", pursued_amount="5000"))
    assert Consultation.objects.get().stages.get().amount == Decimal(5000)


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_wrong_clock_moves_no_day(handset, days):
    handset.clock = timedelta(days=days)
    before = fair_day(handset.programme, timezone.now())
    handset.send(handset.edit())
    assert Consultation.objects.get().held_on in {before, fair_day(handset.programme, timezone.now())}


def test_entry_of_another_firm_or_programme_is_refused(handset):
    other = a_consultation()
    foreign = {**handset.edit(id=str(other.pk), product="mine now")}
    elsewhere = {**handset.edit(), "programme": other.programme.slug}
    strange = {**handset.edit(), "firm": a_firm().pk}
    assert handset.send(foreign, elsewhere, strange) == ["refused"] * 3
    other.refresh_from_db()
    assert other.product == ""


def test_change_of_another_field_on_another_phone_is_merged_and_of_the_same_field_kept_twice(handset):
    first = handset.edit(product="rings")
    handset.send(first)
    base = first["content"]
    ours = handset.edit(id=first["id"], base=base, product="brooches")
    theirs = handset.edit(id=first["id"], base=base, product="pins", note="call back")
    assert [handset.send(ours), handset.send(theirs), handset.send(theirs)] == [
        ["merged"],
        ["disputed"],
        ["same"],
    ]
    talk, conflict = Consultation.objects.get(), FieldConflict.objects.get()
    assert (talk.product, talk.note) == ("brooches", "call back")
    assert (conflict.base, conflict.kept, conflict.other) == ("rings", "brooches", "pins")
    url = reverse("floor:my_decide", args=[handset.programme.slug, conflict.pk])
    for take in ("other", "kept"):
        handset.client.post(url, {"take": take})
    talk.refresh_from_db()
    conflict.refresh_from_db()
    assert (talk.product, conflict.taken) == ("pins", True)


@pytest.mark.parametrize(
    "field,value", [("amount", "90.50"), ("next_step_on", "2026-03-01"), ("currency", "EUR")]
)
def test_disputed_amount_day_and_currency_can_be_taken(handset, field, value):
    first = handset.edit()
    handset.send(first)
    other = {"amount": "7", "next_step_on": "2026-04-01", "currency": "GBP"}[field]
    for said in (other, value):
        handset.send(handset.edit(id=first["id"], base=first["content"], **{field: said}))
    conflict = FieldConflict.objects.get()
    url = reverse("floor:my_decide", args=[handset.programme.slug, conflict.pk])
    handset.client.post(url, {"take": "other"})
    assert str(getattr(Consultation.objects.get(), field)) == value


def test_withdrawn_and_restored_from_the_phone(handset):
    first = handset.edit()
    handset.send(first)
    assert handset.send(handset.edit(id=first["id"], action="withdraw")) == ["merged"]
    assert Consultation.objects.get().is_withdrawn
    assert handset.send(handset.edit(id=first["id"], base=first["content"], note="x")) == ["refused"]
    assert handset.send(handset.edit(id=first["id"], action="restore")) == ["merged"]
    assert not Consultation.objects.get().is_withdrawn


def test_phone_signed_out_from_afar_gets_no_key_until_its_owner_signs_in(handset):
    key = handset.hello().json()["key"]
    phone = Phone.objects.get()
    handset.client.post(reverse("floor:my_phone_sign_out", args=[phone.pk]))
    answer = handset.hello()
    assert (answer.status_code, answer.json()) == (401, {"forget": True})
    handset.sign_in()
    assert handset.hello().json()["key"] == key


def test_signing_out_takes_the_key_but_an_expired_session_does_not(handset):
    handset.client.cookies.clear()
    assert handset.hello().json() == {"forget": False}
    handset.sign_in()
    handset.client.logout()
    assert handset.hello().json() == {"forget": True}


def test_two_people_on_one_phone_have_two_keys(handset):
    mine = handset.hello().json()["key"]
    handset.client.force_login(maker_of(a_participant(handset.programme)))
    assert handset.hello().json()["key"] != mine
    assert Phone.objects.count() == 2


def test_phone_that_was_never_greeted_may_not_send(handset):
    handset.device = str(uuid4())
    now = timezone.now().isoformat()
    assert handset.post("sync", {"phone": handset.device, "clock": now, "edits": []}).status_code == 409


def test_twenty_entries_take_as_many_queries_as_one(handset, django_assert_max_num_queries):
    handset.send(handset.edit())
    with django_assert_max_num_queries(45):
        handset.send(*[handset.edit(reached="pursued", pursued_amount="5") for _ in range(20)])
    assert Consultation.objects.count() == 21


VALUES = st.dictionaries(st.sampled_from("abc"), st.integers(0, 2)).map(
    lambda some: {**dict.fromkeys("abc", 0), **some}
)


@given(VALUES, VALUES, VALUES)
def test_merging_loses_no_value_and_disputes_only_what_both_changed(base, theirs, stored):
    merged = merge(base=base, theirs=theirs, stored=stored)
    for name in base:
        disputed = theirs[name] != base[name] and stored[name] != base[name] and theirs[name] != stored[name]
        assert (name in merged.disputed) == disputed
        result = merged.take.get(name, stored[name])
        if not disputed:
            assert result == (stored[name] if theirs[name] == base[name] else theirs[name])


@given(st.integers(-200_000, 200_000), st.integers(0, 100_000))
def test_moment_of_writing_depends_on_how_long_ago_only(wrong, ago):
    now = timezone.now()
    phone = now + timedelta(seconds=wrong)
    assert true_moment(phone - timedelta(seconds=ago), phone, now) == now - timedelta(seconds=ago)
    assert true_moment(phone + timedelta(seconds=5), phone, now) == now
