"""The maker's certificates, on a phone."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from bridgehead.certification import deeds, queries
from bridgehead.certification.actions.applying import open_case
from bridgehead.certification.views.acting import do, named, offered
from bridgehead.certification.views.case import about
from bridgehead.kit.clock import today
from bridgehead.organisations.queries import firms_of


@login_required
def cases(request: HttpRequest) -> HttpResponse:
    context = {
        "cases": queries.cases_of_maker(request.user),
        "schemes": queries.schemes_in_force(),
        "firms": firms_of(request.user),
        "badges": queries.badges_of_maker(request.user),
    }
    return render(request, "certification/my_cases.html", context)


@login_required
@require_POST
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a case for one of the maker's workshops."""
    scheme = get_object_or_404(queries.schemes_in_force(), slug=slug)
    firms = firms_of(request.user)
    firm = get_object_or_404(firms, slug=request.POST["firm"]) if request.POST.get("firm") else firms.first()
    if firm is None:
        return redirect("certification:my_cases")
    version = scheme.in_force[0]  # type: ignore[attr-defined]
    case = open_case(version=version, firm=firm, by=request.user, markets=["EU", "KR"])
    return redirect("certification:my_case", case.pk)


@login_required
def case(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.cases_of_maker(request.user), pk=pk)
    certificate = found.certificates.filter(replaced_at=None).first()
    valid = certificate if certificate and certificate.standing(today()) == "valid" else None
    context = about(found) | {"deeds": offered(found, deeds.MAKER), "valid_certificate": valid}
    return render(request, "certification/my_case.html", context)


@login_required
def act(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    found = get_object_or_404(queries.cases_of_maker(request.user), pk=pk)
    return do(request, found, named(deed, deeds.MAKER), "certification:my_case", "base.html")
