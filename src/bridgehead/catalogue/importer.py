"""`bridgehead import products`: the same reading and the same actions as the page."""

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.calls.models import Award
from bridgehead.catalogue.actions.importing import import_products as enter
from bridgehead.catalogue.worksheet import as_json, plan_import
from bridgehead.engines.worksheets import UnreadableSheet
from bridgehead.kit.imports import CannotImport, ImportRequest, ImportResult, content_of, language
from bridgehead.organisations.models import Organisation
from bridgehead.organisations.queries import firms
from bridgehead.programmes.models import Programme


def import_products(request: ImportRequest) -> ImportResult:
    with translation.override(request.language):
        those = _firms(request.programme)
        content = content_of(request)
        try:
            plan = plan_import(firms=those, content=content)
        except UnreadableSheet as error:
            raise CannotImport(error.describe(language())) from error
        count = len(plan.to_enter(partial=request.partial))
        if count and not request.dry_run:
            count = enter(firms=those, content=content, partial=request.partial, by=None)
        document = as_json(plan, file=request.path.name, entered=count, dry_run=request.dry_run)
        lines = [ngettext("%(n)d product", "%(n)d products", count) % {"n": count}]
        lines += [f"{one.row} {one.column} “{one.value}”: {one.why}. {one.mend}" for one in plan.refused]
        return ImportResult(ok=not plan.refused, document=document, lines=lines)


def _firms(programme: str) -> QuerySet[Organisation]:
    """All firms, or those with a place in the programme named."""
    if not programme:
        return firms()
    if not Programme.objects.filter(slug=programme).exists():
        raise CannotImport(_("There is no programme “%(slug)s”.") % {"slug": programme})
    taking_part = Award.objects.filter(programme__slug=programme).exclude(state=Award.State.WITHDRAWN)
    return firms().filter(pk__in=taking_part.values("firm"))
