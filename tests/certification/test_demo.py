"""The demo's scheme: twelve cases, one in every state a case can be in."""

from collections import Counter

import pytest

from bridgehead.certification.actions.deciding import follow_the_calendar
from bridgehead.certification.models import Case, Certificate, Complaint, Evidence, Limit
from bridgehead.kit.clock import today
from bridgehead.portal.demo import certification
from bridgehead.portal.demo.firms import GYEONGGI_ICT, JONGNO, make_firms
from bridgehead.portal.demo.hosts import make_hosts, make_people
from bridgehead.portal.demo.kinds.training import FIRMS

pytestmark = pytest.mark.django_db


@pytest.fixture
def hosts():
    hosts = make_hosts()
    for first, firms in [(1, JONGNO), (101, GYEONGGI_ICT), (301, FIRMS)]:
        make_firms(firms, first_serial=first)
    make_people(hosts)
    return hosts


def test_twelve_cases_are_told_once_in_every_state(hosts):
    assert certification.load(hosts) == "iksan-eco-jewelry: loaded"
    assert certification.load(hosts) == "iksan-eco-jewelry: there already"
    assert Counter(Case.objects.values_list("state", flat=True)) == dict.fromkeys(Case.State.values, 1)
    assert not Case.objects.filter(reconstructed=False).exists()
    assert Case.objects.get(renews__isnull=False).renews.state == Case.State.EXPIRED
    assert Counter(Evidence.objects.values_list("kind", flat=True)) == {"visit": 8, "lab": 8}
    assert Counter(Complaint.objects.values_list("kind", "upheld")) == {
        ("complaint", None): 1,
        ("appeal", False): 1,
    }
    standing = Counter(certificate.standing(today()) for certificate in Certificate.objects.all())
    assert standing == {"valid": 1, "replaced": 1, "suspended": 1, "withdrawn": 1, "expired": 1}


def test_states_told_stay_as_they_are(hosts):
    certification.load(hosts)
    assert follow_the_calendar() == []


def test_every_limit_has_a_source_and_says_how_far_it_is_confirmed(hosts):
    certification.load(hosts)
    assert Limit.objects.filter(source="").count() == 0
    assert Limit.objects.filter(note_ko="").count() == Limit.objects.filter(note_en="").count() == 0
    confirmed = Limit.objects.exclude(checked_on=None).values_list(
        "criterion__code", "market", "bound", "value"
    )
    assert sorted(
        (code, market, bound, str(value.normalize())) for code, market, bound, value in confirmed
    ) == [
        ("cadmium", "EU", "lt", "1E+2"),
        ("lead", "EU", "lt", "5E+2"),
        ("nickel-release", "EU", "lt", "0.2"),
        ("nickel-release", "EU", "max", "0.5"),
    ]
