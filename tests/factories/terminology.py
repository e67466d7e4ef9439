"""Concepts of the dictionary, approved or proposed, through the import that people use."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from bridgehead.engines import termbase
from bridgehead.terminology.actions.importing import ImportReport, import_concepts
from bridgehead.terminology.models import Concept
from tests.factories.organisations import number


def said(code: str = "", **fields: Any) -> termbase.Concept:
    """A concept of the engine; `ko` and `en` are terms, or lists of (term, status)."""
    terms = [
        termbase.Term(lang, *((each, "preferred") if isinstance(each, str) else each))
        for lang in ("ko", "en", "it", "ar")
        for each in _listed(fields.pop(lang, ()))
    ]
    definitions = tuple(
        termbase.Definition(lang, fields.pop(f"{lang}_definition"))
        for lang in ("ko", "en")
        if f"{lang}_definition" in fields
    )
    terms += fields.pop("terms", [])
    return termbase.Concept(code or f"concept-{number()}", tuple(terms), definitions=definitions, **fields)


def _listed(given: Any) -> Any:
    return [given] if isinstance(given, str) else given


def taken(*concepts: termbase.Concept, approve: bool = True, by: Any = None) -> ImportReport:
    return import_concepts(concepts=concepts, by=by, approve=approve)


def a_concept(code: str = "", **fields: Any) -> Concept:
    """Approved; by default 보석 and gemstone with their definitions."""
    fields = fields or {
        "ko": "보석",
        "en": "gemstone",
        "ko_definition": "아름답고 오래가는 광물",
        "en_definition": "mineral that is beautiful and lasts",
        "subject": "gemology.species",
    }
    made = said(code, **fields)
    taken(made)
    return Concept.objects.get(code=made.id)


def a_picture(
    width: int = 40, height: int = 30, *, kind: str = "png", name: str = "ring.png", **saved: Any
) -> SimpleUploadedFile:
    """A picture of one colour, as a browser sends it."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), (180, 140, 60)).save(out, kind.upper(), **saved)
    return SimpleUploadedFile(name, out.getvalue(), f"image/{kind}")
