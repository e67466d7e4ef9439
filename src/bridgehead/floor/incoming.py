"""What a phone sends: edits of entries, checked for their shape before the room's rules are asked."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, ValidationError, model_validator

from bridgehead.floor.models import Stage, Temperature
from bridgehead.floor.rules import CURRENCIES, TALK
from bridgehead.kit.countries import country_names
from bridgehead.kit.money import places, quantize

Money = Annotated[Decimal, Field(ge=0, max_digits=17, decimal_places=2)]


def _country(code: str) -> str:
    if code and code not in country_names("en"):
        raise ValueError("no such country")
    return code


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Contact = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Goods = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]


class EntryContent(BaseModel):
    """One consultation as the phone has it. No day means the day on which it was written."""

    buyer_name: Name
    buyer_country: Annotated[str, AfterValidator(_country)] = ""
    buyer_contact: Contact = ""
    product: Goods = ""
    temperature: Literal["", *Temperature.values] = ""  # type: ignore[valid-type]
    amount: Money = Decimal(0)
    currency: Literal[*CURRENCIES]  # type: ignore[valid-type]
    pursued_amount: Money | None = None
    held_on: date | None = None
    note: Prose = ""
    next_step: Line = ""
    next_step_on: date | None = None
    reached: Literal[TALK, Stage.PURSUED.value] = TALK  # type: ignore[valid-type]

    @model_validator(mode="after")
    def _settle(self) -> "EntryContent":
        if self.reached == TALK:
            self.pursued_amount = None
        elif not self.pursued_amount:
            raise ValueError("pursued_amount: needed")
        for name in ("amount", "pursued_amount"):
            amount = getattr(self, name)
            if amount is None:
                continue
            if places(self.currency) == 0 and amount != amount.to_integral_value():
                raise ValueError(f"{name}: no decimals")
            setattr(self, name, quantize(amount, self.currency))
        return self

    def values_for_actions(self) -> dict[str, Any]:
        return self.model_dump(exclude={"reached"})


class Edit(BaseModel):
    """One edit on its way: `edit` is its own id, `id` the entry's, `base` what the entry said when it began."""

    edit: UUID
    id: UUID
    action: Literal["save", "withdraw", "restore"] = "save"
    programme: str
    firm: int
    made_at: datetime
    base: EntryContent | None = None
    content: EntryContent | None = None

    @model_validator(mode="after")
    def _complete(self) -> "Edit":
        if self.action == "save" and self.content is None:
            raise ValueError("content")
        return self


class Wrong(Exception):
    """An edit that cannot be read, with the fields that are wrong."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


def read_edit(data: Mapping[str, Any]) -> Edit:
    try:
        return Edit.model_validate(data)
    except ValidationError as error:
        raise Wrong([_field(problem) for problem in error.errors(include_url=False)]) from None


def _field(problem: Any) -> str:
    """The field a person sees: the last named part, or the one named in the message of the whole."""
    where = [part for part in problem["loc"] if isinstance(part, str) and part not in {"content", "base"}]
    named = str(problem.get("ctx", {}).get("error", "")).partition(":")[0]
    return where[-1] if where else named


def true_moment(made_at: datetime, phone_now: datetime, server_now: datetime) -> datetime:
    """When it was written by the server's clock, however wrong the phone's is: only how long ago counts."""
    ago = max(phone_now - made_at, timedelta(0))
    return server_now - ago
