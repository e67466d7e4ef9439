"""People and roles of a host, for its administrator."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.organisations.access import requires
from bridgehead.organisations.actions import LastAdministrator, give_role, take_role
from bridgehead.organisations.forms import RoleForm
from bridgehead.organisations.models import HostMembership
from bridgehead.organisations.queries import hosts_where


@login_required
@requires(roles.MEMBERS_EDIT)
def members(request: SignedInRequest) -> HttpResponse:
    hosts = hosts_where(request.user, roles.MEMBERS_EDIT)
    form = RoleForm(request.POST or None, hosts=hosts)
    if request.method == "POST" and form.is_valid():
        membership = give_role(by=request.user, **form.cleaned_data)
        messages.success(
            request,
            _("%(who)s is now: %(role)s.") % {"who": membership.user, "role": membership.get_role_display()},
        )
        return redirect("portal:members")
    memberships = (
        HostMembership.objects.filter(host__in=hosts)
        .select_related("host", "user")
        .order_by("host__slug", "user__name", "role")
    )
    context = {"memberships": memberships, "form": form, "roles": roles.ROLES.values()}
    return render(request, "portal/members.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    hosts = hosts_where(request.user, roles.MEMBERS_EDIT)
    membership = get_object_or_404(HostMembership.objects.filter(host__in=hosts), pk=pk)
    try:
        take_role(membership=membership, by=request.user)
        messages.success(request, _("The role was taken away. Everything the person did stays on record."))
    except LastAdministrator as error:
        messages.error(request, str(error))
    return redirect("portal:members")
