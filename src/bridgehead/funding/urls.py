from django.urls import URLPattern, path

from bridgehead.funding.views import budget, grants, maker, officer

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
    path("my/support/", maker.support, name="my_support"),
    path("my/support/<int:pk>/claim/", maker.claim, name="my_claim"),
    path("desk/grants/", grants.grants, name="grants"),
    path("desk/grants/new/", grants.edit_grant, name="grant_new"),
    path("desk/grants/<int:pk>/", grants.edit_grant, name="grant"),
]
