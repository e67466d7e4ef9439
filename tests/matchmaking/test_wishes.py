"""Wishes of both sides, those an officer enters, pairs kept apart, reminders."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bridgehead.audit.models import Entry
from bridgehead.mailing.models import Mail
from bridgehead.matchmaking import actions
from bridgehead.matchmaking.boards import Board
from bridgehead.matchmaking.instances import build
from bridgehead.matchmaking.models import Block, Wish
from bridgehead.matchmaking.queries import wishes_of
from bridgehead.matchmaking.reminding import to_remind
from tests.factories.catalogue import a_product, published
from tests.factories.matchmaking import a_buyer_party, a_firm_party, a_forum, a_timetable, a_wish
from tests.factories.organisations import maker_of, staff

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"matchmaking:{name}", args=args)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def pair():
    forum = a_forum()
    return a_firm_party(forum), a_buyer_party(forum)


def test_no_of_one_side_keeps_the_pair_out_of_every_timetable_whatever_the_other_wishes(pair):
    firm, buyer = pair
    actions.set_wishes(party=buyer, wishes={firm.pk: 3}, by=None)
    actions.set_wishes(party=firm, wishes={buyer.pk: -1}, by=None)
    assert wishes_of(firm) == {buyer.pk: -1}
    assert wishes_of(buyer) == {firm.pk: 3}
    assert build(firm.forum).requests == ()
    actions.set_wishes(party=firm, wishes={buyer.pk: 1}, by=None)
    assert wishes_of(firm) == {buyer.pk: 1}
    assert len(build(firm.forum).requests) == 1


@pytest.mark.parametrize("said_by", ["firm", "buyer", "officer"])
def test_neither_side_sees_that_a_pair_is_kept_apart(pair, said_by):
    """Every page and file of both sides, word for word the same with the block as without, but for one's own “no”."""
    firm, buyer = pair
    forum, other = firm.forum, a_buyer_party(firm.forum)
    for one, another in ((firm, buyer), (buyer, firm), (firm, other), (other, firm)):
        a_wish(one, another)
    token = actions.invite(party=buyer, by=None).token
    slug = forum.programme.slug
    maker = signed_in(maker_of(firm.organisation))

    def seen():
        by_firm = [
            maker.get(url("my", slug)),
            maker.get(url("my_profile", slug, buyer.pk)),
            maker.get(url("my_calendar", slug)),
        ]
        by_buyer = [
            Client().get(url("buyer", token)),
            Client().get(url("buyer_profile", token, firm.pk)),
            Client().get(url("buyer_calendar", token)),
        ]
        assert {page.status_code for page in [*by_firm, *by_buyer]} == {200}
        return [without_tokens(page) for page in by_firm], [without_tokens(page) for page in by_buyer]

    before = seen()
    if said_by == "officer":
        actions.keep_apart(firm=firm, buyer=buyer, by=None, reason="a quarrel")
    else:
        Block.objects.create(forum=forum, firm=firm, buyer=buyer, said_by=said_by)
    after = seen()
    assert (before[0] == after[0], before[1] == after[1]) == (said_by != "firm", said_by != "buyer")
    assert "quarrel" not in str(after)


def without_tokens(response) -> str:
    lines = response.content.decode().splitlines()
    return "\n".join(line for line in lines if "csrf" not in line.casefold())


def test_officer_sees_pairs_kept_apart_and_takes_only_own_blocks_back(pair):
    firm, buyer = pair
    Block.objects.create(forum=firm.forum, firm=firm, buyer=buyer, said_by="firm")
    client = signed_in(staff(firm.forum.programme.host))
    slug = firm.forum.programme.slug
    client.post(url("apart", slug), {"firm": firm.pk, "buyer": buyer.pk, "reason": "competitors"})
    assert b"competitors" in client.get(url("apart", slug)).content
    for block in Block.objects.all():
        client.post(url("let_meet", slug, block.pk))
    assert [block.said_by for block in Block.objects.all()] == ["firm"]
    timetable = a_timetable_of_others(firm.forum)
    reasons = Board(timetable).problems((firm.pk, buyer.pk), firm.forum.slots.first(), None)
    assert "These two are kept apart." in reasons


def a_timetable_of_others(forum):
    a_wish(a_buyer_party(forum), a_firm_party(forum))
    return a_timetable(forum)


