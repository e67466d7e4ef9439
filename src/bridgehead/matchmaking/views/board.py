"""Changing a draft by hand: what is possible where, and the change itself. By mouse, by keyboard, or without a script."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.matchmaking import actions
from bridgehead.matchmaking.boards import Board
from bridgehead.matchmaking.comparing import name_of
from bridgehead.matchmaking.grids import clock, day_of
from bridgehead.matchmaking.instances import Pair, pair_of, published_timetable
from bridgehead.matchmaking.models import Meeting, Slot, Table, Timetable
from bridgehead.matchmaking.queries import timetables_of
from bridgehead.matchmaking.views.desk import editable_forum
from bridgehead.matchmaking.views.timetable import shown_context

Refused = (actions.Conflict, actions.ChangedMeanwhile, actions.NotADraft)


def _timetable(request: HttpRequest, slug: str, pk: int) -> Timetable:
    return get_object_or_404(
        Timetable.objects.select_related("forum__programme__edition", "forum__programme__host"),
        forum=editable_forum(request, slug),
        pk=pk,
    )


def _pair(board: Board, text: str) -> tuple[Pair, Meeting | None]:
    """The two and their meeting, if they have one. A pair of strangers is not found."""
    try:
        pair = pair_of(text)
    except ValueError:
        raise Http404 from None
    firm, buyer = (board.parties.get(key) for key in pair)
    if firm is None or buyer is None or not firm.is_firm or buyer.is_firm:
        raise Http404
    return pair, next((m for m in board.meetings if (m.firm_id, m.buyer_id) == pair), None)


@login_required
def check(request: HttpRequest, slug: str, pk: int, pair: str) -> JsonResponse:
    """Every cell of the board: empty where the pair may go, else why not. `hints` say what a time means for the two."""
    board = Board(_timetable(request, slug, pk))
    two, meeting = _pair(board, pair)
    moving = [meeting] if meeting else []
    cells, hints = {}, {}
    own = f"f{two[0]}"
    for slot in board.slots:
        anywhere = board.problems(two, slot, None, moving=moving)
        cells[f"{slot.pk}:{own}"] = " ".join(anywhere)
        stand = board.stand_of.get(two[0])
        if stand:
            cells[f"{slot.pk}:s{stand}"] = " ".join(anywhere)
        for table in board.tables:
            problems = board.problems(two, slot, table, moving=moving)
            cells[f"{slot.pk}:t{table.pk}"] = " ".join(problems)
        hints[str(slot.pk)] = "" if anywhere else board.hint(two, slot, moving)
    elsewhere = _("%(firm)s does not meet there.") % {"firm": board.name(two[0])}
    return JsonResponse({"cells": cells, "hints": hints, "elsewhere": elsewhere})


@login_required
def place(request: HttpRequest, slug: str, pk: int, pair: str) -> HttpResponse:
    """One meeting (or waiting wish) and every time, each with what stands in its way."""
    board = Board(_timetable(request, slug, pk))
    two, meeting = _pair(board, pair)
    moving = [meeting] if meeting else []
    rows = []
    for slot in board.slots:
        problems = board.problems(two, slot, None, moving=moving)
        here = meeting is not None and meeting.slot_id == slot.pk
        hint = "" if problems else board.hint(two, slot, moving)
        rows.append((slot, day_of(slot, board.zone), clock(slot, board.zone), here, " ".join(problems), hint))
    swaps = [
        (other, board.name(other.firm_id), board.name(other.buyer_id))
        for other in board.meetings
        if meeting and other.slot_id != meeting.slot_id and not board.swap_problems(meeting, other)
    ]
    context = {
        "programme": board.forum.programme,
        "page_code": "timetable",
        "timetable": board.timetable,
        "name": name_of(board.timetable),
        "pair": pair,
        "firm": board.name(two[0]),
        "buyer": board.name(two[1]),
        "meeting": meeting,
        "rows": rows,
        "swaps": swaps,
        "zone": board.zone,
        "tables": [] if two[0] in board.stand_of else board.tables,
    }
    return render(request, "matchmaking/place.html", context)


@login_required
@require_POST
def change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One change: to a script the new board or what stands in the way, to everybody else the page."""
    timetable = _timetable(request, slug, pk)
    do = DOING.get(request.POST.get("do", ""))
    if do is None:
        raise Http404
    try:
        said, problem = do(request, timetable), ""
    except Refused as error:
        said, problem = "", str(error)
    if request.headers.get("X-Board"):
        return _board(request, slug, timetable.pk, said, problem)
    (messages.error if problem else messages.success)(request, problem or said)
    page = reverse("matchmaking:timetable", args=[slug])
    return redirect(f"{page}?timetable={timetable.pk}&view={request.POST.get('view', '')}")


def _board(request: HttpRequest, slug: str, pk: int, said: str, problem: str) -> HttpResponse:
    timetable = timetables_of(editable_forum(request, slug)).get(pk=pk)
    forum = timetable.forum
    published = published_timetable(forum)
    before = timetables_of(forum).get(pk=published.pk) if published else None
    context = {
        **shown_context(request, forum, timetable, before),
        "programme": forum.programme,
        "forum": forum,
        "zone": forum.zone,
        "may_edit": True,
        "published": before,
        "said": said,
        "problem": problem,
    }
    return render(request, "matchmaking/_draft.html", context, status=422 if problem else 200)


