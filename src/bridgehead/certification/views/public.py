"""What everybody sees: the register, a certificate, a scheme with its limits, and the page that verifies."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from bridgehead.certification import papers, publishing, queries, verifying
from bridgehead.certification.actions.complaining import complain as send_complaint
from bridgehead.certification.forms import ComplaintForm, VerifyForm
from bridgehead.certification.models import Badge, Certificate, Complaint
from bridgehead.certification.rules import confirmed_limits
from bridgehead.certification.standalone import checker_words
from bridgehead.kit.clock import today
from bridgehead.kit.navigation import firm_pages

ON_A_PAGE = 20


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    wanted = {name: request.GET.get(name, "").strip() for name in ("q", "firm", "state")}
    found = queries.search_register(words=wanted["q"], firm=wanted["firm"], state=wanted["state"])
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": _rows(page.object_list),
        "q": wanted["q"],
        "schemes": queries.schemes_in_force(),
    }
    return render(request, "certification/register.html", context)


def _rows(certificates: object) -> list[tuple[Certificate, str]]:
    return [(certificate, certificate.standing(today())) for certificate in certificates]  # type: ignore[attr-defined]


@require_safe
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """Also of a certificate that another has replaced: it says so."""
    all_of_them = Certificate.objects.select_related(
        "case__version__scheme__host", "case__firm", "credential__key"
    )
    found = get_object_or_404(all_of_them, number=number)
    findings = found.case.findings.select_related("criterion").filter(conforms=True)
    context = {
        "certificate": found,
        "standing": found.standing(today()),
        "findings": [(finding, finding.claim) for finding in findings],
        "current": found.case.certificates.filter(replaced_at=None).exclude(pk=found.pk).first(),
    }
    return render(request, "certification/certificate.html", context)


@require_safe
def paper(request: HttpRequest, number: str, form: str) -> HttpResponse:
    return _pdf(get_object_or_404(queries.register(), number=number), form, number)


def _pdf(what: Certificate | Badge, form: str, name: str) -> HttpResponse:
    if form not in ("certificate", "card"):
        raise Http404
    data = papers.write(what, "pdf" if form == "certificate" else "card", (get_language() or "ko")[:2])
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}-{form}.pdf"'
    return response


@require_safe
def scheme(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(queries.schemes_in_force(), slug=slug)
    version = found.in_force[0]  # type: ignore[attr-defined]
    criteria = queries.criteria_of(version)
    context = {
        "scheme": found,
        "version": version,
        "criteria": criteria,
        "confirmed": confirmed_limits(criteria),
    }
    return render(request, "certification/scheme.html", context)


@require_safe
def mark_rules(request: HttpRequest, slug: str) -> HttpResponse:
    """How the mark may be used and what may be claimed with it."""
    found = get_object_or_404(queries.schemes_in_force(), slug=slug)
    version = found.in_force[0]  # type: ignore[attr-defined]
    context = {"scheme": found, "criteria": [one for one in version.criteria.all() if one.claim]}
    return render(request, "certification/mark_rules.html", context)


@require_safe
def firm(request: HttpRequest, slug: str) -> HttpResponse:
    """What a firm may show: its certificates with their state today, and its badges."""
    found = get_object_or_404(queries.public_firms(), slug=slug)
    context = {
        "firm": found,
        "rows": _rows(queries.register().filter(case__firm=found)),
        "badges": queries.badges_of(found),
        "pages": firm_pages([found.pk])[found.pk],
    }
    return render(request, "certification/firm.html", context)


@require_safe
def badge(request: HttpRequest, pk: int) -> HttpResponse:
    """Also of a badge that was withdrawn: it says so."""
    found = get_object_or_404(queries.badges(), award=pk)
    return render(request, "certification/badge.html", {"badge": found, "award": found.award})


@require_safe
def badge_paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    found = get_object_or_404(queries.badges(), award=pk)
    return _pdf(found, form, f"badge-{pk}")


@csrf_exempt
def verify(request: HttpRequest) -> HttpResponse:
    """Anybody, without account or cookie; nothing of what is sent is kept."""
    form = VerifyForm(request.POST if request.method == "POST" else None, request.FILES or None)
    checked = verifying.check(form.cleaned_data["content"]) if form.is_bound and form.is_valid() else None
    context = {"form": form, "checked": checked}
    return render(request, "certification/verify.html", context, status=422 if form.errors else 200)


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The page whose script checks in the browser, with what it needs of ours: the names of our issuers."""
    context = {
        "trusted": sorted(publishing.trusted()),
        "words": checker_words((get_language() or "ko")[:2]),
    }
    return render(request, "certification/offline.html", context)


def complain(request: HttpRequest, number: str) -> HttpResponse:
    found = get_object_or_404(queries.register(), number=number)
    form = ComplaintForm(request.POST if request.method == "POST" else None, case=found.case)
    if request.method == "POST" and form.is_valid():
        send_complaint(case=found.case, kind=Complaint.Kind.COMPLAINT, **form.cleaned_data)
        messages.success(
            request, _("Your complaint was received. Somebody who took no part in this case answers it.")
        )
        return redirect("certification:certificate", number)
    context = {"certificate": found, "form": form}
    return render(request, "certification/complain.html", context, status=422 if form.errors else 200)
