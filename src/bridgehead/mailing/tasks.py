"""Sending happens outside the request, so that a slow mail server never holds up a page."""

from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import task

from bridgehead.mailing.models import Mail


@task()
def send_mail(mail_id: int) -> None:
    mail = Mail.objects.get(pk=mail_id)
    if mail.state == Mail.State.SENT:
        return
    message = EmailMessage(subject=mail.subject, body=mail.body, to=[mail.to])
    if mail.attachment:
        message.attach(mail.attachment_name, bytes(mail.attachment), mail.attachment_type)
    try:
        message.send()
    except (OSError, ValueError) as error:
        # smtplib's errors are OSErrors, a header that cannot be is a ValueError; the mail stays, to be sent again.
        Mail.objects.filter(pk=mail_id).update(state=Mail.State.FAILED, error=str(error))
        return
    Mail.objects.filter(pk=mail_id).update(state=Mail.State.SENT, sent_at=timezone.now(), error="")
