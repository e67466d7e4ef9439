"""Parts of the committee's paper: how the call selects, the scenario chosen, conflicts of interest, the minutes to sign."""

from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.calls.conflicts import DECLARED
from bridgehead.calls.models import Call, Review
from bridgehead.calls.queries.conflicts import Finding, findings_of
from bridgehead.calls.queries.ranking import chosen_scenario, reviewer_names
from bridgehead.documents.blocks import Block, Column, Heading, Item, Numbered, Paragraph, Table

#: Lines to sign on; a committee has five to seven members.
SIGNATURES = 7


def selection_rule(call: Call) -> list[Item]:
    """The rule, its stages, and the scenario the committee goes by."""
    items = [Item(_("Selection: %(rule)s.") % {"rule": call.get_selection_display()})]
    if call.lottery_seed:
        items.append(Item(_("Seed of the lottery: %(seed)s.") % {"seed": call.lottery_seed}))
    stages = list(call.stages.all())
    if len(stages) > 1:
        weights = [
            Item(_("%(stage)s: %(weight)s of 100") % {"stage": stage.name, "weight": stage.weight})
            for stage in stages
        ]
        items.append(Item(_("Stages and their weights"), weights))
    scenario = chosen_scenario(call)
    if scenario:
        facts = [Item(_("Reason: %(reason)s") % {"reason": scenario.chosen_reason})]
        if scenario.normalised:
            facts.append(Item(_("Scores are levelled by reviewer.")))
        items.append(Item(_("Scenario chosen: %(name)s.") % {"name": scenario.name}, facts))
    return items


def conflicts(call: Call) -> list[Block]:
    """Those declared and those the details of both sides betray, under the reviewers' neutral names."""
    return [Heading(_("Conflicts of interest")), *_declared(call), *_detected(call)]


def _declared(call: Call) -> list[Block]:
    names = reviewer_names(call)
    found = (
        Review.objects.filter(application__call=call, state=Review.State.CONFLICT)
        .select_related("application__firm")
        .order_by("pk")
    )
    rows = [
        (
            names[one.reviewer_id],
            one.application.number,
            one.application.firm.name,
            one.get_conflict_kind_display(),
        )
        for one in found
    ]
    if not rows:
        return [Paragraph(_("No reviewer declared a conflict of interest."))]
    note = _("These reviewers did not score the applications named.")
    return [Table(_conflict_columns(), rows, caption=_("Conflicts of interest declared"), note=note)]


def _detected(call: Call) -> list[Block]:
    """Among those who read for this call; a reading that was scored all the same is said to be so."""
    names = reviewer_names(call)
    people = User.objects.filter(pk__in=names)
    rows = [
        (names[one.reviewer.pk], one.application.number, one.application.firm.name, _betrayed(one))
        for one in findings_of(call, people)
        if set(one.kinds) != {DECLARED}
    ]
    if not rows:
        return [Paragraph(_("Comparing the details of reviewers and applicants brought up no conflict."))]
    return [Table(_conflict_columns(), rows, caption=_("Conflicts of interest detected"))]


def _betrayed(finding: Finding) -> str:
    scored = finding.review is not None and finding.review.state == Review.State.DONE
    return ", ".join([*finding.words, *([_("scored all the same")] if scored else [])])


def _conflict_columns() -> list[Column]:
    return [
        Column(_("Reviewer"), width=6),
        Column(_("Receipt number"), width=10),
        Column(_("Firm"), width=12),
        Column(_("Kind"), width=20),
    ]


def minutes() -> list[Block]:
    """To be filled in and signed by the committee."""
    columns = [
        Column(_("Member"), width=10),
        Column(_("Organisation"), width=14),
        Column(_("Signature"), width=12),
    ]
    rows = [("", "", "") for _line in range(SIGNATURES)]
    points = [
        Item(_("Date and place:")),
        Item(_("Resolution: the selection above is adopted / adopted with the changes noted.")),
        Item(_("Remarks:")),
    ]
    return [
        Heading(_("Minutes")),
        Numbered(points),
        Table(columns, rows, caption=_("Members of the committee")),
    ]
