"""What a claim has to bring, and what is looked up about a firm when it is selected."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bridgehead.funding import actions
from bridgehead.funding.actions import CHECKS
from bridgehead.funding.checklist import checklist, missing_checks, unchecked_firms
from bridgehead.funding.models import FirmAccount, FirmCheck, MoneyTerms, SupportLine, SupportRule, Terms
from bridgehead.funding.papers import papers_of
from bridgehead.kit.clock import today
from tests.factories.funding import a_claim, a_cost_item, a_promise
from tests.factories.organisations import a_firm, a_user, maker_of, staff
from tests.funding.test_pages import photo, receipt

pytestmark = pytest.mark.django_db
WAYBILL, TRANSFER = "waybill", "transfer"


@pytest.fixture
def freight():
    """Asks for waybill and proof of transfer beside the receipt."""
    return a_cost_item(required_documents=[TRANSFER, WAYBILL])


def claim_page(line):
    return reverse("funding:my_claim", args=[line.pk])


def test_claim_without_its_documents_is_refused_and_each_field_says_so(freight, client):
    line = a_promise(freight, firm := a_firm())
    client.force_login(maker_of(firm))
    answer = client.post(claim_page(line), receipt(paper_transfer=photo()))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["paper_waybill"])
    assert answer.context["form"].data["receipt_number"] == "R-1"
    with pytest.raises(actions.PapersMissing) as refused:
        a_claim(line)
    assert refused.value.missing == [TRANSFER, WAYBILL]


def test_claim_with_its_documents_keeps_them_and_shows_them_to_the_office(freight, client):
    line = a_promise(freight, firm := a_firm())
    client.force_login(maker_of(firm))
    assert "☐" in client.get(claim_page(line)).content.decode()
    sent = receipt(paper_transfer=photo("transfer.jpg"), paper_waybill=photo("waybill.jpg"))
    assert client.post(claim_page(line), sent).status_code == 302
    line.refresh_from_db()
    assert [paper.file.name for paper in papers_of(line)] == ["transfer.jpg", "waybill.jpg"]
    client.force_login(staff(freight.programme.host, "finance"))
    page = client.get(reverse("funding:line", args=[freight.programme.slug, line.pk])).content.decode()
    assert "waybill.jpg" in page
    assert client.get(reverse("questions:file", args=[line.papers[WAYBILL]])).status_code == 200


def test_document_that_came_need_not_come_again_with_the_mended_claim(freight, client):
    line = a_promise(freight, firm := a_firm())
    client.force_login(maker_of(firm))
    client.post(claim_page(line), receipt(paper_transfer=photo(), paper_waybill=photo()))
    line.refresh_from_db()
    before = dict(line.papers)
    actions.send_back(line=line, by=a_user(), note="The issuer is cut off.", fields=["receipt_issuer"])
    again = receipt(receipt_issuer="IEG S.p.A.")
    del again["receipt"]
    assert client.post(claim_page(line), again).status_code == 302
    line.refresh_from_db()
    assert (line.state, line.papers) == (SupportLine.State.CLAIMED, before)


def test_document_that_is_no_picture_and_no_pdf_is_refused_at_its_field(freight, client):
    line = a_promise(freight, firm := a_firm())
    client.force_login(maker_of(firm))
    bad = SimpleUploadedFile("w.pdf", b"MZ a program")
    answer = client.post(claim_page(line), receipt(paper_transfer=photo(), paper_waybill=bad))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["paper_waybill"])


def test_documents_are_those_of_the_terms_on_the_day_of_the_receipt():
    item = a_cost_item(required_documents=[])
    SupportRule.objects.create(cost_item=item, effective_from=date(2025, 3, 1), required_documents=[WAYBILL])
    assert a_claim(a_promise(item), receipt_on=date(2025, 2, 28)).state == "claimed"
    with pytest.raises(actions.PapersMissing):
        a_claim(a_promise(item), receipt_on=date(2025, 3, 3))


def test_receipt_is_never_asked_for_together_with_an_invoice():
    assert not {"receipt", "invoice"} & set(Terms.Document.values)


@pytest.fixture
def claimed():
    return a_claim(a_promise(a_cost_item()))


def account_of(line):
    return FirmAccount.objects.get(programme=line.programme, firm=line.firm)


def test_checklist_says_who_ticked_and_runs_out_with_the_certificates(claimed):
    officer = a_user()
    actions.record_checks(account=account_of(claimed), kinds=CHECKS, by=officer, valid_until=today())
    assert [(one.valid, one.check.checked_by) for one in checklist(claimed.programme, claimed.firm)] == [
        (True, officer)
    ] * 3
    assert unchecked_firms(claimed.programme) == set()
    FirmCheck.objects.filter(valid_until=today()).update(valid_until=today() - timedelta(days=1))
    assert missing_checks(claimed.programme, claimed.firm) == ["national_tax", "local_tax"]
    assert unchecked_firms(claimed.programme) == {claimed.firm_id}


def test_claim_of_an_unchecked_firm_says_so_and_goes_on_where_the_rule_warns(claimed, client):
    client.force_login(staff(claimed.programme.host, "finance"))
    page = client.get(reverse("funding:line", args=[claimed.programme.slug, claimed.pk]))
    assert page.context["unchecked"] == list(CHECKS)
    assert actions.approve(line=claimed, by=a_user()).state == "approved"


def test_claim_of_an_unchecked_firm_is_not_approved_where_the_rule_blocks(claimed):
    MoneyTerms.objects.create(programme=claimed.programme, unchecked_firms="block")
    with pytest.raises(actions.UncheckedFirm):
        actions.approve(line=claimed, by=a_user())
    actions.record_checks(account=account_of(claimed), kinds=CHECKS, by=a_user())
    assert actions.approve(line=claimed, by=a_user()).state == "approved"


def test_checks_are_ticked_on_the_page_and_run_out_certificates_are_refused(claimed, client):
    client.force_login(staff(claimed.programme.host))
    address = reverse("funding:check_firm", args=[claimed.programme.slug, claimed.firm.slug])
    past = {"kinds": CHECKS, "valid_until": "2020-01-01"}
    assert client.post(address, past).status_code == 422
    assert client.post(address, {}).status_code == 422
    until = today() + timedelta(days=30)
    assert client.post(address, {"kinds": CHECKS, "valid_until": until.isoformat()}).status_code == 302
    assert {check.kind: check.valid_until for check in FirmCheck.objects.all()} == {
        "national_tax": until, "local_tax": until, "account": None,
    }  # fmt: skip
