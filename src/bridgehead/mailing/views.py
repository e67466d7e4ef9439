from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.mailing.actions import send_again
from bridgehead.mailing.models import Mail
from bridgehead.mailing.queries import mails_visible_to
from bridgehead.mailing.rules import without_personal_links
from bridgehead.organisations.access import requires


@login_required
@requires(roles.EDIT)
def outbox(request: HttpRequest) -> HttpResponse:
    """What was written to whom, and whether it went out."""
    mails = mails_visible_to(request.user).defer("body", "attachment")
    words, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    if words:
        mails = mails.filter(subject__icontains=words) | mails.filter(to__icontains=words)
    if state in Mail.State.values:
        mails = mails.filter(state=state)
    page = Paginator(mails, 50).get_page(request.GET.get("page"))
    tabs = [
        {"label": label, "url": f"?state={value}", "current": state == value}
        for value, label in [("", _("All")), *Mail.State.choices]
    ]
    return render(request, "mailing/outbox.html", {"page_obj": page, "q": words, "tabs": tabs})


@login_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Personal links are hidden, or the desk could act as the reader; a visitor of the demo needs them."""
    mail = get_object_or_404(mails_visible_to(request.user), pk=pk)
    hidden = without_personal_links(mail.body)
    context = {
        "mail": mail,
        "body": mail.body if settings.DEMO else hidden,
        "has_personal_link": hidden != mail.body,
        "shown": settings.DEMO,
    }
    return render(request, "mailing/detail.html", context)


@login_required
@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(mails_visible_to(request.user), pk=pk)
    if send_again(mail=mail, by=request.user):
        messages.success(request, _("The mail to %(to)s is on its way.") % {"to": mail.to})
    else:
        messages.info(request, _("This mail is on its way or sent already."))
    return redirect("mailing:detail", pk)
