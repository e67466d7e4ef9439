import pytest
from django.utils.translation import override

from bridgehead.audit import actions as audit
from bridgehead.audit.models import Entry
from tests.factories.organisations import a_host, a_user

pytestmark = pytest.mark.django_db


def test_what_no_person_did_is_said_in_the_readers_language():
    host = a_host()
    audit.record(by=None, verb="call.release", target=host, chain=host.slug)
    entry = Entry.objects.get(chain=host.slug)
    with override("ko"):
        assert entry.who == "시스템"
    with override("en"):
        assert (entry.who, entry.actor) == ("the system", "system")


def test_a_person_named_system_stays_a_person():
    host = a_host()
    audit.record(by=a_user(name="system"), verb="call.release", target=host, chain=host.slug)
    assert Entry.objects.get(chain=host.slug).who == "system"
