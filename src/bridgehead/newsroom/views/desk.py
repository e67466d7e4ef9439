"""The press editor's desk: their office's releases, new ones, and a feed to take in. Writing itself is Wagtail's."""

import hashlib
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.documents.atom import BadFeed
from bridgehead.newsroom.actions.feeds import NEW, UPDATED, FeedReport, import_feed
from bridgehead.newsroom.actions.site import admit
from bridgehead.newsroom.forms import FeedForm
from bridgehead.newsroom.models import HostNewsPage
from bridgehead.newsroom.queries import releases_about, releases_visible_to
from bridgehead.organisations.access import requires
from bridgehead.organisations.queries import hosts_where
from bridgehead.programmes.queries import programmes_visible_to

PER_PAGE = 20


@login_required
@requires(roles.NEWS_EDIT)
def desk(request: HttpRequest) -> HttpResponse:
    admit(user=request.user)  # type: ignore[arg-type]
    releases = releases_visible_to(request.user).defer("body")
    sections = HostNewsPage.objects.filter(host__in=hosts_where(request.user, roles.NEWS_EDIT))
    context = {
        "page": Paginator(releases, PER_PAGE).get_page(request.GET.get("page")),
        "sections": sections.select_related("host", "locale").order_by(
            "host__slug", "-locale__language_code"
        ),
    }
    return render(request, "newsroom/desk.html", context)


@login_required
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(programmes_visible_to(request.user), slug=slug)
    context = {
        "programme": found,
        "page_code": "news",
        "page": Paginator(releases_about(found).defer("body"), PER_PAGE).get_page(request.GET.get("page")),
        "may_edit": hosts_where(request.user, roles.NEWS_EDIT).filter(pk=found.host_id).exists(),
    }
    return render(request, "newsroom/programme.html", context)


@login_required
@requires(roles.NEWS_EDIT)
def upload(request: HttpRequest) -> HttpResponse:
    """Reads the file and says what it would do; it is kept until somebody says yes."""
    form = FeedForm(request.POST or None, request.FILES or None, user=request.user)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        data, host = form.cleaned_data["file"].read(), form.cleaned_data["host"]
        try:
            context["report"] = import_feed(data=data, host=host, by=request.user, dry_run=True)
        except BadFeed as error:
            form.add_error("file", feed_problem(error))
        else:
            context["key"] = _keep(data)
    return render(request, "newsroom/upload.html", context)


@require_POST
@login_required
@requires(roles.NEWS_EDIT)
def take(request: HttpRequest) -> HttpResponse:
    host = get_object_or_404(hosts_where(request.user, roles.NEWS_EDIT), slug=request.POST.get("host"))
    name = _name(request.POST.get("key", ""))
    if not default_storage.exists(name):
        messages.warning(request, _("The file is no longer there. Upload it again."))
        return redirect("newsroom:upload")
    with default_storage.open(name) as kept:
        report = import_feed(data=kept.read(), host=host, by=request.user)
    default_storage.delete(name)
    messages.success(request, _outcome(report))
    return redirect("newsroom:desk")


def feed_problem(error: BadFeed) -> str:
    """A feed's fault in words an editor can act on."""
    words = {
        "not_xml": _(
            "The file is not readable XML. Save the feed again from its address and upload that file."
        ),
        "not_atom": _(
            "The file is not an Atom feed. Some sites offer RSS only; look for an address that ends in /atom/."
        ),
        "unsafe": _(
            "The file contains a document type, entities or nesting that is not accepted from outside."
        ),
        "too_big": _("The file is larger than 10 MB."),
        "missing": _(
            "An entry lacks something every entry needs: an id, a title or the time of its last change."
        ),
        "time": _("A time in the file cannot be read."),
    }.get(error.code, str(error))
    return _("%(problem)s (line %(line)s)") % {"problem": words, "line": error.line} if error.line else words


def _outcome(report: FeedReport) -> str:
    if not report.changes:
        return _("Everything in this feed was there already; nothing changed.")
    new = ngettext("%(count)s release added", "%(count)s releases added", report.count(NEW))
    changed = ngettext("%(count)s updated", "%(count)s updated", report.count(UPDATED))
    return f"{new % {'count': report.count(NEW)}}, {changed % {'count': report.count(UPDATED)}}."


def _keep(data: bytes) -> str:
    key = hashlib.sha256(data).hexdigest()
    if not default_storage.exists(_name(key)):
        default_storage.save(_name(key), ContentFile(data))
    return key


def _name(key: str) -> str:
    return f"newsroom-feeds/{''.join(c for c in key if c in '0123456789abcdef')[:64]}.xml"
