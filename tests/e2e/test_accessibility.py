"""Every page of the table, in both languages, on a phone and at a desk: readable by everybody, and nothing refused.

The pages come from tests/config/table.py, so that a page with a row there is looked at here.
"""

from pathlib import Path

import pytest
from django.conf import settings

from tests.config.table import ACCOUNT_PAGES, ROLES, TABLE
from tests.config.world import a_world
from tests.e2e.conftest import DESK, PHONE

AXE = Path(settings.NODE_MODULES) / "axe-core" / "axe.min.js"
RUN = """async () => {
    const found = await axe.run(document, {resultTypes: ["violations"]});
    return found.violations
        .filter(one => ["serious", "critical"].includes(one.impact))
        .map(one => `${one.id}: ${one.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" | ")}`);
}"""
#: Answers that are files, and Wagtail's editor, whose pages are not ours.
NO_PAGES = {
    "matchmaking:my_qr", "matchmaking:buyer_qr", "matchmaking:my_live", "matchmaking:buyer_live",
    "matchmaking:fairday_live",
    "outcomes:download", "floor:consultations_xlsx", "floor:consultations_csv", "floor:import_template",
    "floor:app_worker", "floor:app_manifest",
    "matchmaking:instance", "matchmaking:board_check", "matchmaking:runs_live", "matchmaking:signs", "matchmaking:doors",
    "matchmaking:my_pocket", "matchmaking:buyer_pocket", "matchmaking:xlsx", "matchmaking:my_calendar", "matchmaking:buyer_calendar",
    "calls:desk_export", "calls:desk_paper", "questions:file", "newsroom_feed", "newsroom_picture", "wagtailadmin_home",
    "funding:settlement_file", "catalogue:picture", "catalogue:export", "catalogue:import_template",
    "funding:vouchers_xlsx",
    "certification_did", "certification_status", "certification_signed", "certification_badge", "certification_mark",
    "certification_qr", "certification:paper", "certification_badge_qr", "certification_standalone",
    "certification_sample_mark", "certification:badge_paper",
    "api:concept", "api:products", "api:product", "api:words", "api:openapi-json", "api:search", "calls:desk_entering_template",
    "calls:desk_order_sheet", "calls:desk_paper_file", "calls:desk_receipt", "calls:my_day",
    "calls:my_receipt", "calls:public_calendar", "calls:public_call_calendar", "calls:public_feed",
    "calls:public_file", "calls:public_json", "calls:public_picture", "questions:upload",
    "terminology:download", "terminology:card", "terminology:meeting", "terminology:published", "dictionary_picture",
    "mfa_reauthenticate_webauthn", "mfa_login_webauthn",
}  # fmt: skip
SEEN_BY = ["officer", "maker", "reviewer", "finance", "editor", "administrator", "anonymous", *ROLES]

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(not AXE.exists(), reason="NO AXE: npm ci brings axe-core"),
]


def pages():
    """Each page once, with the first role that may open it; those of the public without signing in."""
    for row in TABLE + ACCOUNT_PAGES:
        if not row.is_page or row.name in NO_PAGES:
            continue
        public = row.outcomes["anonymous"] == "O"
        role = "anonymous" if public else next((r for r in SEEN_BY if row.outcomes[r] == "O"), None)
        if role:
            yield row, role


def faults(visitor, row, world):
    """What is wrong with one page, as sentences."""
    visitor.problems.clear()
    response = visitor.go(visitor.site + row.url(world, visitor.language))
    if response.status != 200:
        return [f"answers {response.status}"]
    found = list(visitor.problems)  # before axe adds its own
    for width in (DESK, PHONE):
        visitor.page.set_viewport_size(width)
        found += [f"{width['width']} px: {violation}" for violation in visitor.page.evaluate(RUN)]
    if visitor.width > PHONE["width"]:
        found.append(f"is {visitor.width} px wide on a phone of {PHONE['width']} px")
    visitor.page.set_viewport_size(DESK)
    return found


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_pages_are_accessible_and_fit_a_phone(visit, language, half):
    world, visitors, found = a_world(), {}, []
    for row, role in list(pages())[half::2]:
        if role not in visitors:
            visitors[role] = visit(world.people[role], language=language)
            visitors[role].context.add_init_script(path=AXE)
        if wrong := faults(visitors[role], row, world):
            found += [f"{row.name} ({role}): {fault}" for fault in wrong]
    assert found == [], "\n" + "\n".join(found)
