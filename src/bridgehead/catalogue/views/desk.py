"""Products of the firms in a host's programmes, with what each still lacks."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.catalogue import queries, rules
from bridgehead.catalogue.models import Product
from bridgehead.catalogue.views.public import choices, wanted_by
from bridgehead.organisations.access import requires
from bridgehead.organisations.queries import hosts_where

ON_A_PAGE = 50


@login_required
@require_safe
@requires(roles.VIEW)
def products(request: SignedInRequest) -> HttpResponse:
    wanted = wanted_by(request)
    page = Paginator(queries.filtered(queries.desk_products(request.user), wanted), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    rows = list(page.object_list)
    lists = [rules.tick_list(product, product.pictures) for product in rows]  # type: ignore[attr-defined]
    context = {
        **choices(),
        "wanted": wanted,
        "states": Product.State.choices,
        "firms": queries.supported_firms(request.user).order_by("name_ko"),
        "page_obj": page,
        "rows": [
            (product, rules.done_share(items), rules.missing(items))
            for product, items in zip(rows, lists, strict=True)
        ],
        "covered": queries.certificates_on(rows),
        "may_edit": hosts_where(request.user, roles.EDIT).exists(),
        "may_confirm": hosts_where(request.user, roles.CERTIFICATION_WORK).exists(),
        "is_filtered": wanted != queries.Wanted(),
    }
    return render(request, "catalogue/desk/list.html", context)
