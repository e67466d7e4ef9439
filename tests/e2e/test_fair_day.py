"""A day at the fair: the buyer shows its code, an officer checks it in, the maker reads it, a no-show is marked."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import expect

from bridgehead.matchmaking import actions
from bridgehead.matchmaking.actions.fairday import badge_of
from bridgehead.matchmaking.models import CheckIn, Meeting, Slot
from tests.factories.matchmaking import a_buyer_party, a_firm_party, a_forum, a_timetable, a_wish
from tests.factories.organisations import maker_of, staff

pytestmark = pytest.mark.django_db(transaction=True)


def test_check_in_by_code_a_delay_and_a_no_show(visit):
    forum = a_forum()
    firm, buyer = a_firm_party(forum), a_buyer_party(forum, name="Aurum")
    a_wish(firm, buyer)
    actions.publish(timetable=a_timetable(forum), by=None)
    meeting = Meeting.objects.get()
    begun = timezone.now() - timedelta(minutes=1)
    Slot.objects.filter(pk=meeting.slot_id).update(starts_at=begun, ends_at=begun + timedelta(minutes=30))
    maker = visit(maker_of(firm.organisation), phone=True)
    maker.go(f"my/matchmaking/{forum.programme.slug}/")
    maker.sees("not here yet")
    maker.press("15 minutes late")
    assert maker.width <= 360
    officer = visit(staff(forum.programme.host), phone=True)
    with translation.override("en"):
        address = reverse("matchmaking:badge", args=[forum.programme.slug, badge_of(buyer)])
    officer.page.goto(officer.site + address)
    officer.press("Check in")
    officer.sees("Aurum is here.", "15 minutes late")
    assert CheckIn.objects.get().party == buyer
    expect(maker.page.get_by_text("has arrived")).to_be_visible(timeout=30_000)
    officer.press("the firm did not come")
    expect(officer.page.get_by_text("marked").first).to_be_attached()
    meeting.refresh_from_db()
    assert meeting.outcome == "firm"
    assert officer.width <= 360
    assert maker.problems + officer.problems == []
