"""The stages of a call that is being written: their list, and one stage with its criteria."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls.actions import staging
from bridgehead.calls.forms.officer.stages import StageAndCriteria, WeightsForm
from bridgehead.calls.models import Call, Stage
from bridgehead.calls.views.officer.builder import builder_frame, closed, editable, next_step

#: What a stage is called until the office gives it a name: in both languages, as it is stored.
NAMES = {
    Stage.Kind.DOCUMENTS: ("서류 심사", "Documents"),
    Stage.Kind.INTERVIEW: ("면접·발표 심사", "Interview"),
    Stage.Kind.WORKS: ("실물 심사", "Physical works"),
}


@login_required
def stages(request: SignedInRequest, slug: str) -> HttpResponse:
    call = editable(request, slug)
    if call.published_at:
        return closed(request, call)
    rows = list(call.stages.prefetch_related("criteria", "reviewers"))
    form = WeightsForm(request.POST if request.method == "POST" else None, stages=rows)
    if form.is_bound and form.is_valid():
        staging.set_weights(call=call, weights=form.weights(), by=request.user)
        return next_step(request, call, "stages")
    context = {
        **builder_frame(call.programme, call, "stages"),
        "form": form,
        "stages": form.with_fields(),
        "kinds": Stage.Kind.choices,
    }
    return render(request, "calls/officer/step_stages.html", context, status=422 if form.is_bound else 200)


@login_required
def stage(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    call = editable(request, slug)
    if call.published_at:
        return closed(request, call)
    found = get_object_or_404(call.stages, pk=pk)
    with timezone.override(call.zone):
        form = StageAndCriteria(found, request.POST or None)
        if request.method == "POST" and form.is_valid():
            staging.edit_stage(stage=found, by=request.user, **form.cleaned())
            messages.success(request, _("Saved."))
            return redirect("calls:desk_stage_edit", slug, pk) if "more" in request.POST else _list(call)
        context = {**builder_frame(call.programme, call, "stages"), "stage": found, "page": form}
        status = 422 if request.method == "POST" else 200
        return render(request, "calls/officer/step_stage.html", context, status=status)


def _list(call: Call) -> HttpResponse:
    return redirect("calls:desk_stages", call.slug)


@login_required
@require_POST
def add(request: SignedInRequest, slug: str) -> HttpResponse:
    call, kind = editable(request, slug), request.POST.get("kind", "")
    if call.published_at:
        return closed(request, call)
    kind = kind if kind in Stage.Kind.values else Stage.Kind.INTERVIEW
    korean, english = NAMES[Stage.Kind(kind)]
    made = staging.add_stage(call=call, kind=kind, name_ko=korean, name_en=english, by=request.user)
    return redirect("calls:desk_stage_edit", slug, made.pk)


@login_required
@require_POST
def move(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    call = editable(request, slug)
    if call.published_at:
        return closed(request, call)
    found = get_object_or_404(call.stages, pk=pk)
    staging.move_stage(stage=found, up=request.POST.get("to") == "up", by=request.user)
    return _list(call)


@login_required
@require_POST
def remove(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    call = editable(request, slug)
    if call.published_at:
        return closed(request, call)
    try:
        staging.remove_stage(stage=get_object_or_404(call.stages, pk=pk), by=request.user)
    except staging.LastStage as error:
        messages.error(request, str(error))
    return _list(call)
