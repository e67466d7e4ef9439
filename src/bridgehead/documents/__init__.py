"""The one place that writes HWPX, XLSX, PDF, CSV and charts.

    from bridgehead import documents
    from bridgehead.documents.blocks import Document, Heading, Table, Column

    data = documents.render(Document("결과 보고", "ko", [Heading("개요"), Table(...)]), "hwpx")
    response = HttpResponse(data, content_type=documents.CONTENT_TYPES["hwpx"])

The writers are heavy libraries that most requests never need; each is imported when its format is first asked for.
"""

from importlib import import_module
from typing import Literal

from bridgehead.documents.blocks import Document

Format = Literal["hwpx", "pdf", "xlsx"]
FORMATS: tuple[Format, ...] = ("hwpx", "pdf", "xlsx")
CONTENT_TYPES = {
    "hwpx": "application/hwp+zip",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "svg": "image/svg+xml",
    "png": "image/png",
}


def render(document: Document, format: Format) -> bytes:
    """The finished file; the same document says the same in every format."""
    if format not in FORMATS:
        raise ValueError(f"no writer for {format!r}; there are {', '.join(FORMATS)}")
    return import_module(f"bridgehead.documents.{format}").render(document)
