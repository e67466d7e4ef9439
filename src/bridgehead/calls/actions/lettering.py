"""The office's own letters: stored only when every field in them is known."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls.actions.deciding import undecided
from bridgehead.calls.letterfields import FIELDS, NotALetter, unknown_fields
from bridgehead.calls.models import Call, Letter


class WrongField(ValueError):
    """`field` is the input that holds it."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


def check(texts: Mapping[str, str]) -> None:
    """Raises WrongField for the first text with an unknown field or a brace that stands alone."""
    for name, text in texts.items():
        try:
            unknown = unknown_fields(text)
        except NotALetter:
            raise WrongField(
                name, _("A brace is open or closed alone. Write {{ or }} for a brace in the text.")
            ) from None
        if unknown:
            said = ", ".join(f"{{{one}}}" for one in unknown)
            known = ", ".join(f"{{{one}}}" for one in FIELDS)
            text = ngettext(
                "There is no field %(unknown)s. Fields: %(known)s.",
                "There are no fields %(unknown)s. Fields: %(known)s.",
                len(unknown),
            )
            raise WrongField(name, text % {"unknown": said, "known": known})


@transaction.atomic
def save_letter(*, call: Call, outcome: str, texts: Mapping[str, str], by: User | None) -> Letter:
    """`texts`: subject_ko, subject_en, body_ko, body_en."""
    locked = undecided(call)
    check(texts)
    letter, _created = Letter.objects.update_or_create(call=locked, outcome=outcome, defaults=dict(texts))
    chain = locked.programme.host.slug
    audit.record(by=by, verb="letter.save", target=locked, chain=chain, data={"outcome": outcome})
    return letter


@transaction.atomic
def delete_letter(*, letter: Letter, by: User | None) -> None:
    """The standard letter goes out again."""
    locked = undecided(letter.call)
    chain = locked.programme.host.slug
    audit.record(by=by, verb="letter.delete", target=locked, chain=chain, data={"outcome": letter.outcome})
    letter.delete()
