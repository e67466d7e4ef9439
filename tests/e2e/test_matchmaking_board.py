"""An officer changes a draft by keyboard and by mouse, is told what stands in the way, and publishes."""

import pytest
from playwright.sync_api import expect

from bridgehead.matchmaking.models import Timetable
from tests.factories.matchmaking import a_buyer_party, a_firm_party, a_forum, a_timetable, a_wish
from tests.factories.organisations import staff

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft():
    """One firm, two buyers: two meetings at one table in the first and second slot."""
    forum = a_forum(tables=1)
    firm = a_firm_party(forum)
    for name in ("Aurum", "Bellandi"):
        a_wish(a_buyer_party(forum, name=name), firm)
    return a_timetable(forum)


def test_officer_moves_a_meeting_by_keyboard_swaps_by_mouse_and_publishes(visit, draft):
    first, second = draft.meetings.order_by("slot")
    visitor = visit(staff(draft.forum.programme.host))
    visitor.go(f"desk/programmes/{draft.forum.programme.slug}/timetable/")
    page, said = visitor.page, visitor.page.locator("[data-said]")
    page.locator(f'[data-pair="{first.pair}"]').focus()
    page.keyboard.press("Enter")
    expect(said).to_contain_text("Taken up")
    page.keyboard.press("ArrowDown")
    expect(said).to_contain_text(f"swap with {second.firm.organisation.name_en} – {second.buyer}")
    page.keyboard.press("ArrowDown")
    expect(said).to_contain_text("free")
    page.keyboard.press("Enter")
    expect(said).to_contain_text("Moved:")
    page.locator(f'[data-pair="{first.pair}"]').drag_to(page.locator(f'[data-pair="{second.pair}"]'))
    expect(said).to_contain_text("Swapped:")
    page.get_by_role("button", name="Undo").click()
    expect(said).to_contain_text("taken back")
    slots = list(draft.forum.slots.values_list("pk", flat=True))
    assert dict(draft.meetings.values_list("buyer", "slot")) == {
        first.buyer_id: slots[2],
        second.buyer_id: slots[1],
    }
    visitor.press("Publish and send")
    visitor.sees("Version 1 · published")
    assert Timetable.objects.get().version == 1
    assert visitor.problems == []


def test_officer_on_a_phone_moves_a_meeting_without_dragging(visit, draft):
    first, second = draft.meetings.order_by("slot")
    visitor = visit(staff(draft.forum.programme.host), phone=True)
    visitor.go(f"desk/programmes/{draft.forum.programme.slug}/timetable/")
    visitor.page.get_by_role("link", name=f"Move {first.firm.organisation.name_en} – {first.buyer}").click()
    visitor.sees(
        "where it is now",
        f"{second.firm.organisation.name_en} meets {second.buyer} then.",
        "Swap with another meeting",
    )
    assert visitor.width <= 360
    visitor.page.get_by_role("button", name="Put here").last.click()
    visitor.sees("Moved:")
    first.refresh_from_db()
    assert first.slot == draft.forum.slots.last()
    assert visitor.problems == []
