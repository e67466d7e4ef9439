"""What programs fetch: signed files, the issuer's document and its status lists. Open to every origin, and never old."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from bridgehead.certification import papers, publishing, queries
from bridgehead.certification.models import Badge, Certificate, SigningKey
from bridgehead.certification.standalone import page as standalone_page
from bridgehead.engines.credentials.keys import NoKey
from bridgehead.engines.credentials.reasons import Refused
from bridgehead.organisations.models import Host

SECONDS_KEPT = 30  # so that a suspension shows within a minute, caches included


def _open(data: bytes, content_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = f"public, max-age={SECONDS_KEPT}"
    return response


def _issuer(slug: str) -> Host:
    return get_object_or_404(Host.objects.filter(signing_keys__isnull=False).distinct(), slug=slug)


@require_safe
def did_document(request: HttpRequest, host: str) -> HttpResponse:
    return _open(publishing.did_document(_issuer(host)), "application/did+json")


@require_safe
def status_list(request: HttpRequest, host: str, name: str) -> HttpResponse:
    try:
        return _open(publishing.status_list(_issuer(host), name), "application/vc")
    except (Refused, NoKey, SigningKey.DoesNotExist):
        raise Http404 from None


@require_safe
def signed(request: HttpRequest, number: str) -> HttpResponse:
    certificates = Certificate.objects.filter(credential__isnull=False).select_related("credential")
    return _open(papers.write(get_object_or_404(certificates, number=number), "json", "en"), "application/vc")


@require_safe
def badge(request: HttpRequest, pk: int) -> HttpResponse:
    badges = Badge.objects.select_related("credential")
    return _open(get_object_or_404(badges, award=pk).credential.document.encode(), "application/vc")


@require_safe
def badge_qr(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.badges(), award=pk)
    return _open(papers.qr(papers.public_address(found)).encode(), "image/svg+xml")


@require_safe
def standalone(request: HttpRequest) -> HttpResponse:
    """The verification page as one file to keep: words, script and our issuers' keys inside."""
    response = _open(standalone_page(), "text/html; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verify.html"'
    return response


@require_safe
def sample_mark(request: HttpRequest, slug: str) -> HttpResponse:
    """How the mark looks, with a number that belongs to nobody."""
    scheme = get_object_or_404(queries.schemes_in_force(), slug=slug)
    return _open(papers.mark(scheme, f"{scheme.code.upper()}-0000-000").encode(), "image/svg+xml")


@require_safe
def mark(request: HttpRequest, number: str) -> HttpResponse:
    """The mark exists only while the certificate may be used."""
    certificate = get_object_or_404(queries.register(), number=number, case__state="certified")
    return _open(papers.mark(certificate.case.version.scheme, number).encode(), "image/svg+xml")


@require_safe
def qr(request: HttpRequest, number: str) -> HttpResponse:
    certificate = get_object_or_404(queries.register(), number=number)
    return _open(papers.qr(papers.public_address(certificate)).encode(), "image/svg+xml")
