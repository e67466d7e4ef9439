"""A certificate or badge as people carry it: the signed file, a PDF with that file inside, a card for the wallet, QR and mark."""

import io
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import segno
import typst
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bridgehead.certification.models import Badge, Certificate, Scheme
from bridgehead.documents import shown
from bridgehead.documents.fonts import FAMILY
from bridgehead.documents.pdf import available_fonts

TEMPLATE = Path(__file__).with_name("certificate.typ")
MARK = Path(__file__).with_name("mark.typ")
GREEN, BLUE = "#1a6b45", "#0b50d0"
FORMS = ("pdf", "card")


@dataclass(frozen=True)
class Paper:
    """What is printed about a signed file, and the file."""

    title: str
    heading: str
    facts: list[tuple[str, str]]
    address: str
    name: str
    document: str
    colour: str
    reconstructed: bool


def write(what: Certificate | Badge, form: str, language: str) -> bytes:
    """`form` is `json` (what was signed, byte for byte), `pdf` (A4, the signed file attached) or `card` (85.6 × 54 mm)."""
    if what.credential is None:
        raise ValueError(f"{what} has not been signed")
    if form == "json":
        return what.credential.document.encode()
    with translation.override(language):
        paper = _of_badge(what) if isinstance(what, Badge) else _of_certificate(what)
        return _draw(paper, form, language)


def public_address(what: Certificate | Badge) -> str:
    """Where the QR code leads: the page with the state of today."""
    if isinstance(what, Badge):
        return f"{settings.SITE_URL}{reverse('certification:badge', args=[what.award_id])}"
    return f"{settings.SITE_URL}{reverse('certification:certificate', args=[what.number])}"


def qr(address: str) -> str:
    """An SVG of error correction level M, with the quiet zone the standard asks for."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=4, scale=4, xmldecl=False, light="#fff"
    )
    return out.getvalue().decode()


def mark(scheme: Scheme, number: str) -> str:
    """The mark of the scheme with a certificate's number, which belongs to it wherever it is used."""
    return _mark(scheme.name_ko, scheme.name_en, number)


@lru_cache(maxsize=256)
def _mark(korean: str, english: str, number: str) -> str:
    """Drawn once per process: every letter is a path, so that a printer without the font prints the same mark."""
    words = {"korean": shown.clean(korean), "english": shown.clean(english), "number": shown.clean(number)}
    data = words | {"green": GREEN, "font": FAMILY}
    drawn = typst.compile(
        MARK.read_bytes(), format="svg", sys_inputs={"mark": json.dumps(data)}, font_paths=available_fonts()
    )
    head, rest = bytes(drawn).decode().split(">", 1)
    return f'{head} role="img"><title>{escape(f"{korean} · {english} {number}")}</title>{rest}'


def _of_certificate(certificate: Certificate) -> Paper:
    case, scheme = certificate.case, certificate.case.version.scheme
    facts = [
        (pgettext("certification", "Number"), certificate.number),
        (_("Issued to"), case.firm.name),
        (_("Certified"), certificate.scope),
        (_("Markets"), ", ".join(case.markets)),
        (_("Valid"), f"{date_format(certificate.valid_from)} – {date_format(certificate.valid_until)}"),
        (pgettext("certification", "Issued by"), scheme.host.name),
    ]
    return Paper(
        scheme.name, _("Certificate"), facts, public_address(certificate), certificate.number,
        str(certificate.credential and certificate.credential.document), GREEN, case.reconstructed,
    )  # fmt: skip


def _of_badge(badge: Badge) -> Paper:
    programme = badge.award.programme
    facts = [
        (_("Given to"), badge.award.firm.name),
        (_("For"), badge.kind_words),
        (_("Given on"), date_format(badge.credential.issued_at)),
        (pgettext("certification", "Issued by"), programme.host.name),
    ]
    return Paper(
        programme.title, _("Badge"), facts, public_address(badge), f"badge-{badge.award_id}",
        badge.credential.document, BLUE, programme.reconstructed,
    )  # fmt: skip


def _draw(paper: Paper, form: str, language: str) -> bytes:
    data = {
        "form": form,
        "language": language,
        "font": FAMILY,
        "title": shown.clean(paper.title),
        "heading": paper.heading,
        "facts": [[str(label), shown.clean(str(value))] for label, value in paper.facts],
        "note": _("Whether it is valid today: scan the code, or check the file attached to this PDF."),
        "address": paper.address,
        "qr": qr(paper.address),
        "file": f"{paper.name}.json",
        "credential": paper.document,
        "colour": paper.colour,
        "remark": _("Reconstructed for a demonstration") if paper.reconstructed else "",
    }
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"certificate": json.dumps(data, ensure_ascii=False)},
        font_paths=available_fonts(),
    )
