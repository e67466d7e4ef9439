"""Which certificate covers which product: the firm asks, somebody who works on the scheme answers.

A firm writes its own names and could call anything what a certificate lists, so a name alone proves nothing.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.catalogue.actions.products import ChangedMeanwhile
from bridgehead.catalogue.actions.trail import record
from bridgehead.catalogue.models import Coverage, Product
from bridgehead.catalogue.queries import cases_to_ask, coverages_for
from bridgehead.certification.models import Case
from bridgehead.certification.queries import register


class OutsideScope(Exception):
    """The case is another firm's, for a site, or has no certificate."""

    def __init__(self) -> None:
        super().__init__(
            _("This certificate cannot cover the product: it is of another firm, or not for products.")
        )


class NotYours(Exception):
    def __init__(self) -> None:
        super().__init__(_("Only somebody who works on this scheme, and not for this firm, may answer."))


@transaction.atomic
def ask(*, product: Product, case: Case, by: User | None) -> Coverage:
    """Asking twice is the same as once. Raises OutsideScope."""
    there = product.coverages.filter(case=case).first()
    if there is not None:
        return _ask_again(there, by)
    if not cases_to_ask(product).filter(pk=case.pk).exists():
        raise OutsideScope
    try:
        with transaction.atomic():
            coverage = Coverage.objects.create(product=product, case=case, asked_by=by)
    except IntegrityError:
        return product.coverages.get(case=case)
    record(product=product, verb="coverage.ask", by=by, case=case.number)
    return coverage


def _ask_again(coverage: Coverage, by: User | None) -> Coverage:
    """After a refusal, or after the product or the scope changed."""
    if coverage.state == Coverage.State.ASKED:
        return coverage
    coverage.state, coverage.asked_by, coverage.reason = Coverage.State.ASKED, by, ""
    coverage.decided_by = coverage.decided_at = None
    coverage.save(update_fields=["state", "asked_by", "reason", "decided_by", "decided_at"])
    record(product=coverage.product, verb="coverage.ask", by=by, case=coverage.case.number)
    return coverage


@transaction.atomic
def take_back(*, coverage: Coverage, by: User | None) -> None:
    """The firm no longer says so; the trail keeps that it did."""
    record(product=coverage.product, verb="coverage.take_back", by=by, case=coverage.case.number)
    coverage.delete()


@transaction.atomic
def confirm(*, coverage: Coverage, by: User, identity: str = "") -> Coverage:
    """Of the scope and the product as the person saw them (`identity`). Raises NotYours, OutsideScope, ChangedMeanwhile."""
    found = _locked(coverage, by)
    certificate = register().filter(case=found.case_id).first()
    if certificate is None:
        raise OutsideScope
    if identity and identity != found.product.identity:
        raise ChangedMeanwhile
    found.scope_ko, found.scope_en = certificate.scope_ko, certificate.scope_en
    found.identity, found.reason = found.product.identity, ""
    return _decided(found, Coverage.State.CONFIRMED, "coverage.confirm", by)


@transaction.atomic
def refuse(*, coverage: Coverage, reason: str, by: User) -> Coverage:
    found = _locked(coverage, by)
    found.reason = reason
    return _decided(found, Coverage.State.REFUSED, "coverage.refuse", by)


def _locked(coverage: Coverage, by: User) -> Coverage:
    if not coverages_for(by).filter(pk=coverage.pk).exists():
        raise NotYours
    return (
        Coverage.objects.select_for_update(of=("self",))
        .select_related("product__firm", "case__version__scheme__host")
        .get(pk=coverage.pk)
    )


def _decided(coverage: Coverage, state: str, verb: str, by: User) -> Coverage:
    coverage.state, coverage.decided_by, coverage.decided_at = state, by, timezone.now()
    coverage.save()
    record(product=coverage.product, verb=verb, by=by, case=coverage.case.number, reason=coverage.reason)
    return coverage
