"""Writing mail. Every mail is a row before it is a message."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import translation

from bridgehead.audit import actions as audit
from bridgehead.mailing.models import Mail
from bridgehead.mailing.tasks import send_mail


@dataclass(frozen=True)
class MailFile:
    name: str
    content_type: str
    content: bytes


@transaction.atomic
def write(
    *,
    kind: str,
    to: str,
    language: str,
    template: str,
    context: Mapping[str, Any],
    about: models.Model | None = None,
    host_slug: str = "",
    attachment: MailFile | None = None,
    send: bool = True,
    written_in: Collection[str] = ("ko", "en"),
) -> Mail:
    """Render `template` (a text file: first line the subject, then an empty line, then the body) and queue it.

    With `send=False` the mail waits as a draft, to be previewed first. `written_in`: the languages the template is there in.
    """
    known = language if language in written_in else language[:2]
    with translation.override(known if known in written_in else "en"):
        text = render_to_string(template, dict(context))
    subject, _blank, body = text.strip().partition("\n")
    mail = Mail.objects.create(
        kind=kind,
        to=to,
        language=language[:2],
        subject=subject.strip()[:200],
        body=body.strip() + "\n",
        host_slug=host_slug,
        about_kind=about._meta.label_lower if about else "",
        about_id=str(about.pk) if about else "",
        attachment_name=attachment.name if attachment else "",
        attachment_type=attachment.content_type if attachment else "",
        attachment=attachment.content if attachment else None,
        state=Mail.State.QUEUED if send else Mail.State.DRAFT,
    )
    if send:
        transaction.on_commit(partial(send_mail.enqueue, mail.pk))
    return mail


@transaction.atomic
def send_again(*, mail: Mail, by: Any) -> bool:
    """Queue a draft or a failed mail. False where it is on its way or sent already: nobody gets it twice."""
    waiting = Mail.objects.filter(pk=mail.pk, state__in=[Mail.State.DRAFT, Mail.State.FAILED])
    if not waiting.update(state=Mail.State.QUEUED, error=""):
        return False
    audit.record(by=by, verb="mail.send", target=mail, chain=mail.host_slug or audit.INSTALLATION)
    transaction.on_commit(partial(send_mail.enqueue, mail.pk))
    return True
