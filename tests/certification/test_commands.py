"""`credential issue` and the keys, as people run them."""

import json

import pytest
from django.core.management import CommandError, call_command

from bridgehead.certification import publishing
from bridgehead.certification.actions.badges import revoke_badge
from bridgehead.certification.models import Badge, SigningKey
from bridgehead.engines.credentials.documents import Documents
from bridgehead.engines.credentials.verify import Policy, check_model, verify
from tests.factories.calls import an_award
from tests.factories.certification import a_case, certified
from tests.factories.organisations import a_host
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db


def test_issued_file_is_valid_with_nothing_but_what_is_published(tmp_path):
    case, file = certified(), tmp_path / "certificate.json"
    call_command("credential", "issue", case.number, "-o", str(file))
    host, data = case.version.scheme.host, file.read_bytes()
    carried = [
        publishing.did_document(host),
        *(publishing.status_list(host, it) for it in ("revocation", "suspension")),
    ]
    documents = Documents({json.loads(each)["id"]: each for each in carried})
    assert verify(data, Policy(trusted=[publishing.host_issuer(host)], documents=documents)).reasons == ()
    assert check_model(data).valid


def test_case_without_certificate_is_refused(tmp_path):
    with pytest.raises(CommandError):
        call_command("credential", "issue", a_case().number, "-o", str(tmp_path / "certificate.json"))
    assert list(tmp_path.glob("*.json")) == []


def test_badges_of_a_programme_are_given_and_written_once(tmp_path):
    programme = a_programme()
    first, second = an_award(programme=programme), an_award(programme=programme)
    an_award(programme=programme, state="withdrawn")
    for _twice in range(2):
        call_command("credential", "badge", programme.slug, "-o", str(tmp_path / "badges"))
    files = sorted(file.name for file in (tmp_path / "badges").iterdir())
    assert files == sorted(f"{award.firm.slug}.json" for award in (first, second))
    assert Badge.objects.count() == 2
    revoke_badge(badge=Badge.objects.get(award=first), reason="By mistake.", by=None)
    call_command("credential", "badge", programme.slug, "-o", str(tmp_path / "later"), "--format", "card")
    assert [file.name for file in (tmp_path / "later").iterdir()] == [f"{second.firm.slug}.card.pdf"]


def test_badges_of_no_programme_are_refused(tmp_path):
    with pytest.raises(CommandError):
        call_command("credential", "badge", "nowhere", "-o", str(tmp_path))


def test_keys_are_made_replaced_and_revoked():
    host = a_host()
    call_command("credential_key", "create", host.slug)
    call_command("credential_key", "rotate", host.slug)
    first, second = SigningKey.objects.order_by("pk")
    assert (first.retired is None, second.retired is None) == (False, True)
    call_command("credential_key", "revoke", host.slug, "--key", second.name)
    assert SigningKey.objects.filter(host=host).count() == 3
    assert publishing.newest_key(host).name not in (first.name, second.name)
