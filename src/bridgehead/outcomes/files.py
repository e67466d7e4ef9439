"""A programme's results as a file of some format; the one list of formats for page and command."""

from django.utils import translation

from bridgehead import documents
from bridgehead.documents import delimited
from bridgehead.documents.blocks import Column, Language
from bridgehead.kit.countries import country_name
from bridgehead.organisations.models import Organisation
from bridgehead.outcomes.queries import Results

FORMATS = ("hwpx", "xlsx", "pdf", "csv")


def results_file(
    found: Results, format: str, language: Language, *, encoding: delimited.Encoding = "utf-8"
) -> bytes:
    """Raises ValueError for an unknown format, documents.delimited.CannotEncode where CP949 lacks a character."""
    if format == "csv":
        with translation.override(language):
            return rows_as_csv(found, encoding)
    if format not in documents.FORMATS:
        raise ValueError(format)
    from bridgehead.outcomes.report import report  # noqa: PLC0415  (slow: loads the chart library)

    return documents.render(report(found, language), format)


def rows_as_csv(found: Results, encoding: delimited.Encoding) -> bytes:
    """One line per consultation and stage: what every figure of the report is computed from. Names no buyer."""
    firms = Organisation.objects.in_bulk({fact.firm for fact in found.facts})
    columns = [
        Column("stage"),
        Column("consultation"),
        Column("firm"),
        Column("country"),
        Column("day", "date"),
        Column("amount", "number", places=2),
        Column("currency"),
        Column("confirmed"),
    ]
    rows = [
        [
            fact.stage,
            fact.consultation,
            firms[fact.firm].name,
            country_name(fact.country),
            fact.day,
            fact.amount,
            found.currency,
            "yes" if fact.confirmed else "",
        ]
        for fact in found.facts
    ]
    return delimited.write(columns, rows, encoding=encoding)
