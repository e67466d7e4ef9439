from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The one place that writes HWPX, XLSX, PDF, CSV and charts. An app only for its translations."""

    name = "bridgehead.documents"
    label = "documents"
