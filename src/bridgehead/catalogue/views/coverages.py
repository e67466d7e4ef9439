"""Certificates of products: the firm says which, somebody of the scheme confirms it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.catalogue import queries, rules
from bridgehead.catalogue.actions import covering
from bridgehead.catalogue.actions.products import ChangedMeanwhile
from bridgehead.catalogue.forms import AskForm, RefusalForm
from bridgehead.catalogue.models import Coverage
from bridgehead.catalogue.views.access import product_frame, the_product
from bridgehead.certification.queries import register
from bridgehead.organisations.access import requires


@login_required
def mine(request: SignedInRequest, pk: int) -> HttpResponse:
    product = the_product(request, pk)
    cases = queries.cases_to_ask(product)
    form = AskForm(request.POST if "case" in request.POST else None, cases=cases)
    if request.method == "POST":
        if "back" in request.POST:
            covering.take_back(coverage=_of(product, request.POST["back"]), by=request.user)
            return redirect("catalogue:coverages", pk)
        again = request.POST.get("again")
        case = _of(product, again).case if again else form.cleaned_data["case"] if form.is_valid() else None
        if case is not None:
            covering.ask(product=product, case=case, by=request.user)
            messages.success(
                request, _("Sent. The certificate is shown beside the product as soon as it is confirmed.")
            )
            return redirect("catalogue:coverages", pk)
    context = {
        **product_frame(request, product, "coverages"),
        "asked": queries.coverages_of(product),
        "form": form if cases.exists() else None,
    }
    return render(request, "catalogue/maker/coverages.html", context, status=422 if form.errors else 200)


def _of(product: object, pk: str) -> Coverage:
    return get_object_or_404(Coverage, product=product, pk=pk if pk.isdecimal() else None)


@login_required
@require_safe
@requires(roles.CERTIFICATION_WORK)
def to_confirm(request: SignedInRequest) -> HttpResponse:
    """Side by side: what the certificate says, and what the firm says the product is."""
    asked = list(queries.to_confirm(request.user)[:50])
    certificates = {one.case_id: one for one in register().filter(case__in=[one.case_id for one in asked])}
    rows = [
        (
            one,
            certificates[one.case_id],
            rules.named_in_scope(
                one.product, certificates[one.case_id].scope_ko, certificates[one.case_id].scope_en
            ),
        )
        for one in asked
        if one.case_id in certificates
    ]
    return render(request, "catalogue/desk/to_confirm.html", {"rows": rows})


@login_required
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """One claim with the product's pictures; POST confirms, or refuses with a reason."""
    coverage = get_object_or_404(queries.coverages_for(request.user), pk=pk)
    form = RefusalForm(request.POST if "refuse" in request.POST else None)
    try:
        if "confirm" in request.POST:
            covering.confirm(coverage=coverage, by=request.user, identity=request.POST.get("identity", ""))
            messages.success(request, _("Confirmed. The certificate is shown beside the product."))
            return redirect("catalogue:to_confirm")
        if form.is_bound and form.is_valid():
            covering.refuse(coverage=coverage, by=request.user, **form.cleaned_data)
            messages.success(request, _("Answered. The firm reads the reason."))
            return redirect("catalogue:to_confirm")
    except (covering.OutsideScope, ChangedMeanwhile) as error:
        messages.error(request, str(error))
        return redirect("catalogue:answer", pk)
    certificate = get_object_or_404(register(), case=coverage.case_id)
    product = coverage.product
    context = {
        "coverage": coverage,
        "product": product,
        "certificate": certificate,
        "standing": certificate.standing(queries.today()),
        "is_named": rules.named_in_scope(product, certificate.scope_ko, certificate.scope_en),
        "pictures": queries.photos_shown().filter(product=product),
        "form": form,
    }
    return render(request, "catalogue/desk/answer.html", context, status=422 if form.errors else 200)
