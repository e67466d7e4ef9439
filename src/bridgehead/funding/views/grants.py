"""Grants a host brings in: applied for every year, and how many years in a row it was selected."""

from decimal import Decimal

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.funding import actions, queries
from bridgehead.funding.forms import GrantDocumentForm, GrantForm
from bridgehead.funding.models import IncomingGrant
from bridgehead.organisations.queries import hosts_where


@login_required
def grants(request: HttpRequest) -> HttpResponse:
    if not hosts_where(request.user, roles.MONEY_VIEW).exists():
        raise Http404
    context = {
        "histories": queries.grant_histories(queries.grants_visible_to(request.user)),
        "editable": set(hosts_where(request.user, roles.MONEY_EDIT).values_list("pk", flat=True)),
    }
    return render(request, "funding/grants.html", context)


@login_required
def edit_grant(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    if not hosts_where(request.user, roles.MONEY_EDIT).exists():
        raise Http404
    editable = queries.grants_visible_to(request.user, roles.MONEY_EDIT)
    grant = get_object_or_404(editable, pk=pk) if pk else IncomingGrant()
    form = GrantForm(request.POST or None, instance=grant, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_grant(grant=form.save(commit=False), by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The grant was saved."))
            return redirect("funding:grants")
    return render(request, "funding/grant.html", {"form": form, "pk": pk}, status=422 if form.errors else 200)


@login_required
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """One grant over the years: applied for, decided, received, with the documents of each year."""
    return _history_page(request, get_object_or_404(queries.grants_visible_to(request.user), pk=pk), None)


def _history_page(request: HttpRequest, grant: IncomingGrant, form: GrantDocumentForm | None) -> HttpResponse:
    years = list(
        queries.grants_visible_to(request.user)
        .filter(host=grant.host, title_ko=grant.title_ko)
        .order_by("-year", "pk")
    )
    documents = queries.grant_documents(years)
    context = {
        "grant": grant,
        "years": [(one, documents.get(str(one.pk), [])) for one in years],
        "received": sum((one.received for one in years if one.received), Decimal(0)),
        "form": form or GrantDocumentForm(),
        "may_edit": hosts_where(request.user, roles.MONEY_EDIT).filter(pk=grant.host_id).exists(),
    }
    wrong = form is not None and bool(form.errors)
    return render(request, "funding/grant_history.html", context, status=422 if wrong else 200)


@login_required
@require_POST
def add_document(request: HttpRequest, pk: int) -> HttpResponse:
    grant = get_object_or_404(queries.grants_visible_to(request.user, roles.MONEY_EDIT), pk=pk)
    form = GrantDocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _history_page(request, grant, form)
    actions.add_grant_document(grant=grant, by=request.user, **form.cleaned_data)
    messages.success(request, _("The document was added."))
    return redirect("funding:grant_history", grant.pk)
