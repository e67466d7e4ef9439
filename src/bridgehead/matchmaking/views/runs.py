"""The officer's runs: start one, watch it come closer to its bound, stop it, and compare what came out."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.matchmaking import actions
from bridgehead.matchmaking.comparing import lines, measures, name_of
from bridgehead.matchmaking.forms import CompareForm, ComputeForm
from bridgehead.matchmaking.grids import changes
from bridgehead.matchmaking.instances import build, published_timetable
from bridgehead.matchmaking.models import Forum
from bridgehead.matchmaking.progress import Told, told
from bridgehead.matchmaking.queries import forums_visible_to, runs_of, timetables_of
from bridgehead.matchmaking.tasks import start_computing
from bridgehead.matchmaking.views.desk import editable_forum, may_edit


def visible_forum(request: HttpRequest, slug: str) -> Forum:
    return get_object_or_404(forums_visible_to(request.user), programme__slug=slug)


def room_tabs(slug: str, current: str) -> list[dict[str, Any]]:
    """The pages of the timetable room."""
    pages = [("timetable", _("Timetable")), ("runs", _("Runs and comparison"))]
    return [
        {"label": label, "url": reverse(f"matchmaking:{name}", args=[slug]), "current": name == current}
        for name, label in pages
    ]


@login_required
def runs(request: HttpRequest, slug: str) -> HttpResponse:
    forum = visible_forum(request, slug)
    timetables = list(runs_of(forum))
    context: dict[str, Any] = {
        "programme": forum.programme,
        "page_code": "timetable",
        "may_edit": may_edit(request, forum.programme),
        "forum": forum,
        "zone": forum.zone,
        "tabs": room_tabs(slug, "runs"),
        "compute_form": ComputeForm(),
        "published": next((one for one in timetables if one.published_at), None),
        "measures": measures(),
        "lines": lines(timetables),
        "live": _live(forum),
        "failed": next((run for run in forum.runs.all()[:1] if run.state == run.State.FAILED), None),
    }
    if sum("breaks" in one.figures for one in timetables) > 1:
        from bridgehead.matchmaking.charts import trade_off  # noqa: PLC0415  slow import

        context["chart"] = trade_off(timetables)
    return render(request, "matchmaking/runs.html", {**context, **_compared(request, forum, timetables)})


def _compared(request: HttpRequest, forum: Forum, timetables: list[Any]) -> dict[str, Any]:
    form = CompareForm(request.GET if "one" in request.GET else None, timetables=timetables)
    if not form.is_valid():
        return {"compare_form": form}
    wanted = [form.cleaned_data["one"], form.cleaned_data["other"]]
    found = {one.pk: one for one in timetables_of(forum).filter(pk__in=wanted)}
    one, other = (found[pk] for pk in wanted)
    return {
        "compare_form": form,
        "one": name_of(one),
        "other": name_of(other),
        "changes": changes(other, one),
    }


def _live(forum: Forum) -> list[Told]:
    return [told(run, timezone.now()) for run in forum.runs.select_related("asked_by") if not run.is_over]


@login_required
def live(request: HttpRequest, slug: str) -> HttpResponse:
    """How far the computations are; once one has ended, the whole page is read again."""
    forum = visible_forum(request, slug)
    under_way = _live(forum)
    context = {
        "programme": forum.programme,
        "live": under_way,
        "may_edit": may_edit(request, forum.programme),
    }
    response = render(request, "matchmaking/_live.html", context)
    if str(len(under_way)) != request.GET.get("count"):
        response["HX-Refresh"] = "true"
    return response


@login_required
@require_POST
def compute(request: HttpRequest, slug: str) -> HttpResponse:
    """Queue the computation; a forum without wishes is told so before anything is queued."""
    forum = editable_forum(request, slug)
    form = ComputeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Time to think: a whole number of seconds from 1 to 600."))
        return redirect("matchmaking:runs", slug)
    least_change = "least_change" in request.POST and published_timetable(forum) is not None
    if not build(forum, least_change=least_change).requests:
        messages.error(request, str(actions.NothingToPlan()))
        return redirect("matchmaking:runs", slug)
    start_computing(
        forum=forum,
        by=request.user,
        least_change=least_change,
        language=get_language() or "ko",
        **form.cleaned_data,
    )
    return redirect("matchmaking:runs", slug)


@login_required
@require_POST
def stop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    run = get_object_or_404(editable_forum(request, slug).runs.all(), pk=pk)
    actions.stop_run(run=run, by=request.user)
    messages.success(request, _("It stops in a moment; the best timetable found so far is kept as a draft."))
    return redirect("matchmaking:runs", slug)