def test_wishes_an_officer_enters_are_marked_until_the_party_changes_them(pair):
    firm, buyer = pair
    other = a_buyer_party(firm.forum)
    actions.set_wishes(party=firm, wishes={other.pk: 2}, by=None)
    officer = signed_in(staff(firm.forum.programme.host))
    address = url("wishes", firm.forum.programme.slug, firm.pk)
    officer.post(address, {f"wish-{buyer.pk}": "3", f"wish-{other.pk}": "2"})
    marked = dict(Wish.objects.values_list("wished", "by_officer"))
    assert marked == {buyer.pk: True, other.pk: False}
    maker = signed_in(maker_of(firm.organisation))
    here = url("my", firm.forum.programme.slug)
    assert maker.get(here).content.decode().count("entered for you by the officer") == 1
    maker.post(here, {f"wish-{buyer.pk}": "1", f"wish-{other.pk}": "2"})
    assert dict(Wish.objects.values_list("wished", "by_officer")) == {buyer.pk: False, other.pk: False}
    assert Entry.objects.filter(verb="party.wishes_for").count() == 1


def test_profile_is_saved_with_the_answers_and_shown_with_the_reasons(pair):
    firm, buyer = pair
    maker = signed_in(maker_of(firm.organisation))
    here = url("my", firm.forum.programme.slug)
    said = {"categories": ["rings"], "price_from": "50", "price_to": "20", "currency": "EUR"}
    assert maker.post(here, said).status_code == 422
    maker.post(here, {**said, "price_to": "90"})
    buyer.categories = ["rings", "gold"]
    buyer.save()
    token = actions.invite(party=buyer, by=None).token
    page = Client().get(url("buyer_profile", token, firm.pk)).content.decode()
    assert "1 of 2 sought: rings" in page
    assert "EUR 50 – EUR 90" in page
    stranger = a_firm_party(a_forum())
    assert Client().get(url("buyer_profile", token, stranger.pk)).status_code == 404


def test_reminders_name_everybody_first_and_never_go_twice_within_a_day(pair):
    firm, buyer = pair
    forum = firm.forum
    silent = a_buyer_party(forum, accepted=False)
    now = timezone.now()
    actions.invite(party=silent, by=None, at=now - timedelta(days=8))
    Mail.objects.all().delete()
    groups = {group.what: [str(party) for party in group.ready] for group in to_remind(forum)}
    assert groups == {"answer": [str(silent)], "wishes": [str(buyer), str(firm)], "confirm": []}
    officer = signed_in(staff(forum.programme.host))
    address = url("remind", forum.programme.slug)
    assert str(firm) in officer.get(address).content.decode()
    for _ in range(2):
        officer.post(address, {"what": ["answer", "wishes"]})
    assert sorted(Mail.objects.values_list("to", flat=True)) == sorted(
        [silent.email, buyer.email, firm.email]
    )
    tomorrow = now + timedelta(hours=25)
    assert len(actions.remind(forum=forum, by=None, what=["wishes"], at=tomorrow)) == 2
    assert actions.remind(forum=forum, by=None, what=["wishes", "confirm"], at=tomorrow) == []


def test_unconfirmed_meetings_are_reminded_of_until_confirmed(pair):
    firm, buyer = pair
    a_wish(firm, buyer)
    actions.publish(timetable=a_timetable(firm.forum), by=None)
    actions.confirm_meetings(party=firm, by=None)
    assert actions.remind(forum=firm.forum, by=None, what=["confirm"]) == [buyer]
    assert Mail.objects.filter(kind="matchmaking.remind_confirm").get().to == buyer.email


def test_profile_of_a_firm_shows_what_it_has_in_the_catalogue_also_to_a_buyer_who_reads_arabic(pair):
    """The catalogue speaks Korean and English: from an Arabic page its links lead to the English one."""
    firm, buyer = pair
    product = published(a_product(firm.organisation))
    a_product(firm.organisation, name_en="Not shown yet")
    token = actions.invite(party=buyer, by=None).token
    page = Client().get(f"/ar/b/{token}/parties/{firm.pk}/").content.decode()
    assert f'href="/en/products/{product.pk}/"' in page
    assert "Not shown yet" not in page
