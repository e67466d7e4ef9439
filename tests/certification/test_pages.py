"""Every page in both languages, the register's queries, and what anybody may verify."""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from bridgehead.certification.actions import deciding
from bridgehead.certification.actions.badges import give_badge
from bridgehead.certification.actions.schemes import begin_version
from bridgehead.certification.actions.signing import revoke_key, rotate_key
from tests.factories.calls import an_award
from tests.factories.certification import a_case, certified
from tests.factories.organisations import a_firm, maker_of, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return certified()


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("language", ["ko", "en"])
def test_pages_open(case, language):
    scheme, number = case.version.scheme, case.certificates.get().number
    draft = begin_version(scheme=scheme, by=None)
    criterion = draft.criteria.get(code="nickel")
    officer, maker = signed_in(staff(scheme.host)), signed_in(maker_of(case.firm))
    public = [
        "",
        "verify/",
        "verify/offline/",
        f"schemes/{scheme.slug}/",
        f"{number}/",
        f"{number}/complain/",
    ]
    desk = ["", "impartiality/", f"schemes/{scheme.slug}/", f"criteria/{criterion.pk}/", f"{case.pk}/",
            f"criteria/{criterion.pk}/limit/", f"limits/{criterion.limits.get().pk}/", f"{case.pk}/decide/",
            f"{case.pk}/survey/", f"{case.pk}/evidence/"]  # fmt: skip
    mine = ["", f"{case.pk}/", f"{case.pk}/renew/"]
    asked = [(Client(), f"certificates/{path}") for path in public]
    asked += [(officer, f"desk/certification/{path}") for path in desk]
    asked += [(maker, f"my/certificates/{path}") for path in mine]
    assert [path for client, path in asked if client.get(f"/{language}/{path}").status_code != 200] == []


def verdict(data, language="en"):
    return Client().post(f"/{language}/certificates/verify/", {"text": data}).context["checked"]


def test_certificate_is_valid_until_suspended_and_after_it_is_lifted(case):
    document, decider = case.certificates.get().credential.document, staff(case.version.scheme.host)
    assert verdict(document).reasons == []
    deciding.decide(case=case, outcome="suspend", reason="Overdue.", by=decider)
    assert [str(words) for words, _code in verdict(document).reasons] == ["The issuer has suspended it."]
    deciding.decide(case=case, outcome="restore", reason="Done.", by=decider)
    assert verdict(document).valid


def test_changed_certificate_is_invalid(case):
    document = json.loads(case.certificates.get().credential.document)
    document["description"] = "Gold rings"
    assert "signature does not match" in str(verdict(json.dumps(document)).reasons[0][0])


def test_upload_is_read_and_what_is_too_large_is_refused(case):
    client, document = Client(), case.certificates.get().credential.document
    file = SimpleUploadedFile("certificate.json", document.encode())
    assert client.post("/en/certificates/verify/", {"file": file}).context["checked"].valid
    assert client.post("/en/certificates/verify/", {"text": "x" * 400_001}).status_code == 422


def test_reader_without_network_verifies_from_what_is_published(case, settings):
    client, host = Client(), case.version.scheme.host.slug
    did, status = (
        client.get(f"/certificates/{host}/did.json"),
        client.get(f"/certificates/{host}/status/revocation.json"),
    )
    assert (did["Access-Control-Allow-Origin"], status["Cache-Control"]) == ("*", "public, max-age=30")
    assert did.json()["id"] == f"did:web:certificates.example:certificates:{host}"
    assert client.get(f"/certificates/{host}/status/other.json").status_code == 404


def test_rotated_key_keeps_and_revoked_key_takes_validity(case):
    host, first = case.version.scheme.host, case.certificates.get().credential
    rotate_key(host=host)
    assert verdict(first.document).valid
    revoke_key(key=first.key, reason="Stolen")
    assert not verdict(first.document).valid
    assert verdict(case.certificates.get().credential.document).valid


def test_issuer_may_be_a_key(settings):
    settings.CREDENTIAL_ISSUER = "key"
    case = certified()
    signed = case.certificates.get().credential
    assert signed.issuer.startswith("did:key:z6Mk")
    assert verdict(signed.document).valid
    deciding.decide(case=case, outcome="withdraw", reason="No.", by=staff(case.version.scheme.host))
    assert [str(words) for words, _code in verdict(signed.document).reasons] == [
        "The issuer has withdrawn it."
    ]


@pytest.mark.parametrize("form", ["certificate", "card"])
def test_pdf_carries_the_signed_file(case, form):
    certificate = case.certificates.get()
    response = Client().get(f"/ko/certificates/{certificate.number}/{form}.pdf")
    reader = PdfReader(BytesIO(response.content))
    assert reader.attachments[f"{certificate.number}.json"] == [certificate.credential.document.encode()]
    assert len(reader.pages) == 1


def queries_of(url):
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(url).status_code == 200
    return len(captured)


def test_register_asks_as_often_for_three_as_for_one(case):
    one = queries_of("/en/certificates/")
    for _n in range(2):
        certified(a_case(case.version))
    assert queries_of("/en/certificates/") == one


def test_mark_ends_with_the_certificate(case):
    url = f"/certificates/{case.certificates.get().number}/mark.svg"
    assert Client().get(url)["Content-Type"] == "image/svg+xml"
    deciding.decide(case=case, outcome="suspend", reason="Overdue.", by=staff(case.version.scheme.host))
    assert Client().get(url).status_code == 404


def test_mark_needs_no_font(case):
    drawn = Client().get(f"/certificates/{case.certificates.get().number}/mark.svg").content.decode()
    assert ("<text" in drawn, "font-family" in drawn, "<title>" in drawn) == (False, False, True)


def test_badge_is_withdrawn_with_a_reason_and_everybody_sees_it():
    award = an_award()
    badge = give_badge(award=award, by=None)
    assert verdict(badge.credential.document).valid
    officer = signed_in(staff(award.programme.host))
    url = f"/en/desk/certification/badges/{award.pk}/take-back/"
    assert officer.post(url, {"reason": ""}).status_code == 422
    assert officer.post(url, {"reason": "Given by mistake."}).status_code == 302
    words = [str(words) for words, _code in verdict(badge.credential.document).reasons]
    assert words == ["The issuer has withdrawn it."]
    assert "was withdrawn" in Client().get(f"/en/certificates/badges/{award.pk}/").content.decode()
    reader = PdfReader(BytesIO(Client().get(f"/ko/certificates/badges/{award.pk}/card.pdf").content))
    assert reader.attachments[f"badge-{award.pk}.json"] == [badge.credential.document.encode()]


def test_badges_of_a_programme_ask_as_often_for_three_as_for_one():
    award = an_award()
    client = signed_in(staff(award.programme.host))
    url = f"/en/desk/programmes/{award.programme.slug}/badges/"

    def asked():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    one = asked()
    for _n in range(2):
        give_badge(award=an_award(programme=award.programme), by=None)
    assert asked() == one


def test_firm_without_certificate_has_no_page(case):
    assert Client().get(f"/en/certificates/firms/{case.firm.slug}/").status_code == 200
    assert Client().get(f"/en/certificates/firms/{a_firm().slug}/").status_code == 404
