"""Pavilion, money, matchmaking: what happens before the fair."""

import re

import icalendar

from bridgehead.funding.models import SupportLine
from bridgehead.mailing.models import Mail
from bridgehead.matchmaking.models import Party
from tests.e2e.story.opening import FIRST_DAY


def link_in_the_mail(to, part):
    mail = Mail.objects.filter(to=to, body__contains=f"/{part}/").latest("pk")
    found = re.search(rf"https?://\S+/{part}/[\w-]+/", mail.body)
    assert found, mail.body
    return found.group()


def pavilion_is_drawn(officer, programme):
    officer.go(f"desk/programmes/{programme.slug}/pavilion/")
    officer.follow("Create the pavilion")
    officer.fill(name_ko="종로 공동관", name_en="Jongno pavilion", hall="7.1", width="10", depth="3")
    officer.press("Save")
    officer.fill(number="4", rows="1")
    officer.press("Draw the stands")
    officer.press("Give them the free stands")
    officer.sees("Soyou", "Second Workshop", "A1")
    assert officer.page.locator("main svg").first.is_visible()
    stands = programme.pavilion.stands.exclude(award=None).values_list("award__firm__name_en", flat=True)
    assert set(stands) == {"Soyou", "Second Workshop"}
    assert officer.problems == []


def support_is_promised(officer, programme):
    officer.go(f"desk/programmes/{programme.slug}/funding/")
    officer.follow("Promise support")
    item = programme.cost_items.get()
    officer.fill(cost_item=str(item.pk), amount="1,600,000", description="Freight of the samples")
    officer.page.get_by_text(re.compile("^Soyou")).click()
    officer.press("Promise")
    officer.sees("KRW 1,600,000", "KRW 6,400,000")


def support_is_claimed(maker):
    maker.go("my/support/")
    maker.sees("KRW 8,000,000")
    maker.follow("Send the receipt")
    receipt = {"name": "receipt.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF"}
    maker.upload("receipt", receipt)
    maker.fill(receipt_number="F-2026-17", receipt_issuer="Air Cargo", receipt_on="2026-03-10")
    maker.fill(receipt_amount="1500000", receipt_currency="KRW")
    assert maker.width <= 360
    maker.press("Send the claim")
    maker.sees("Your claim was sent.")
    assert maker.problems == []


def support_is_paid_by_another(officer, finance, programme):
    """Four eyes: the officer who promised cannot approve; finance can."""
    line = SupportLine.objects.get()
    page = f"desk/programmes/{programme.slug}/funding/lines/{line.pk}/"
    officer.go(page)
    assert officer.page.get_by_role("button", name="Approve", exact=True).count() == 0
    finance.go(page)
    finance.press("Approve")
    finance.fill(on="2026-03-20")
    for check in ("national_tax", "local_tax", "account"):
        finance.tick("checks", check)
    finance.press("Record the payment")
    finance.sees("It counts as spent now.")
    finance.go(f"desk/programmes/{programme.slug}/funding/")
    # 80 % of the receipt of 1,500,000
    finance.sees("KRW 1,200,000", "KRW 58,800,000", "KRW 6,800,000")
    assert officer.problems == finance.problems == []


def buyer_is_invited(officer, programme):
    officer.go(f"desk/programmes/{programme.slug}/matchmaking/set-up/")
    for box in officer.page.locator('[name="days"]').all():
        wanted = box.get_attribute("value") == str(FIRST_DAY)
        if box.is_checked() != wanted:
            officer.tick("days", box.get_attribute("value"))
    officer.fill(starts="10:00", ends="12:00", minutes="30", pauses="", tables="2")
    officer.fill(wishes_close_at="2026-04-30T18:00")
    officer.press("Open matchmaking")
    officer.press("Take over 2 participating firms")
    officer.follow("Add a buyer")
    officer.fill(name="Rossi Gioielli", country="IT", contact_name="Anna Rossi", email="rossi@example.org")
    officer.press("Add and invite")
    officer.sees("Rossi Gioielli was added and invited.")
    assert officer.problems == []
    return link_in_the_mail("rossi@example.org", "b")


def buyer_answers_by_link(buyer, link):
    buyer.go(link)
    buyer.sees("Rossi Gioielli, your meetings")
    buyer.press("Yes, I take part")
    buyer.fill(interest="Silver jewelry")
    for firm in ("Soyou", "Second Workshop"):
        party = Party.objects.get(organisation__name_en=firm)
        buyer.fill(**{f"wish-{party.pk}": "2"})
    assert buyer.width <= 360
    buyer.press("Save")
    buyer.sees("Saved.")
    assert buyer.problems == []


def maker_wishes(maker, programme):
    maker.go(f"my/matchmaking/{programme.slug}/")
    rossi = Party.objects.get(organisation__name_en="Rossi Gioielli")
    maker.fill(**{f"wish-{rossi.pk}": "3"})
    maker.press("Save")
    maker.sees("Saved.")
    assert maker.width <= 360
    assert maker.problems == []


def timetable_is_published(officer, programme):
    officer.go(f"desk/programmes/{programme.slug}/timetable/runs/")
    officer.fill(seconds="5")
    officer.press("Compute timetable")
    officer.follow("Draft 1")
    officer.sees("Draft 1", "Rossi Gioielli")
    officer.press("Publish and send")
    officer.sees("Version 1 · published")
    mails = Mail.objects.exclude(attachment_name="")
    assert set(mails.values_list("to", flat=True)) >= {"maker@example.org", "rossi@example.org"}
    assert officer.problems == []


def calendar_is_taken(buyer, link):
    buyer.go(link)
    buyer.sees("Your meetings", "Soyou", "Second Workshop")
    calendar = icalendar.Calendar.from_ical(buyer.download("Add to calendar"))
    starts = [event.decoded("dtstart") for event in calendar.walk("VEVENT")]
    assert len(starts) == 2
    assert {start.date() for start in starts} == {FIRST_DAY}
    assert buyer.problems == []
