"""One certificate from the application to its withdrawal, each part by another person; and badges."""

import json
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from bridgehead.certification.models import Case
from tests.factories.calls import an_award
from tests.factories.certification import a_scheme
from tests.factories.organisations import a_firm, a_host, maker_of, staff
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db(transaction=True)
PDF = {"name": "report.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF"}


@pytest.fixture
def scheme(site):
    """The city's, evaluated by an institute."""
    body = a_host(kind="agency")
    return a_scheme(a_host(kind="city"), slug="eco", code="ECO", name_en="Eco scheme", body=body).scheme


@pytest.fixture
def people(visit, scheme):
    firm = a_firm(name_en="Silver House")
    maker = visit(maker_of(firm, language="en"), phone=True)
    evaluator = visit(staff(scheme.body, "operator", language="en", name="Evaluator"))
    decider = visit(staff(scheme.host, "officer", language="en", name="Decider"))
    return maker, evaluator, decider, visit(phone=True)


def choose(visitor, name, words):
    """A radio button by its words; KRDS hides the button itself."""
    group = visitor.page.get_by_role("radiogroup").or_(visitor.page.locator("fieldset"))
    group.filter(has=visitor.page.locator(f'[name="{name}"]')).locator("label", has_text=words).last.click()


def apply(maker):
    maker.go("my/certificates/")
    maker.press("Open an application")
    maker.follow("Products or site")
    choose(maker, "kind", "Products")
    maker.fill(scope_ko="은반지", scope_en="Silver rings")
    maker.press("Save")
    maker.follow("Self-assessment")
    for field in maker.page.locator("textarea").all():
        field.fill("We do.")
    maker.page.locator('input[name^="value_"]').fill("0.11")
    maker.press("Save")
    maker.follow("Apply for certification")
    maker.press("Apply for certification")
    maker.sees("Submitted")


def find(evaluator, criterion, conforms, value=""):
    evaluator.follow("Record a finding")
    evaluator.fill(criterion=criterion, method="lab", value=value)
    choose(evaluator, "conforms", conforms)
    evaluator.press("Save")


def evaluate(evaluator, case):
    """A visit, a laboratory's report that does not keep the limit, and a nonconformity."""
    evaluator.go("desk/")
    evaluator.follow(f"Review the application {case}")
    evaluator.follow("Take into evaluation")
    evaluator.press("Take into evaluation")
    for kind, laboratory in [("visit", ""), ("lab", "KOLAS 17025")]:
        evaluator.follow("Attach visit or laboratory results")
        evaluator.upload("file", PDF)
        evaluator.fill(kind=kind, laboratory=laboratory, dated=date.today().isoformat())
        evaluator.press("Save")
    evaluator.sees("Site visit", "KOLAS 17025")
    find(evaluator, "name of origin", "Yes")
    find(evaluator, "name of nickel", "Yes", "0.6")
    evaluator.sees("With this value it does not conform")
    choose(evaluator, "conforms", "No")
    evaluator.press("Save")
    evaluator.follow("Raise a nonconformity")
    deadline = (date.today() + timedelta(days=30)).isoformat()
    evaluator.fill(
        criterion="name of nickel", grade="major", words="0.6 is above the limit.", deadline=deadline
    )
    evaluator.press("Save")
    evaluator.sees("To be corrected")


def correct_and_check(maker, evaluator, case):
    maker.go("my/")
    maker.follow("Correct and report: name of nickel")
    maker.follow("Report a correction")
    maker.fill(correction="Plated with palladium instead.")
    maker.press("Save")
    evaluator.go("desk/")
    evaluator.follow(f"Check the correction in {case}")
    evaluator.follow("Check a correction")
    choose(evaluator, "accepted", "Yes")
    evaluator.fill(verdict="Measured again: 0.2.")
    evaluator.press("Save")
    find(evaluator, "name of nickel", "Yes", "0.2")
    evaluator.follow("Finish the evaluation")
    evaluator.press("Finish the evaluation")
    evaluator.sees("Before the decision")


def decide(decider, outcome, reason):
    decider.follow("Decide")
    decider.fill(outcome=outcome, reason=reason)
    decider.press("Save")


def verdict(public, signed):
    public.go("certificates/verify/")
    public.fill(text=signed)
    public.press("Verify")
    return public.page.locator(".krds-in-page-alert, [role=status], [role=alert]").first.inner_text()


def test_certificate_is_granted_by_somebody_else_and_its_suspension_is_seen_at_once(people, scheme):
    maker, evaluator, decider, public = people
    apply(maker)
    case = Case.objects.get()
    evaluate(evaluator, case)
    correct_and_check(maker, evaluator, case)
    expect(evaluator.page.get_by_role("link", name="Decide", exact=True)).to_have_count(0)
    evaluator.go(f"desk/certification/{case.pk}/decide/")
    evaluator.fill(outcome="grant", reason="I evaluated it myself.")
    evaluator.press("Save")
    evaluator.sees("Somebody else has to do this")
    decider.go("desk/")
    decider.follow(f"Decide on {case}")
    decide(decider, "grant", "Every criterion is met.")
    decider.sees("Certified")
    public.go("certificates/")
    public.follow(case.number)
    public.sees("Silver House", "Silver rings", "Valid", "name of nickel")
    signed = public.page.request.get(f"{public.site}/certificates/{case.number}.json").text()
    assert json.loads(signed)["credentialSubject"]["issuedToParty"]["name"] == "Silver House"
    assert verdict(public, signed).startswith("Valid")
    decide(decider, "suspend", "The plating changed.")
    assert "The issuer has suspended it" in verdict(public, signed)
    public.go(f"certificates/{case.number}/")
    public.sees("Suspended", "The plating changed.")
    decide(decider, "restore", "Tested again.")
    assert verdict(public, signed).startswith("Valid")
    decide(decider, "withdraw", "The mark was misused.")
    assert "The issuer has withdrawn it" in verdict(public, signed)
    maker.go(f"my/certificates/{case.pk}/")
    maker.sees("The mark was misused.", "Suspension lifted")
    assert [each.problems for each in people] == [[], [], [], []]
    assert (maker.width, public.width) == (360, 360)


def test_everybody_who_took_part_gets_a_badge_in_one_step(visit, site):
    host = a_host()
    programme = a_programme(host=host, title_en="Training 2026", kind="training")
    firms = [an_award(programme=programme).firm for _n in range(3)]
    officer, maker = visit(staff(host, "officer")), visit(maker_of(firms[0]), phone=True)
    officer.go(f"desk/programmes/{programme.slug}/badges/")
    officer.press("Give a badge to everybody ticked")
    officer.sees("3 badges were given.")
    maker.go("my/certificates/")
    maker.follow("Training 2026")
    maker.sees("Training completed", "Valid")
    assert maker.download("PDF with the signed file inside").startswith(b"%PDF")
    assert (officer.problems, maker.problems, maker.width) == ([], [], 360)
