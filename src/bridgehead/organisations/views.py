"""A maker's workshop: register it, keep it up to date, say who acts for it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bridgehead.accounts.requests import SignedInRequest
from bridgehead.organisations import actions
from bridgehead.organisations.forms import FirmForm, MemberForm, NewFirmForm
from bridgehead.organisations.models import Host, Organisation, OrganisationMembership
from bridgehead.organisations.queries import firms_of


def _firm(request: SignedInRequest, slug: str) -> Organisation:
    return get_object_or_404(firms_of(request.user), slug=slug)


def _next(request: SignedInRequest) -> str:
    """Where the person came from, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else ""


@login_required
@require_safe
def my_firms(request: SignedInRequest) -> HttpResponse:
    return render(request, "organisations/my_firms.html", {"firms": firms_of(request.user)})


@login_required
def firm_new(request: SignedInRequest) -> HttpResponse:
    form = NewFirmForm(request.POST or None)
    taken = False
    if request.method == "POST" and form.is_valid():
        try:
            firm = actions.register_firm(
                by=request.user, business_number=form.cleaned_data["business_number"], **form.own_fields()
            )
        except actions.BusinessNumberTaken as error:
            form.add_error("business_number", str(error))
            taken = True
        else:
            messages.success(request, _("“%(firm)s” is registered. You can apply now.") % {"firm": firm})
            return redirect(_next(request) or "organisations:my_firms")
    context = {
        "form": form,
        "taken": taken,
        "next": _next(request),
        "contacts": Host.objects.exclude(contact="") if taken else [],
    }
    return render(request, "organisations/firm_new.html", context)


@login_required
def firm_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    firm = _firm(request, slug)
    form = FirmForm(request.POST or None, instance=firm)
    if request.method == "POST" and form.is_valid():
        actions.update_firm(firm=firm, by=request.user, **form.own_fields())
        messages.success(request, _("Saved."))
        return redirect("organisations:firm", firm.slug)
    return _firm_page(request, firm, form, MemberForm())


def _firm_page(
    request: SignedInRequest, firm: Organisation, form: FirmForm, member_form: MemberForm
) -> HttpResponse:
    members = list(firm.memberships.select_related("user").order_by("pk"))
    context = {
        "firm": firm,
        "form": form,
        "member_form": member_form,
        "members": members,
        "is_owner": any(member.is_owner and member.user_id == request.user.pk for member in members),
    }
    return render(request, "organisations/firm.html", context)


@login_required
@require_POST
def member_add(request: SignedInRequest, slug: str) -> HttpResponse:
    firm = _firm(request, slug)
    form = MemberForm(request.POST)
    if form.is_valid():
        try:
            added = actions.add_member(firm=firm, email=form.cleaned_data["email"], by=request.user)
        except actions.NotOwner as error:
            form.add_error(None, str(error))
        else:
            text = _("%(email)s may act for this firm now, and signs in with a code sent to that address.")
            messages.success(request, text % {"email": added.user.email})
            return redirect("organisations:firm", firm.slug)
    return _firm_page(request, firm, FirmForm(instance=firm), form)


@login_required
@require_POST
def member_remove(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    firm = _firm(request, slug)
    membership = get_object_or_404(
        OrganisationMembership.objects.select_related("organisation"), organisation=firm, pk=pk
    )
    try:
        actions.remove_member(membership=membership, by=request.user)
    except actions.NotOwner as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("This person no longer acts for the firm."))
    return redirect("organisations:firm", firm.slug)
