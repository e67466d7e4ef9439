"""The audit trail of the hosts a person may audit, with the proof that it is whole."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bridgehead.accounts import roles
from bridgehead.audit.queries import entries_of, first_break
from bridgehead.organisations.access import requires
from bridgehead.organisations.queries import hosts_where


@login_required
@requires(roles.AUDIT_VIEW)
def trail(request: HttpRequest) -> HttpResponse:
    chains = list(hosts_where(request.user, roles.AUDIT_VIEW).values_list("slug", flat=True))
    entries = entries_of(chains)
    words = request.GET.get("q", "").strip()
    if words:
        entries = entries.filter(target__icontains=words) | entries.filter(actor__icontains=words)
    context = {
        "page_obj": Paginator(entries, 50).get_page(request.GET.get("page")),
        "q": words,
        "breaks": [(chain, position) for chain in chains if (position := first_break(chain)) is not None],
    }
    return render(request, "portal/audit.html", context)
