"""The officer prepares: programme, money, call."""

from datetime import date

from bridgehead.calls.models import Call
from bridgehead.portal.demo.personas import PERSONAS
from bridgehead.programmes.models import Programme

FIRST_DAY, LAST_DAY = date(2026, 5, 11), date(2026, 5, 14)


def officer_signs_in_as_a_persona(visit):
    officer = visit()
    officer.go("demo/")
    officer.press(PERSONAS[0].name)
    officer.page.wait_for_url("**/desk/**")
    return officer


def programme_with_a_new_edition(officer):
    officer.go("desk/new-programme/")
    officer.fill(title_ko="주얼리 박람회 종로 공동관", title_en="Jongno pavilion at the jewelry fair")
    officer.fill(starts_on=str(FIRST_DAY), ends_on=str(LAST_DAY), zone="Europe/Rome", result_currency="USD")
    officer.open("The fair edition is not in the list")
    officer.fill(
        "new_edition-",
        fair_name="VICENZAORO",
        organiser="Italian Exhibition Group",
        name="VICENZAORO May 2026",
        starts_on=str(FIRST_DAY),
        ends_on=str(LAST_DAY),
        city="Vicenza",
        country="IT",
        zone="Europe/Rome",
    )
    if not officer.field("is_public").is_checked():
        officer.tick("is_public")
    officer.press("Create the programme")
    officer.sees("The programme was created.")
    programme = Programme.objects.get()
    assert officer.path == f"desk/programmes/{programme.slug}/"
    return programme


def money(officer, programme):
    base = f"desk/programmes/{programme.slug}/funding/"
    officer.go(f"{base}sources/new/")
    officer.fill(kind="city", name_ko="종로구", name_en="Jongno", amount="60,000,000")
    officer.press("Save")
    officer.go(f"{base}items/new/")
    officer.fill(
        code="freight", name_ko="운송비", name_en="Freight", mode="cash", rate="80", budget="12,000,000"
    )
    officer.press("Save")
    officer.go(f"{base}ceilings/new/")
    officer.fill(amount="8,000,000", effective_from="2026-01-01", reason="Plan of the year")
    officer.press("Save")
    officer.sees("KRW 60,000,000", "KRW 8,000,000")


def call_written_and_published(officer, programme):
    officer.go(f"desk/programmes/{programme.slug}/calls/new/")
    officer.fill(title_ko="참가 기업 모집", title_en="Call for firms")
    officer.fill(opens_at="2026-03-01T09:00", closes_at="2026-03-18T18:00")
    officer.press("Save and continue")
    officer.fill(body_ko="함께 갈 공방을 찾습니다.", body_en="We look for workshops to come along.")
    officer.fill(
        benefits_ko="부스",
        benefits_en="A stand",
        eligibility_ko="종로구 기업",
        eligibility_en="Firms in Jongno",
    )
    officer.press("Save and continue")
    officer.follow("Continue")
    questions_of_the_call(officer)
    stage_with_criteria(officer, [("제품력", "Product", "60"), ("준비도", "Readiness", "40")])
    officer.press("Save and continue")
    officer.fill(places="2", reserves="1", threshold="50")
    officer.press("Save and continue")
    officer.press("Publish the call")
    officer.sees("The call is published.")
    return Call.objects.get()


def questions_of_the_call(officer):
    """The call has a set of its own, filled in the form builder; then back to the call."""
    step = officer.page.url
    officer.follow("Edit the questions of the present set")
    for key, kind, korean, english in [
        ("product", "short_text", "주력 제품", "Main product"),
        ("story", "long_text", "제품의 특징", "What sets it apart"),
    ]:
        officer.follow("Add a question")
        officer.fill(kind=kind, key=key, label_ko=korean, label_en=english)
        officer.press("Save")
    officer.go(step)
    officer.sees("What sets it apart")
    officer.press("Save and continue")


def stage_with_criteria(officer, criteria, reviews="2"):
    """From the list of stages into the first one without criteria, and back to the list."""
    officer.page.locator("li", has_text="no criteria yet").get_by_role("link").first.click()
    for number, (korean, english, weight) in enumerate(criteria):
        officer.fill(f"criteria-{number}-", name_ko=korean, name_en=english, weight=weight)
    officer.fill(reviews_wanted=reviews)
    officer.press("Save the stage")
