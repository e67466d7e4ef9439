"""The results report of a programme: one document, written as HWPX, PDF or XLSX, in Korean or English."""

from datetime import date
from decimal import Decimal

from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.documents.blocks import (
    Block,
    Column,
    Document,
    Figure,
    Heading,
    Item,
    KeyFigures,
    Language,
    Meta,
    Numbered,
    Paragraph,
    Table,
)
from bridgehead.funding.queries import firm_balances
from bridgehead.kit.clock import local_day
from bridgehead.kit.money import format_money
from bridgehead.outcomes import charts
from bridgehead.outcomes.labels import STAGE_LABELS, STAGE_MEANINGS
from bridgehead.outcomes.queries import Line, Results, by_country, by_day, by_firm
from bridgehead.outcomes.rules import STAGES, Ladder
from bridgehead.programmes.models import Statement
from bridgehead.programmes.queries import stated_about


def report(found: Results, language: Language) -> Document:
    with translation.override(language):
        countries = by_country(found)
        blocks: list[Block] = [
            *_overview(found),
            *_ladder(found, language),
            *_breakdown(found, _("Results by firm"), _("Firm"), by_firm(found)),
            *_breakdown(found, _("Results by country"), _("Country"), countries),
            charts.consultations_of(countries, _("Consultations by country"), language).picture(),
            *_days(found, language),
            *_money(found, language),
        ]
        programme = found.programme
        return Document(
            _("Results of %(programme)s") % {"programme": programme.title},
            language,
            blocks,
            Meta(
                organisation=str(programme.host),
                date=local_day(found.as_of, programme.zone),
                as_of=found.as_of,
                source=_("Consultation log of the programme"),
                notice=_("Demonstration data: people, buyers and single records are reconstructed.")
                if programme.reconstructed
                else "",
            ),
        )


def _overview(found: Results) -> list[Block]:
    programme = found.programme
    items = [Item(_("Host: %(name)s") % {"name": programme.host})]
    if programme.operator:
        items.append(Item(_("Operator: %(name)s") % {"name": programme.operator}))
    if programme.edition:
        where = f"{programme.edition.name} ({programme.edition.city})"
        items.append(Item(_("Fair: %(name)s") % {"name": where}))
    days = f"{date_format(programme.starts_on)} – {date_format(programme.ends_on)}"
    items.append(Item(_("Days: %(days)s") % {"days": days}))
    firms = ngettext("%(count)s firm took part", "%(count)s firms took part", found.firms) % {
        "count": found.firms
    }
    if found.planned:
        firms += " " + _("(planned: %(count)s)") % {"count": found.planned["firms"]}
    items.append(Item(firms))
    said = [
        _said(about.label, statement) for about in stated_about(programme) for statement in about.statements
    ]
    blocks: list[Block] = [Heading(_("Overview")), Numbered(items)]
    if said:
        blocks += [Heading(_("What was stated, and by whom")), Numbered([Item(text) for text in said])]
    return blocks


def _said(label: str, statement: Statement) -> str:
    """“firms planned: about 20 (Korea Ceramics Foundation)”."""
    figure = number_format(statement.value.normalize(), use_l10n=True, force_grouping=True)
    if statement.unit:
        figure = format_money(statement.value, statement.unit)
    if statement.approximate:
        figure = _("about %(figure)s") % {"figure": figure}
    return f"{label}: {figure} ({statement.said_by})"


def _ladder(found: Results, language: Language) -> list[Block]:
    figures = [
        Figure(
            str(STAGE_LABELS[stage]),
            ngettext("%(count)s case", "%(count)s cases", rung.count) % {"count": f"{rung.count:,}"},
            format_money(rung.amount, found.currency),
        )
        for stage, rung in found.ladder.rungs.items()
    ]
    meanings = [Item(f"{STAGE_LABELS[stage]}: {STAGE_MEANINGS[stage]}") for stage in STAGES]
    blocks: list[Block] = [
        Heading(_("Results by stage")),
        KeyFigures(figures),
        charts.ladder(found, language).picture(),
        Numbered(meanings),
    ]
    if found.without_rate:
        note = ngettext(
            "%(count)s amount is not included: there is no exchange rate for its day.",
            "%(count)s amounts are not included: there is no exchange rate for their days.",
            found.without_rate,
        )
        blocks.append(Paragraph(note % {"count": found.without_rate}))
    return blocks


def _reached(found: Results) -> list[str]:
    """Stages anybody reached: a page of zeros helps nobody, and the ladder above states them."""
    return [stage for stage in STAGES if found.ladder[stage].count]


def _breakdown(found: Results, title: str, first: str, lines: list[Line]) -> list[Block]:
    stages = _reached(found)
    columns = [Column(first)]
    for stage in stages:
        columns.append(Column(_("%(stage)s, cases") % {"stage": STAGE_LABELS[stage]}, "integer"))
        columns.append(
            Column(_("%(stage)s, amount") % {"stage": STAGE_LABELS[stage]}, "money", currency=found.currency)
        )
    rows = [[line.label, *_cells(line.ladder, stages)] for line in lines]
    total = [_("Total"), *_cells(found.ladder, stages)]
    return [Heading(title), Table(columns, rows, total=total)]


def _cells(ladder: Ladder, stages: list[str]) -> list[int | Decimal]:
    return [value for stage in stages for value in (ladder[stage].count, ladder[stage].amount)]


def _days(found: Results, language: Language) -> list[Block]:
    rows: list[list[date | int | Decimal]] = [
        [day, ladder["consultation"].count, ladder["consultation"].amount] for day, ladder in by_day(found)
    ]
    columns = [
        Column(_("Day"), "date"),
        Column(_("Consultations"), "integer"),
        Column(_("Amount talked about"), "money", currency=found.currency),
    ]
    return [Heading(_("Results by day")), charts.per_day(found, language).picture(), Table(columns, rows)]


def _money(found: Results, language: Language) -> list[Block]:
    balances = firm_balances(found.programme)
    rows = [[balance.firm.name, balance.committed, balance.spent] for balance in balances]
    columns = [
        Column(_("Firm")),
        Column(_("Committed"), "money", currency="KRW"),
        Column(_("Spent"), "money", currency="KRW"),
    ]
    blocks: list[Block] = [Heading(_("Budget and support")), charts.budget(found, language).picture()]
    if found.ceiling:
        text = _("Ceiling per firm: %(amount)s, in force since %(day)s.") % {
            "amount": format_money(found.ceiling.amount, "KRW"),
            "day": date_format(found.ceiling.effective_from),
        }
        blocks.append(Paragraph(text))
    if rows:
        blocks.append(Table(columns, rows))
    return blocks
