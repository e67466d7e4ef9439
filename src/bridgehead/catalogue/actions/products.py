"""Products are written, published and withdrawn."""

import re
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.catalogue import rules
from bridgehead.catalogue.actions.trail import record
from bridgehead.catalogue.models import Coverage, MadeOf, Product, identity_of
from bridgehead.catalogue.queries import photos_shown
from bridgehead.kit.states import check_move
from bridgehead.organisations.models import Organisation

_LAST_NUMBER = re.compile(r"(\d+)$")


class Incomplete(Exception):
    """A product of which the public would see too little; `items` are the lines of the tick-list not done."""

    def __init__(self, items: Iterable[rules.Item]) -> None:
        self.items = list(items)
        listed = ", ".join(str(item.text) for item in self.items)
        super().__init__(_("Not yet for the public. Still missing: %(what)s") % {"what": listed})


class CodeTaken(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(
            _("“%(code)s” is the number of another product of this firm. Choose another.") % {"code": code}
        )


class ChangedMeanwhile(Exception):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody else changed this product meanwhile. Compare with the page as it is now, then save again."
            )
        )


def free_code(firm: Organisation) -> str:
    """The next number of the firm: after P-7 comes P-8."""
    numbers = [_LAST_NUMBER.search(code) for code in firm.products.values_list("code", flat=True)]
    highest = max((int(found[1][-9:]) for found in numbers if found), default=0)
    return f"P-{highest + 1}"


@transaction.atomic
def create_product(
    *,
    firm: Organisation,
    by: User | None,
    materials: Iterable[str] = (),
    from_file: bool = False,
    **fields: Any,
) -> Product:
    """A draft. Without an article number it gets the next one."""
    fields["code"] = fields.get("code") or free_code(firm)
    product = Product(firm=firm, **fields)
    _write(product, list(dict.fromkeys(materials)), new=True)
    record(product=product, verb="product.import" if from_file else "product.create", by=by)
    return product


@transaction.atomic
def edit_product(
    *, product: Product, by: User | None, materials: Iterable[str], version: int | None = None, **fields: Any
) -> Product:
    """Raises ChangedMeanwhile, CodeTaken, and Incomplete where the product is public and would lose what it needs."""
    found = Product.objects.select_for_update(of=("self",)).select_related("firm").get(pk=product.pk)
    if version is not None and version != found.version:
        raise ChangedMeanwhile
    fields["code"] = fields.get("code") or found.code
    before = {name: getattr(found, name) for name in fields if getattr(found, name) != fields[name]}
    for name, value in fields.items():
        setattr(found, name, value)
    found.version += 1
    _write(found, list(dict.fromkeys(materials)))
    if found.is_public:
        _check_complete(found)
    record(product=found, verb="product.edit", by=by, before=before)
    return found


def _write(product: Product, materials: list[str], *, new: bool = False) -> None:
    product.identity = identity_of(vars(product), materials)
    product.search_text = rules.search_text(product, materials)
    product.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            product.save(force_insert=new)
    except IntegrityError:
        if not product.firm.products.filter(code=product.code).exclude(pk=product.pk).exists():
            raise
        raise CodeTaken(product.code) from None
    product.made_of.exclude(material__in=materials).delete()
    there = set(product.made_of.values_list("material", flat=True))
    MadeOf.objects.bulk_create(
        [MadeOf(product=product, material=one) for one in materials if one not in there]
    )


def _check_complete(product: Product) -> None:
    lacking = rules.missing(rules.tick_list(product, photos_shown().filter(product=product)))
    if lacking:
        raise Incomplete(lacking)


@transaction.atomic
def publish(*, product: Product, by: User | None) -> Product:
    """From now on everybody sees it. Raises Incomplete and WrongMove."""
    found = _moved(product, Product.State.PUBLISHED)
    _check_complete(found)
    found.published_at = found.published_at or timezone.now()
    found.save(update_fields=["state", "published_at", "version", "changed_at"])
    record(product=found, verb="product.publish", by=by)
    return found


@transaction.atomic
def withdraw(*, product: Product, by: User | None) -> Product:
    """Gone from the public pages at once; `restore` brings it back as it was."""
    found = _moved(product, Product.State.WITHDRAWN)
    found.save(update_fields=["state", "version", "changed_at"])
    record(product=found, verb="product.withdraw", by=by)
    return found


@transaction.atomic
def restore(*, product: Product, by: User | None) -> Product:
    """Back to where it was before it was withdrawn: public, if it was and nothing is missing; else a draft."""
    lacking = rules.missing(rules.tick_list(product, photos_shown().filter(product=product)))
    public = product.published_at is not None and not lacking
    found = _moved(product, Product.State.PUBLISHED if public else Product.State.DRAFT)
    found.save(update_fields=["state", "version", "changed_at"])
    record(product=found, verb="product.restore", by=by)
    return found


def _moved(product: Product, to: str) -> Product:
    found = Product.objects.select_for_update(of=("self",)).select_related("firm").get(pk=product.pk)
    check_move(rules.MOVES, found.state, to)
    found.state = to
    found.version += 1
    return found


def coverage_lapses(product: Product, fields: dict[str, Any], materials: Iterable[str]) -> bool:
    """Whether saving this would make a confirmed certificate disappear from the product until confirmed anew."""
    changed = identity_of(fields, list(materials)) != product.identity
    confirmed = Coverage.State.CONFIRMED
    return changed and product.coverages.filter(state=confirmed, identity=product.identity).exists()
