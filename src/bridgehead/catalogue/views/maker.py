"""A workshop's own products: the list, the form with what the dictionary says, the preview, and publishing."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bridgehead.accounts.requests import SignedInRequest
from bridgehead.audit.queries import entries_about
from bridgehead.catalogue import queries, rules
from bridgehead.catalogue.actions import products as actions
from bridgehead.catalogue.forms import ProductForm
from bridgehead.catalogue.models import Product
from bridgehead.catalogue.views.access import frame, product_frame, the_product
from bridgehead.catalogue.views.public import detail
from bridgehead.kit.states import WrongMove
from bridgehead.organisations.queries import firms_of

MOVES = {"publish": actions.publish, "withdraw": actions.withdraw, "restore": actions.restore}


@login_required
@require_safe
def my_products(request: SignedInRequest) -> HttpResponse:
    rows = list(queries.my_products(request.user))
    context = {
        "firms": list(firms_of(request.user)),
        "rows": [(one, rules.done_share(rules.tick_list(one, one.pictures))) for one in rows],  # type: ignore[attr-defined]
        "covered": queries.certificates_on(rows),
    }
    return render(request, "catalogue/maker/list.html", context)


@login_required
def new(request: SignedInRequest, firm: str) -> HttpResponse:
    found = get_object_or_404(queries.firms_written_by(request.user), slug=firm)
    form = ProductForm(request.POST or None, instance=Product(firm=found))
    if request.method == "POST" and form.is_valid():
        try:
            product = actions.create_product(
                firm=found, by=request.user, materials=form.cleaned_data["materials"], **form.own_fields()
            )
        except actions.CodeTaken as error:
            form.add_error("code", str(error))
        else:
            messages.success(request, _("Saved as a draft. Now add pictures."))
            return redirect("catalogue:photos", product.pk)
    context = {**frame(request, found), "form": form}
    return render(request, "catalogue/maker/edit.html", context, status=422 if form.errors else 200)


@login_required
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    product = the_product(request, pk)
    form = ProductForm(request.POST or None, instance=product)
    if request.method == "POST" and form.is_valid() and _saved(request, product, form):
        return redirect("catalogue:edit", pk)
    context = {**product_frame(request, product, "edit"), "form": form, "trail": entries_about(product)[:10]}
    return render(request, "catalogue/maker/edit.html", context, status=422 if form.errors else 200)


def _saved(request: SignedInRequest, product: Product, form: ProductForm) -> bool:
    fields, data = form.own_fields(), form.cleaned_data
    lapses = actions.coverage_lapses(product, fields, data["materials"])
    try:
        actions.edit_product(
            product=product, by=request.user, materials=data["materials"], version=data["version"], **fields
        )
    except actions.CodeTaken as error:
        form.add_error("code", str(error))
    except (actions.Incomplete, actions.ChangedMeanwhile) as error:
        form.add_error(None, str(error))
    else:
        messages.success(request, _("Saved."))
        if lapses:
            messages.warning(
                request,
                _(
                    "Name, category or materials changed: the certificate is no longer shown beside this product until it is confirmed anew."
                ),
            )
        return True
    return False


@login_required
@require_safe
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """As the public will see it, before it does."""
    product = the_product(request, pk)
    context: dict[str, Any] = {**detail(product), "is_preview": True}
    return render(request, "catalogue/public/product.html", context)


@login_required
@require_safe
def publishing(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is still missing, each line with the way there."""
    product = the_product(request, pk)
    return render(request, "catalogue/maker/publishing.html", product_frame(request, product, "publishing"))


@login_required
@require_POST
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    product = the_product(request, pk)
    wanted = request.POST.get("to", "")
    if wanted in MOVES:
        try:
            moved = MOVES[wanted](product=product, by=request.user)
        except (actions.Incomplete, WrongMove) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _said(moved))
    return redirect("catalogue:publishing", pk)


def _said(product: Product) -> str:
    return {
        Product.State.PUBLISHED: _("Published. Everybody can see it now."),
        Product.State.WITHDRAWN: _("Withdrawn. “Undo” brings it back as it was."),
        Product.State.DRAFT: _("It is a draft again."),
    }[Product.State(product.state)]
