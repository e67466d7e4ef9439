"""What the cockpit shows of the floor and of the follow-up, and who waits for whom."""

from datetime import date, datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.accounts import roles
from bridgehead.floor.models import FollowUp, Stage, StageRecord, Wave
from bridgehead.floor.queries import (
    consultations_as_of,
    participants,
    programmes_of_maker,
    stages_as_of,
    waves_of,
)
from bridgehead.floor.rules import ANSWER_WITHIN, fair_day, today_at
from bridgehead.kit.steps import Progress, Step, Task
from bridgehead.organisations.queries import Visitor, organisations_of
from bridgehead.programmes.models import Programme
from bridgehead.programmes.queries import programmes_visible_to

NAMED = 5


def floor_step(programme: Programme) -> Step:
    """Current from the first day; done when the fair is over and something was logged."""
    now = timezone.now()
    today = today_at(programme, now)
    talks = consultations_as_of(programme)
    figures = talks.order_by().aggregate(n=Count("pk"), firms=Count("firm", distinct=True))
    pursued = stages_as_of(programme).filter(stage=Stage.PURSUED).count()
    over = today > programme.ends_on
    begun = today >= programme.starts_on
    url = reverse("floor:consultations", args=[programme.slug])
    facts = [ngettext("%(n)d consultation", "%(n)d consultations", figures["n"]) % {"n": figures["n"]}]
    if figures["n"]:
        facts.append(
            ngettext("%(n)d firm took part", "%(n)d firms took part", figures["firms"])
            % {"n": figures["firms"]}
        )
        facts.append(_("%(n)d of them pursued") % {"n": pursued})
    late = _without_entries(programme) if begun else []
    return Step(
        code="floor",
        title=_("Floor"),
        url=url,
        progress=_progress(begun=begun or bool(figures["n"]), done=over and bool(figures["n"])),
        facts=facts,
        late=late,
        next_action=_("Log or import the consultations") if not figures["n"] or not over else "",
        next_url=url if not figures["n"] or not over else "",
    )


def _progress(*, begun: bool, done: bool) -> Progress:
    if done:
        return Progress.DONE
    return Progress.CURRENT if begun else Progress.TODO


def _without_entries(programme: Programme) -> list[str]:
    firms = list(
        participants(programme).exclude(pk__in=consultations_as_of(programme).values("firm"))[: NAMED + 1]
    )
    names = [_("%(firm)s has logged nothing") % {"firm": firm} for firm in firms[:NAMED]]
    return [*names, _("and others")] if len(firms) > NAMED else names


def follow_up_step(programme: Programme) -> Step:
    """Done when every planned round was sent; the firms that have not answered are late after two weeks."""
    now = timezone.now()
    today = today_at(programme, now)
    waves = list(waves_of(programme))
    due = next((wave for wave in waves if wave.sent_at is None), None)
    url = reverse("floor:follow_up", args=[programme.slug])
    late = _without_answer(programme, now)
    facts = [
        ngettext(
            "%(months)d month: %(answered)d of %(asked)d answered",
            "%(months)d months: %(answered)d of %(asked)d answered",
            wave.months,
        )
        % {"months": wave.months, "answered": wave.answered, "asked": wave.asked}  # type: ignore[attr-defined]
        for wave in waves
        if wave.sent_at
    ]
    begun = bool(facts)
    if due and due.due_on > today:
        facts.append(_("Next round on %(day)s") % {"day": _day(due.due_on)})
    action = _next_action(waves, due, today)
    if due and due.due_on < today:
        late.insert(
            0,
            ngettext(
                "The round of %(months)d month was due on %(day)s",
                "The round of %(months)d months was due on %(day)s",
                due.months,
            )
            % {"months": due.months, "day": _day(due.due_on)},
        )
    return Step(
        code="follow_up",
        title=_("Follow-up"),
        url=url,
        progress=_progress(begun=begun, done=bool(waves) and due is None),
        facts=facts,
        next_action=action,
        next_url=url if action else "",
        late=late,
    )


def _without_answer(programme: Programme, now: datetime) -> list[str]:
    waiting = FollowUp.objects.filter(
        wave__programme=programme, answered_at__isnull=True, sent_at__lt=now - ANSWER_WITHIN
    )
    found = list(waiting.select_related("firm", "wave").order_by("-wave__months", "firm")[: NAMED + 1])
    names = [
        ngettext(
            "%(firm)s (round of %(months)d month)",
            "%(firm)s (round of %(months)d months)",
            follow_up.wave.months,
        )
        % {"firm": follow_up.firm, "months": follow_up.wave.months}
        for follow_up in found[:NAMED]
    ]
    return [*names, _("and others")] if len(found) > NAMED else names


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _next_action(waves: list[Wave], due: Wave | None, today: date) -> str:
    if not waves:
        return _("Plan the rounds of follow-up")
    if due is None or due.due_on > today:
        return ""
    return ngettext(
        "Send the round of %(months)d month", "Send the round of %(months)d months", due.months
    ) % {"months": due.months}


def tasks_of(user: Visitor) -> list[Task]:
    """Officers: rounds whose day has come. Makers: the log on the days of the fair, and wins to confirm."""
    return [*_officer_tasks(user), *_maker_tasks(user)]


def _officer_tasks(user: Visitor) -> list[Task]:
    waves = Wave.objects.filter(
        programme__in=programmes_visible_to(user, roles.RESULTS_EDIT).values("pk"),
        sent_at__isnull=True,
        due_on__lte=timezone.localdate(),
    ).select_related("programme")
    return [
        Task(
            title=ngettext(
                "Send the follow-up round of %(months)d month",
                "Send the follow-up round of %(months)d months",
                wave.months,
            )
            % {"months": wave.months},
            url=reverse("floor:follow_up", args=[wave.programme.slug]),
            about=str(wave.programme),
        )
        for wave in waves
    ]


def _maker_tasks(user: Visitor) -> list[Task]:
    now = timezone.now()
    tasks = [
        Task(
            title=_("Log today's consultations"),
            url=reverse("floor:my_log", args=[programme.slug]),
            about=str(programme),
        )
        for programme in programmes_of_maker(user)
        if programme.starts_on <= fair_day(programme, now) <= programme.ends_on
    ]
    wins = (
        StageRecord.objects.filter(
            Q(stage__in=[Stage.SIGNED, Stage.SHIPPED, Stage.PAID]),
            consultation__firm__in=organisations_of(user),
            consultation__programme__in=programmes_of_maker(user).values("pk"),
            consultation__withdrawn_at__isnull=True,
            confirmed_at__isnull=True,
            implied=False,
        )
        .select_related("consultation__programme")
        .order_by("recorded_at")
    )
    return tasks + [
        Task(
            title=_("Confirm the result with %(buyer)s") % {"buyer": win.consultation.buyer_name},
            url=reverse("floor:my_consultation", args=[win.consultation.programme.slug, win.consultation.pk]),
            about=str(win.consultation.programme),
        )
        for win in wins
    ]
