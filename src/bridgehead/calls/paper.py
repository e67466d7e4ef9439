"""The paper the selection committee has before it: conditions, ranking with reasons, reserve list, what was not eligible."""

from typing import Literal

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bridgehead.calls.explaining import sentences
from bridgehead.calls.models import Call
from bridgehead.calls.paper_parts import conflicts, minutes, selection_rule
from bridgehead.calls.queries.officer import quotas_in_words
from bridgehead.calls.queries.ranking import chosen_scenario, ineligible, obstacles
from bridgehead.calls.queries.rows import what_if_of
from bridgehead.calls.queries.seats import Seat, seats_of
from bridgehead.documents.blocks import (
    Block,
    Column,
    Document,
    Heading,
    Item,
    Language,
    Meta,
    Numbered,
    Paragraph,
    Table,
)
from bridgehead.kit.clock import with_zone

FORMATS: tuple[Literal["hwpx"], Literal["xlsx"]] = ("hwpx", "xlsx")


def build(call: Call, language: Language = "ko") -> Document:
    """Reviewers appear as R1, R2 …; before the decision the outcomes are a proposal, and the paper says so."""
    with translation.override(language), timezone.override(call.zone):
        seats = seats_of(call, what_if_of(chosen_scenario(call)))
        decided = bool(seats) and seats[0].decision is not None
        blocks: list[Block] = [
            Heading(_("Overview")),
            Numbered(_overview(call, seats, decided)),
            Heading(_("How applications are scored")),
            _criteria(call),
            Numbered([*selection_rule(call), *_rules(call)]),
            Heading(_("Decision") if decided else _("Proposal")),
            _ranking(seats),
            Heading(_("Reasons")),
            Numbered([Item(_who(seat), [Item(why) for why in sentences(seat.reasons)]) for seat in seats]),
            *_not_eligible(call),
            *conflicts(call),
            *minutes(),
        ]
        notice = _("Reconstructed data") if call.programme.reconstructed else ""
        meta = Meta(
            organisation=call.programme.host.name,
            date=timezone.localdate(),
            as_of=timezone.localtime(),
            notice=notice,
        )
        return Document(_("Selection for “%(title)s”") % {"title": call.title}, language, blocks, meta)


def _overview(call: Call, seats: list[Seat], decided: bool) -> list[Item]:
    zone = call.zone
    chosen = sum(seat.outcome == "selected" for seat in seats)
    reserve = sum(seat.outcome == "reserved" for seat in seats)
    received = call.applications.exclude(submitted_at__isnull=True).count()
    items = [
        Item(_("Programme: %(title)s") % {"title": call.programme.title}),
        Item(
            _("Applications were taken from %(opens)s to %(closes)s.")
            % {"opens": with_zone(call.opens_at, zone), "closes": with_zone(call.closes_at, zone)}
        ),
        Item(
            _("%(received)s applications received, %(reviewed)s reviewed, %(places)s places.")
            % {"received": received, "reviewed": len(seats), "places": call.places}
        ),
        Item(_("Selected: %(chosen)s. Reserve list: %(reserve)s.") % {"chosen": chosen, "reserve": reserve}),
    ]
    if not decided:
        open_points = [Item(text) for text in obstacles(call)]
        items.append(
            Item(_("This is a proposal computed from the scores; the committee decides."), open_points)
        )
    return items


def _criteria(call: Call) -> Table:
    rows = [(criterion.name, criterion.weight, criterion.help) for criterion in call.criteria.all()]
    columns = [
        Column(_("Criterion"), width=14),
        Column(_("Weight"), kind="integer", width=5),
        Column(_("What to look at"), width=26),
    ]
    total = (_("Total"), sum(row[1] for row in rows), "")
    return Table(columns, rows, caption=_("Criteria"), total=total)


def _rules(call: Call) -> list[Item]:
    items = [
        Item(
            _(
                "Every criterion is scored from 1 to %(best)s. The score is the weighted mean over the reviewers, as a share of the best value, of 100."
            )
            % {"best": call.scale_max}
        )
    ]
    if call.threshold:
        items.append(
            Item(
                _("Threshold: %(threshold)s points without bonus.")
                % {"threshold": f"{call.threshold.normalize():f}"}
            )
        )
    items += [
        Item(
            _("Bonus: %(name)s, %(points)s points.")
            % {"name": bonus.name, "points": f"{bonus.points.normalize():f}"}
        )
        for bonus in call.bonuses.all()
    ]
    items += [
        Item(
            ngettext(
                "%(count)s place is kept for “%(answer)s”.",
                "%(count)s places are kept for “%(answer)s”.",
                places,
            )
            % {"count": places, "answer": answer}
        )
        for answer, places in quotas_in_words(call)
    ]
    items.append(Item(_("Equal points: the heaviest criterion decides, then the earlier submission.")))
    return items


def _ranking(seats: list[Seat]) -> Table:
    columns = [
        Column(_("Rank"), kind="integer", width=4),
        Column(_("Receipt number"), width=10),
        Column(_("Firm"), width=12),
        Column(_("Reviewers"), width=12),
        Column(_("Score"), kind="number", places=2, width=6),
        Column(_("Bonus"), kind="number", places=2, width=5),
        Column(_("Total"), kind="number", places=2, width=6),
        Column(_("Outcome"), width=8),
        Column(pgettext("committee paper", "Note"), width=12),
    ]
    rows = [
        (
            seat.rank,
            seat.application.number,
            seat.application.firm.name,
            " · ".join(f"{one.name} {one.score:.1f}" for one in seat.reviewers),
            seat.score,
            seat.bonus,
            seat.total,
            _outcome(seat),
            seat.decision.note if seat.decision else "",
        )
        for seat in seats
    ]
    note = (
        _("Reviewers who differ widely are worth a word in the committee.")
        if any(s.is_wide for s in seats)
        else ""
    )
    return Table(columns, rows, caption=_("Ranking"), note=note)


def _outcome(seat: Seat) -> str:
    return f"{seat.outcome_label} {seat.reserve_rank}" if seat.reserve_rank else seat.outcome_label


def _who(seat: Seat) -> str:
    return f"{seat.application.firm.name} ({seat.application.number})"


def _not_eligible(call: Call) -> list[Block]:
    decisions = ineligible(call)
    if not decisions:
        return [Paragraph(_("No application was found not eligible."))]
    rows = [
        (d.application.number, d.application.firm.name, " ".join(sentences(d.reasons))) for d in decisions
    ]
    columns = [
        Column(_("Receipt number"), width=10),
        Column(_("Firm"), width=14),
        Column(_("Reason"), width=24),
    ]
    return [Heading(_("Not eligible")), Table(columns, rows, caption=_("Not eligible"))]
