"""Interpreters on the desk, and each one's own timetable by link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bridgehead.funding.actions import Refused
from bridgehead.kit.signing import digest
from bridgehead.matchmaking.actions import interpreting as changes
from bridgehead.matchmaking.forms import InterpreterForm
from bridgehead.matchmaking.models import Interpreter, Meeting
from bridgehead.matchmaking.views.desk import editable_forum

HELD = Q(meetings__state=Meeting.State.PLANNED, meetings__timetable__published_at__isnull=False)


@login_required
def interpreters(request: HttpRequest, slug: str) -> HttpResponse:
    forum = editable_forum(request, slug)
    people = forum.interpreters.annotate(held=Count("meetings", filter=HELD)).select_related("cost_item")
    rows = [(one, round(one.held * forum.minutes / 60, 1)) for one in people]
    context = {
        "programme": forum.programme,
        "page_code": "matchmaking",
        "rows": rows,
        "unpaid": len(changes.unpaid(forum)),
    }
    return render(request, "matchmaking/interpreters.html", context)


@login_required
def edit(request: HttpRequest, slug: str, pk: int = 0) -> HttpResponse:
    forum = editable_forum(request, slug)
    person = get_object_or_404(forum.interpreters.all(), pk=pk) if pk else Interpreter(forum=forum)
    form = InterpreterForm(request.POST or None, instance=person, forum=forum)
    if request.method == "POST" and form.is_valid():
        changes.save_interpreter(
            interpreter=form.save(commit=False), available=form.cleaned_data["slots"], by=request.user
        )
        messages.success(request, _("Saved. The next timetable plans with it."))
        return redirect("matchmaking:interpreters", slug)
    context = {
        "programme": forum.programme,
        "page_code": "matchmaking",
        "form": form,
        "person": person if pk else None,
    }
    return render(request, "matchmaking/interpreter.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def link(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    person = get_object_or_404(editable_forum(request, slug).interpreters.all(), pk=pk)
    changes.send_interpreter_link(interpreter=person, by=request.user)
    messages.success(request, _("The link went to %(address)s.") % {"address": person.email or person.name})
    return redirect("matchmaking:interpreters", slug)


@login_required
@require_POST
def promise(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        count = len(changes.promise_cost(forum=editable_forum(request, slug), by=request.user))
    except Refused as error:
        messages.error(request, str(error))
    else:
        text = ngettext("%(count)d promise in kind was made.", "%(count)d promises in kind were made.", count)
        messages.success(request, text % {"count": count})
    return redirect("matchmaking:interpreters", slug)


@never_cache
def own(request: HttpRequest, token: str) -> HttpResponse:
    """The person's own timetable; the address is the key."""
    person = (
        Interpreter.objects.filter(token_hash=digest(token), link_expires_at__gt=timezone.now())
        .select_related("forum__programme__host", "forum__programme__edition")
        .first()
    )
    if person is None:
        return render(request, "matchmaking/link_gone.html", status=404)
    meetings = (
        person.meetings.filter(state=Meeting.State.PLANNED, timetable__published_at__isnull=False)
        .select_related("firm__organisation", "buyer__organisation", "slot", "table")
        .order_by("slot__starts_at")
    )
    context = {
        "person": person,
        "meetings": meetings,
        "programme": person.forum.programme,
        "zone": person.forum.zone,
    }
    response = render(request, "matchmaking/interpreter_own.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
