"""Every change of a product in the trail: in the office's own chain where an office enters it for the firm."""

from typing import Any

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.catalogue.models import Product
from bridgehead.catalogue.queries import host_writing_for


def record(*, product: Product, verb: str, by: User | None, **data: Any) -> None:
    host = host_writing_for(by, product.firm) if by is not None else None
    said = {**data, **({"entered_for_firm_by": host.slug} if host else {})}
    chain = host.slug if host else audit.INSTALLATION
    audit.record(by=by, verb=verb, target=product, data=said, chain=chain)