def _revision(request: HttpRequest) -> int | None:
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() else None


def _of(request: HttpRequest, timetable: Timetable) -> dict[str, Any]:
    """Meeting, slot and table of the form, all of this timetable's forum. A column is `t` and a table's key, or the
    firm's own place."""
    column = request.POST.get("column", "")
    table = request.POST.get("table", "") or (column[1:] if column.startswith("t") else "")
    slot = request.POST.get("slot", "")
    found: dict[str, Any] = {"table": None}
    if table.isdecimal():
        found["table"] = get_object_or_404(Table, pk=int(table), forum=timetable.forum_id)
    if slot.isdecimal():
        found["slot"] = get_object_or_404(Slot, pk=int(slot), forum=timetable.forum_id)
    return found


def _meeting(request: HttpRequest, timetable: Timetable, name: str = "pair") -> Meeting | None:
    try:
        firm, buyer = pair_of(request.POST.get(name, ""))
    except ValueError:
        raise Http404 from None
    found = timetable.meetings.filter(firm=firm, buyer=buyer, state=Meeting.State.PLANNED)
    return found.select_related(
        "slot", "table", "timetable", "firm__organisation", "buyer__organisation"
    ).first()


def _some(meeting: Meeting | None) -> Meeting:
    if meeting is None:
        raise Http404
    return meeting


def _move(request: HttpRequest, timetable: Timetable) -> str:
    """A waiting pair is added, a meeting is moved."""
    meeting, to = _meeting(request, timetable), _of(request, timetable)
    if "slot" not in to:
        raise Http404
    revision = _revision(request)
    if meeting is not None:
        actions.move_meeting(meeting=meeting, by=request.user, revision=revision, **to)
        return _("Moved: %(who)s, now %(when)s.") % {
            "who": _who(meeting),
            "when": _when(to["slot"], timetable),
        }
    parties = timetable.forum.parties.select_related("organisation")
    firm, buyer = (get_object_or_404(parties, pk=key) for key in pair_of(request.POST["pair"]))
    actions.add_meeting(timetable=timetable, firm=firm, buyer=buyer, by=request.user, revision=revision, **to)
    return _("Added: %(who)s, %(when)s.") % {
        "who": f"{firm} – {buyer}",
        "when": _when(to["slot"], timetable),
    }


def _who(meeting: Meeting) -> str:
    return f"{meeting.firm} – {meeting.buyer}"


def _when(slot: Slot, timetable: Timetable) -> str:
    zone = timetable.forum.zone
    return f"{day_of(slot, zone)} {clock(slot, zone)}"


def _swap(request: HttpRequest, timetable: Timetable) -> str:
    one, other = (_some(_meeting(request, timetable, name)) for name in ("pair", "other"))
    actions.swap_meetings(one=one, other=other, by=request.user, revision=_revision(request))
    return _("Swapped: %(one)s and %(other)s.") % {"one": _who(one), "other": _who(other)}


def _drop(request: HttpRequest, timetable: Timetable) -> str:
    meeting = _some(_meeting(request, timetable))
    actions.drop_meeting(meeting=meeting, by=request.user, revision=_revision(request))
    return _("Taken out: %(who)s.") % {"who": _who(meeting)}


def _undo(request: HttpRequest, timetable: Timetable) -> str:
    actions.undo(timetable=timetable, by=request.user, revision=_revision(request))
    return _("The last change was taken back.")


def _pin(request: HttpRequest, timetable: Timetable) -> str:
    meeting = _some(_meeting(request, timetable))
    actions.pin(meeting=meeting, by=request.user)
    return _("Fixed: every later computation keeps %(who)s at this time.") % {"who": _who(meeting)}


def _unpin(request: HttpRequest, timetable: Timetable) -> str:
    firm, buyer = pair_of(request.POST.get("pair", "0-0"))
    pin = get_object_or_404(
        timetable.forum.pins.select_related("forum__programme__host"), firm=firm, buyer=buyer
    )
    actions.unpin(pin=pin, by=request.user)
    return _("No longer fixed: %(who)s.") % {"who": f"{pin.firm} – {pin.buyer}"}


DOING: dict[str, Callable[[HttpRequest, Timetable], str]] = {
    "move": _move,
    "swap": _swap,
    "drop": _drop,
    "undo": _undo,
    "pin": _pin,
    "unpin": _unpin,
}


@login_required
@require_POST
def copy(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    made = actions.copy_timetable(timetable=_timetable(request, slug, pk), by=request.user)
    messages.success(request, _("This is a draft now: drag meetings, then publish it."))
    return redirect(f"{reverse('matchmaking:timetable', args=[slug])}?timetable={made.pk}")


@login_required
@require_POST
def discard(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    try:
        actions.discard(timetable=_timetable(request, slug, pk), by=request.user)
        messages.success(request, _("The draft was discarded."))
    except actions.NotADraft as error:
        messages.error(request, str(error))
    return redirect("matchmaking:runs", slug)


@login_required
@require_POST
def label(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    timetable = _timetable(request, slug, pk)
    actions.label_timetable(timetable=timetable, label=request.POST.get("label", ""), by=request.user)
    return redirect(f"{reverse('matchmaking:timetable', args=[slug])}?timetable={pk}")
