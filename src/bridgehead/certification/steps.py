"""What waits for whom in certification, and where a programme stands with the cases its awards opened."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bridgehead.accounts import roles
from bridgehead.accounts.models import User
from bridgehead.certification import queries
from bridgehead.certification.models import (
    Case,
    Certificate,
    Decision,
    Involvement,
    Nonconformity,
    Surveillance,
)
from bridgehead.certification.rules import ISSUED, OPEN_TO_MAKER
from bridgehead.kit.clock import today
from bridgehead.kit.steps import Progress, Step, Task
from bridgehead.organisations.queries import organisations_of
from bridgehead.programmes.models import Programme

S, Part = Case.State, Involvement.Part
SURVEILLANCE_AHEAD = timedelta(days=60)
RENEWAL_AHEAD = timedelta(days=180)


def steps(programme: Programme) -> list[Step]:
    """One stage where a scheme names the programme; none elsewhere."""
    cases = Case.objects.filter(version__scheme__programmes=programme)
    if not programme.schemes.exists():
        return []
    open_states = [S.SUBMITTED, S.RETURNED, S.EVALUATION, S.CORRECTION, S.DECISION]
    counts = cases.aggregate(
        all=Count("pk", filter=~Q(state=S.DRAFT)),
        open=Count("pk", filter=Q(state__in=open_states)),
        certified=Count("pk", filter=Q(state=S.CERTIFIED)),
        deciding=Count("pk", filter=Q(state=S.DECISION)),
    )
    late = Nonconformity.objects.filter(case__in=cases, state=Nonconformity.State.OPEN, deadline__lt=today())
    facts = [
        ngettext("%(n)s case", "%(n)s cases", counts["all"]) % {"n": counts["all"]},
        _("%(n)s under way") % {"n": counts["open"]},
        _("%(n)s certified") % {"n": counts["certified"]},
    ]
    url = reverse("certification:cases")
    overdue = late.count()
    words = ngettext("%(n)s correction is overdue", "%(n)s corrections are overdue", overdue)
    return [
        Step(
            "certification", _("Certification"), url, _progress(counts), facts,
            next_action=pgettext("certification", "Decide") if counts["deciding"] else _("See the cases") if counts["open"] else "",
            next_url=url if counts["open"] else "",
            late=[words % {"n": overdue}] if overdue else [],
        )
    ]  # fmt: skip


def _progress(counts: dict[str, int]) -> Progress:
    if not counts["all"]:
        return Progress.TODO
    return Progress.CURRENT if counts["open"] else Progress.DONE


def tasks_of(user: User) -> list[Task]:
    """The desk's part, without what another part in the case rules out; and the maker's."""
    return [*_at_the_desk(user), *_of_the_maker(user)]


def _at_the_desk(user: User) -> list[Task]:
    cases = queries.cases_visible_to(user, roles.CERTIFICATION_WORK)
    mine = Involvement.objects.filter(case=OuterRef("pk"), person=user)
    cases = cases.annotate(
        **{f"my_{part}": Exists(mine.filter(part=part)) for part in Part.values},
        answered=Exists(
            Nonconformity.objects.filter(case=OuterRef("pk"), state=Nonconformity.State.ANSWERED)
        ),
        complained=Exists(queries.open_complaints().filter(case=OuterRef("pk"))),
    )
    waiting = Q(state__in=[S.SUBMITTED, S.EVALUATION, S.DECISION]) | Q(complained=True)
    return [*_by_state(cases.filter(waiting)), *_watching(user)]


def _by_state(cases: Iterable[Case]) -> list[Task]:
    tasks = []
    for case in cases:
        page, about = reverse("certification:case", args=[case.pk]), _about(case)
        evaluates, decides, hears = case.my_evaluation, case.my_decision, case.my_appeal  # type: ignore[attr-defined]
        if case.state == S.SUBMITTED and not decides and not hears:
            tasks.append(Task(_("Review the application %(case)s") % {"case": case}, page, about))
        elif case.state == S.EVALUATION and evaluates:
            words = (
                _("Check the correction in %(case)s")
                if case.answered  # type: ignore[attr-defined]
                else _("Evaluate %(case)s")
            )
            tasks.append(Task(words % {"case": case}, page, about))
        elif case.state == S.DECISION and not evaluates and not hears:
            tasks.append(Task(_("Decide on %(case)s") % {"case": case}, page, about))
        if case.complained and not evaluates and not decides:  # type: ignore[attr-defined]
            tasks.append(
                Task(
                    _("Answer a complaint or appeal: %(case)s") % {"case": case}, f"{page}#complaints", about
                )
            )
    return tasks


def _watching(user: User) -> list[Task]:
    """Surveillances that come due, for those who may evaluate; bad ones, for those who may decide."""
    plans = Surveillance.objects.filter(
        case__in=queries.cases_visible_to(user, roles.CERTIFICATION_WORK), case__state__in=ISSUED[:2]
    ).select_related("case__firm", "case__version__scheme")
    others = Involvement.objects.filter(case=OuterRef("case"), person=user)
    due = plans.filter(done_on=None, due_on__lte=today() + SURVEILLANCE_AHEAD).exclude(
        Exists(others.exclude(part=Part.EVALUATION))
    )
    later = Decision.objects.filter(case=OuterRef("case"), at__date__gte=OuterRef("done_on"))
    bad = (
        plans.filter(conforms=False)
        .exclude(Exists(later))
        .exclude(Exists(others.exclude(part=Part.DECISION)))
    )
    return [
        Task(
            _("Make the surveillance of %(case)s") % {"case": plan.case}, _page(plan.case), _about(plan.case),
            _end_of(plan.due_on),
        )
        for plan in due
    ] + [
        Task(_("Decide what follows from a surveillance: %(case)s") % {"case": plan.case}, _page(plan.case),
             _about(plan.case))
        for plan in bad
    ]  # fmt: skip


def _page(case: Case) -> str:
    return reverse("certification:case", args=[case.pk])


def _of_the_maker(user: User) -> list[Task]:
    firms = organisations_of(user)
    cases = queries.cases_of_maker(user).filter(state__in=OPEN_TO_MAKER)
    words = {
        S.DRAFT: _("Finish the application %(case)s"),
        S.RETURNED: _("Complete the application %(case)s"),
    }
    tasks = [Task(words[S(case.state)] % {"case": case}, _mine(case), _about(case)) for case in cases]
    wanted = Nonconformity.objects.filter(case__firm__in=firms, state=Nonconformity.State.OPEN)
    tasks += [
        Task(
            _("Correct and report: %(what)s") % {"what": one.criterion.name}, _mine(one.case), _about(one.case),
            _end_of(one.deadline),
        )
        for one in wanted.select_related("criterion", "case__firm", "case__version__scheme")
    ]  # fmt: skip
    plans = Surveillance.objects.filter(
        case__firm__in=firms, case__state__in=ISSUED[:2], done_on=None,
        due_on__lte=today() + SURVEILLANCE_AHEAD,
    ).select_related("case__firm", "case__version__scheme")  # fmt: skip
    tasks += [
        Task(_("Prepare the surveillance of %(case)s") % {"case": plan.case}, _mine(plan.case), _about(plan.case),
             _end_of(plan.due_on))
        for plan in plans
    ]  # fmt: skip
    return tasks + _renewals(queries.ending_certificates(firms, until=today() + RENEWAL_AHEAD))


def _renewals(certificates: Iterable[Certificate]) -> list[Task]:
    return [
        Task(
            _("Apply for renewal of %(case)s") % {"case": one.case}, _mine(one.case), _about(one.case),
            _end_of(one.valid_until),
        )
        for one in certificates
    ]  # fmt: skip


def _mine(case: Case) -> str:
    return reverse("certification:my_case", args=[case.pk])


def _about(case: Case) -> str:
    return f"{case.firm} · {case.version.scheme}"


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59)))
