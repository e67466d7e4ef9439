"""`bridgehead import applications`: the same reading and the same actions as the page."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.calls.actions.entering import enter_applications
from bridgehead.calls.models import Call
from bridgehead.calls.paper_entries import as_json, plan_entries
from bridgehead.engines.worksheets import UnreadableSheet
from bridgehead.kit.imports import CannotImport, ImportRequest, ImportResult, content_of, language


def import_applications(request: ImportRequest) -> ImportResult:
    with translation.override(request.language):
        call = _call(request.call)
        content = content_of(request)
        try:
            plan = plan_entries(call=call, content=content)
        except UnreadableSheet as error:
            raise CannotImport(error.describe(language())) from error
        count = len(plan.to_enter(partial=request.partial))
        if count and not request.dry_run:
            count = enter_applications(call=call, content=content, partial=request.partial, by=None)
        document = as_json(plan, file=request.path.name, entered=count, dry_run=request.dry_run)
        lines = [ngettext("%(n)d application", "%(n)d applications", count) % {"n": count}]
        lines += [f"{one.row} {one.column} “{one.value}”: {one.why}. {one.mend}" for one in plan.refused]
        return ImportResult(ok=not plan.refused, document=document, lines=lines)


def _call(slug: str) -> Call:
    call = Call.objects.select_related("programme__host", "question_set").filter(slug=slug).first()
    if call is None:
        raise CannotImport(_("Say which call: --call SLUG"))
    return call
