"""No certificate beside a product that it does not cover, and none that says more than it stands for today."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from bridgehead.audit.models import Entry
from bridgehead.catalogue import queries, rules
from bridgehead.catalogue.actions import covering, products
from bridgehead.catalogue.models import Coverage
from bridgehead.certification.actions import deciding
from tests.factories.catalogue import WHOLE, a_product, published
from tests.factories.certification import a_case, a_scheme, certified
from tests.factories.organisations import a_firm, a_host, maker_of, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return certified(a_case(a_scheme(a_host(), body=a_host(kind="agency"))))


@pytest.fixture
def product(case):
    return published(a_product(case.firm))


@pytest.fixture
def officer(case):
    return staff(case.version.scheme.host)


def shown(product):
    return [one.standing for one in queries.certificates_on([product]).get(product.pk, [])]


def certified_products():
    return list(queries.filtered(queries.public_products(), queries.Wanted(certified=True)))


@pytest.fixture
def confirmed(product, case, officer):
    coverage = covering.ask(product=product, case=case, by=maker_of(case.firm))
    return covering.confirm(coverage=coverage, by=officer)


def test_asking_alone_shows_nothing(product, case):
    covering.ask(product=product, case=case, by=maker_of(case.firm))
    assert shown(product) == []
    assert certified_products() == []


def test_confirmed_certificate_is_shown_and_found(product, confirmed):
    assert shown(product) == ["valid"]
    assert certified_products() == [product]


def test_name_alone_confirms_nothing(case):
    same = a_product(case.firm, name_ko=case.scope_ko)
    assert rules.named_in_scope(same, case.scope_ko, case.scope_en)
    covering.ask(product=same, case=case, by=maker_of(case.firm))
    assert shown(same) == []


@pytest.mark.parametrize("outcome", ["suspend", "withdraw"])
def test_what_becomes_of_the_certificate_is_shown_at_once(product, case, confirmed, officer, outcome):
    deciding.decide(case=case, outcome=outcome, reason="1", by=officer)
    expected = {"suspend": "suspended", "withdraw": "withdrawn"}[outcome]
    assert shown(product) == [expected]
    assert not queries.certificates_on([product])[product.pk][0].may_bear_mark
    assert certified_products() == []


def test_restored_certificate_counts_again(product, case, confirmed, officer):
    for outcome in ("suspend", "restore"):
        deciding.decide(case=case, outcome=outcome, reason="1", by=officer)
    assert shown(product) == ["valid"]
    assert certified_products() == [product]


def test_reduced_scope_needs_a_new_confirmation(product, case, confirmed, officer):
    deciding.decide(case=case, outcome="reduce", reason="1", by=officer, scope_ko="무도금", scope_en="Plain")
    assert shown(product) == []
    assert certified_products() == []
    assert [one.holds for one in queries.coverages_of(product)] == [False]
    again = covering.ask(product=product, case=case, by=maker_of(case.firm))
    covering.confirm(coverage=again, by=officer)
    assert shown(product) == ["valid"]


@pytest.mark.parametrize(
    "change",
    [
        {"name_ko": "금도금 반지"},
        {"name_en": "Gilt ring"},
        {"category": "earrings"},
        {"materials": ["gold-plated"]},
    ],
)
def test_changed_product_loses_its_certificate(product, confirmed, change):
    _edit(product, **change)
    assert shown(product) == []
    assert certified_products() == []


@pytest.mark.parametrize("change", [{"description_ko": "광택 마감"}, {"capacity": 40}])
def test_other_changes_leave_it(product, confirmed, change):
    _edit(product, **change)
    assert shown(product) == ["valid"]


def _edit(product, **change):
    fields = {name: getattr(product, name) for name in WHOLE}
    change = {"materials": ["silver-925"], **fields, **change}
    return products.edit_product(product=product, by=None, **change)


def test_certificate_of_another_firm_cannot_be_asked_for(case):
    with pytest.raises(covering.OutsideScope):
        covering.ask(product=a_product(a_firm()), case=case, by=None)


def test_certificate_of_a_site_cannot_be_asked_for():
    site = certified(a_case(kind="site"))
    with pytest.raises(covering.OutsideScope):
        covering.ask(product=a_product(site.firm), case=site, by=None)


def test_case_without_certificate_cannot_be_asked_for():
    case = a_case()
    with pytest.raises(covering.OutsideScope):
        covering.ask(product=a_product(case.firm), case=case, by=None)


def test_maker_and_strangers_cannot_confirm(product, case):
    coverage = covering.ask(product=product, case=case, by=None)
    for person in (maker_of(case.firm), staff(a_host()), staff(case.version.scheme.host, "auditor")):
        with pytest.raises(covering.NotYours):
            covering.confirm(coverage=coverage, by=person)


def test_officer_who_acts_for_the_firm_cannot_confirm(product, case, officer):
    coverage = covering.ask(product=product, case=case, by=None)
    case.firm.memberships.create(user=officer)
    with pytest.raises(covering.NotYours):
        covering.confirm(coverage=coverage, by=officer)


def test_evaluating_body_may_confirm(product, case):
    coverage = covering.ask(product=product, case=case, by=None)
    covering.confirm(coverage=coverage, by=staff(case.version.scheme.body, "operator"))
    assert shown(product) == ["valid"]


def test_product_changed_since_it_was_looked_at_is_not_confirmed(product, case, officer):
    coverage = covering.ask(product=product, case=case, by=None)
    seen = product.identity
    _edit(product, name_ko="다른 반지")
    with pytest.raises(products.ChangedMeanwhile):
        covering.confirm(coverage=coverage, by=officer, identity=seen)


def test_refused_coverage_says_why_and_may_be_asked_for_again(product, case, officer):
    coverage = covering.ask(product=product, case=case, by=None)
    covering.refuse(coverage=coverage, reason="도금", by=officer)
    assert [(one.coverage.reason, one.holds) for one in queries.coverages_of(product)] == [("도금", False)]
    assert covering.ask(product=product, case=case, by=None).state == Coverage.State.ASKED


def test_taken_back_coverage_is_gone_but_in_the_trail(product, case, confirmed):
    covering.take_back(coverage=confirmed, by=None)
    assert shown(product) == []
    verbs = Entry.objects.filter(verb__startswith="coverage.").order_by("pk").values_list("verb", flat=True)
    assert sorted(verbs) == ["coverage.ask", "coverage.confirm", "coverage.take_back"]


def test_database_refuses_a_confirmation_by_nobody(product, case):
    coverage = covering.ask(product=product, case=case, by=None)
    confirmed = {"state": "confirmed", "identity": "x", "scope_ko": "은", "decided_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Coverage.objects.filter(pk=coverage.pk).update(**confirmed)


@pytest.mark.parametrize(
    ("scope", "named"),
    [
        ("은반지와 목걸이", True),
        ("은 반지, 귀걸이", True),
        ("귀걸이 및 은반지", True),
        ("Earrings and silver RING", True),
        ("재생 은반지", False),
        ("Silver rings", False),
        ("", False),
    ],
)
def test_scope_names_a_product_only_by_its_whole_name(scope, named):
    assert rules.named_in_scope(a_product(), scope, "") is named
