from django.urls import URLPattern, path

from bridgehead.funding import urls_vouchers
from bridgehead.funding.views import budget, grants, ledger, maker, officer, past, planning, rules, settlement

app_name = "funding"
_MONEY = "desk/programmes/<slug:slug>/funding/"


def _rows(kind: str, folder: str) -> list[URLPattern]:
    """New, edit and remove of one kind of budget row."""
    facts = {"kind": kind}
    return [
        path(f"{_MONEY}{folder}/new/", budget.edit_row, facts, name=f"{kind}_new"),
        path(f"{_MONEY}{folder}/<int:pk>/", budget.edit_row, facts, name=kind),
        path(f"{_MONEY}{folder}/<int:pk>/remove/", budget.remove_row, facts, name=f"{kind}_remove"),
    ]


urlpatterns = [
    *urls_vouchers.urlpatterns,
    path(_MONEY, budget.programme, name="programme"),
    *_rows("source", "sources"),
    *_rows("item", "items"),
    *_rows("ceiling", "ceilings"),
    path(f"{_MONEY}promise/", officer.promise, name="promise"),
    path(f"{_MONEY}approve/", officer.approve_many, name="approve_many"),
    path(f"{_MONEY}firms/<slug:firm>/", officer.firm, name="firm"),
    path(f"{_MONEY}lines/<int:pk>/", officer.line, name="line"),
    path(f"{_MONEY}lines/<int:pk>/claim/", officer.claim, name="claim"),
    path(f"{_MONEY}lines/<int:pk>/approve/", officer.approve, name="approve"),
    path(f"{_MONEY}lines/<int:pk>/settle/", officer.settle, name="settle"),
    path(f"{_MONEY}lines/<int:pk>/refuse/", officer.refuse, name="refuse"),
    path(f"{_MONEY}lines/<int:pk>/return/", officer.send_back, name="send_back"),
    path(f"{_MONEY}lines/<int:pk>/reverse/", officer.reverse, name="reverse"),
    path(f"{_MONEY}lines/<int:pk>/overrule/", officer.overrule, name="overrule"),
    path(f"{_MONEY}lines/<int:pk>/confirm/", officer.confirm, name="confirm"),
    path(f"{_MONEY}firms/<slug:firm>/checks/", officer.check_firm, name="check_firm"),
    path(f"{_MONEY}items/<int:item>/rules/new/", rules.edit_rule, name="rule_new"),
    path(f"{_MONEY}items/<int:item>/rules/<int:pk>/", rules.edit_rule, name="rule"),
    path(f"{_MONEY}items/<int:item>/rules/<int:pk>/remove/", rules.remove_rule, name="rule_remove"),
    path(f"{_MONEY}terms/", rules.terms, name="terms"),
    path(f"{_MONEY}settlement/", settlement.make, name="settlement"),
    path(f"{_MONEY}settlement/<uuid:job>/", settlement.ready, name="settlement_ready"),
    path(f"{_MONEY}settlement/<uuid:job>/file/", settlement.fetch, name="settlement_file"),
    path(f"{_MONEY}sources/<int:pk>/balance/", planning.source, name="source_balance"),
    path(f"{_MONEY}past/", past.settlements, name="past"),
    path(f"{_MONEY}past/import/", past.take_over, name="past_import"),
    path(f"{_MONEY}plan/", planning.plan, name="plan"),
    path(f"{_MONEY}items/<int:item>/plan/", planning.item_plan, name="item_plan"),
    path(f"{_MONEY}ledger/", ledger.ledger, name="ledger"),
    path(f"{_MONEY}transfers/new/", ledger.ask, name="transfer_new"),
    path(f"{_MONEY}transfers/<int:pk>/decide/", ledger.decide, name="transfer_decide"),
    path("my/support/", maker.support, name="my_support"),
    path("my/support/<int:pk>/claim/", maker.claim, name="my_claim"),
    path("my/support/<int:account>/items/<int:item>/claim/", maker.claim_new, name="my_claim_new"),
    path("desk/grants/", grants.grants, name="grants"),
    path("desk/grants/new/", grants.edit_grant, name="grant_new"),
    path("desk/grants/<int:pk>/", grants.edit_grant, name="grant"),
    path("desk/grants/<int:pk>/history/", grants.history, name="grant_history"),
    path("desk/grants/<int:pk>/documents/", grants.add_document, name="grant_document"),
]
