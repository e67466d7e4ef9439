"""Wins: evidence at each stage, the firm's confirmation by link, and the check by a second officer."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.floor.actions.stages import confirm_stage, locked
from bridgehead.floor.actions.waves import address_of
from bridgehead.floor.models import WINS, EvidenceFile, StageRecord, Win, WinLink, WinYear
from bridgehead.floor.rules import WIN_LINK_LIFE
from bridgehead.kit.money import quantize
from bridgehead.kit.signing import digest, new_token
from bridgehead.mailing.actions import write
from bridgehead.questions.actions import attach
from bridgehead.questions.rules.files import CheckedFile


class NoAddress(Exception):
    """Nobody at the firm can be written to."""

    def __init__(self) -> None:
        super().__init__(_("No email address of the firm is known. Add a contact, then send again."))


class SamePerson(Exception):
    """Whoever recorded a stage does not check it."""

    def __init__(self) -> None:
        super().__init__(_("You recorded this stage yourself. Somebody else has to check it."))


@transaction.atomic
def add_evidence(
    *, record: StageRecord, files: Sequence[CheckedFile], by: Any, who: str = ""
) -> list[EvidenceFile]:
    """Files that show the stage was reached. `who` is the writer's name where nobody is signed in."""
    if record.stage not in WINS:
        raise ValidationError(_("Evidence belongs to what was signed, shipped or paid."))
    talk = locked(record.consultation)
    stored = attach(files={str(n): file for n, file in enumerate(files)}, owner=talk, by=by)
    added = [
        EvidenceFile.objects.create(record=record, attachment_id=key, added_at=timezone.now())
        for key in stored.values()
    ]
    if added:
        names = [file.name for file in files]
        audit.record(
            by=by,
            verb="stage.evidence",
            target=talk,
            chain=talk.programme.host.slug,
            data={"stage": record.stage, "files": names, "who": who},
        )
    return added


@transaction.atomic
def send_win_link(
    *, record: StageRecord, by: Any, to: tuple[str, str] | None = None, at: datetime | None = None
) -> WinLink:
    """Ask the firm to confirm a win, by a link that works for seven days; `to` is an address and its language.

    A link of the last minute is not followed by another: whoever presses twice is written to once.
    """
    talk = locked(record.consultation)
    if record.stage not in WINS or record.implied:
        raise ValidationError(_("Only what is signed, shipped or paid can be confirmed."))
    address = to or address_of(talk.firm)
    if address is None:
        raise NoAddress
    moment, token = at or timezone.now(), new_token()
    just_sent = record.links.filter(made_at__gt=moment - timedelta(minutes=1)).last()
    if just_sent is not None:
        return just_sent
    email, language = address
    language = "ko" if language.startswith("ko") else "en"
    link = WinLink.objects.create(
        record=record,
        token_hash=digest(token),
        email=email,
        language=language,
        made_at=moment,
        expires_at=moment + WIN_LINK_LIFE,
    )
    with translation.override(language):
        url = settings.SITE_URL + reverse("floor:win", args=[token])
    context = {"talk": talk, "record": record, "programme": talk.programme, "url": url, "link": link}
    write(
        kind="win",
        to=email,
        language=language,
        template="floor/mail/win.txt",
        context=context,
        about=talk,
        host_slug=talk.programme.host.slug,
    )
    audit.record(
        by=by,
        verb="stage.ask",
        target=talk,
        chain=talk.programme.host.slug,
        data={"stage": record.stage},
        at=at,
    )
    return link


@transaction.atomic
def confirm_win(
    *,
    record: StageRecord,
    confirmed_by: str,
    without_support: str,
    share: str,
    help: str,
    publish: str,
    years: Mapping[int, Decimal],
    by: Any = None,
    at: datetime | None = None,
) -> Win:
    """The firm's own words about a win. Said again differently, they are new and have to be checked again."""
    record = confirm_stage(
        record=record, confirmed_by=confirmed_by, without_support=without_support, by=by, at=at
    )
    win, _created = Win.objects.update_or_create(
        record=record,
        defaults={
            "share": share,
            "help": help,
            "publish": publish,
            "checked_at": None,
            "checked_by": None,
            "accepted": False,
        },
    )
    win.years.all().delete()
    WinYear.objects.bulk_create(
        WinYear(win=win, year=year, amount=quantize(amount, record.currency))
        for year, amount in years.items()
        if amount
    )
    return win


@transaction.atomic
def check_win(*, record: StageRecord, accept: bool, note: str, by: Any, at: datetime | None = None) -> Win:
    """The second line: somebody who did not record the stage looks at evidence and confirmation."""
    talk = locked(record.consultation)
    record = StageRecord.objects.prefetch_related("files").select_related("win").get(pk=record.pk)
    win = getattr(record, "win", None)
    if win is None or record.confirmed_at is None:
        raise ValidationError(_("The firm has not confirmed this win yet."))
    if accept and not record.files.all():
        raise ValidationError(
            _("There is no evidence yet. Ask the firm for it, or return the win with a note.")
        )
    if record.recorded_by_id is not None and record.recorded_by_id == by.pk:
        raise SamePerson
    if not accept and not note.strip():
        raise ValidationError(_("Say what is missing, so that the firm can mend it."))
    win.checked_at, win.checked_by = at or timezone.now(), by
    win.accepted, win.check_note = accept, note.strip()[:300]
    win.save(update_fields=["checked_at", "checked_by", "accepted", "check_note"])
    audit.record(
        by=by,
        verb="stage.check",
        target=talk,
        chain=talk.programme.host.slug,
        reason=note,
        data={"stage": record.stage, "accepted": accept},
        at=at,
    )
    return win
