from io import BytesIO

import pytest
from django.utils import translation
from pypdf import PdfReader


@pytest.fixture(autouse=True)
def english():
    """Texts are compared in the language of the source."""
    with translation.override("en"):
        yield


@pytest.fixture
def pdf_text():
    """The text of a PDF and the size of its first page in millimetres."""

    def read(data: bytes) -> tuple[str, tuple[int, int]]:
        pages = PdfReader(BytesIO(data)).pages
        box = pages[0].mediabox
        size = (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4))
        return "\n".join(page.extract_text() for page in pages), size

    return read
