from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from bridgehead.floor.actions.consultations import log_consultation
from bridgehead.floor.models import Consultation
from bridgehead.organisations.models import Organisation
from bridgehead.programmes.models import Programme

from .calls import an_award
from .organisations import a_firm, number
from .programmes import a_programme


def a_participant(programme: Programme, **fields: Any) -> Organisation:
    """A firm with an accepted award."""
    firm = a_firm(**fields)
    an_award(programme, firm)
    return firm


def a_consultation(
    programme: Programme | None = None, firm: Organisation | None = None, **fields: Any
) -> Consultation:
    """Logged at the stand of a firm that takes part, about USD 1,000."""
    programme = programme or a_programme()
    firm = firm or a_participant(programme)
    fields.setdefault("id", uuid4())
    fields.setdefault("held_on", date(2026, 1, 17))
    fields.setdefault("buyer_name", f"Buyer {number()}")
    fields.setdefault("buyer_country", "IT")
    fields.setdefault("amount", Decimal(1000))
    fields.setdefault("by", None)
    return log_consultation(programme=programme, firm=firm, **fields).consultation
