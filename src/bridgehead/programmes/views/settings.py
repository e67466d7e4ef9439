"""What a programme is, and the figures stated about it with who stated them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.programmes import actions
from bridgehead.programmes.forms import StatementForm
from bridgehead.programmes.models import Programme, Statement
from bridgehead.programmes.queries import programmes_visible_to, stated_about


@login_required
def settings(request: SignedInRequest, slug: str) -> HttpResponse:
    programmes = programmes_visible_to(request.user).select_related("edition__fair", "project__strategy")
    programme = get_object_or_404(programmes, slug=slug)
    context = {
        "programme": programme,
        "page_code": "settings",
        "stated": stated_about(programme),
        "may_edit": programmes_visible_to(request.user, roles.EDIT).filter(pk=programme.pk).exists(),
    }
    return render(request, "programmes/settings.html", context)


def _editable(request: SignedInRequest, slug: str) -> Programme:
    return get_object_or_404(programmes_visible_to(request.user, roles.EDIT), slug=slug)


@login_required
def new_statement(request: SignedInRequest, slug: str) -> HttpResponse:
    return _statement_form(request, Statement(programme=_editable(request, slug)))


@login_required
def edit_statement(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    return _statement_form(request, get_object_or_404(_editable(request, slug).statements, pk=pk))


def _statement_form(request: SignedInRequest, statement: Statement) -> HttpResponse:
    programme, data = statement.programme, request.POST or None
    subject = request.GET.get("subject", "")
    form = StatementForm(data, instance=statement, initial={"subject": subject} if subject else None)
    if data is not None and form.is_valid():
        if statement.pk:
            actions.edit_statement(statement=statement, by=request.user, **form.cleaned_data)
        else:
            actions.add_statement(programme=programme, by=request.user, **form.cleaned_data)
        messages.success(request, _("The figure was saved with who stated it."))
        return redirect("programmes:settings", programme.slug)
    context = {"programme": programme, "page_code": "settings", "form": form, "statement": statement}
    return render(request, "programmes/statement.html", context, status=422 if data is not None else 200)


@login_required
@require_POST
def delete_statement(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    statement = get_object_or_404(_editable(request, slug).statements, pk=pk)
    actions.delete_statement(statement=statement, by=request.user)
    messages.success(request, _("The figure was removed; the audit trail keeps it."))
    return redirect("programmes:settings", slug)
