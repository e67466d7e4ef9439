"""The one page on which a deed is done with a case, whoever does it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bridgehead.certification import deeds
from bridgehead.certification.models import Case


def do(request: HttpRequest, case: Case, deed: deeds.Deed | None, back: str, base: str) -> HttpResponse:
    """Show the deed's form and do it; what refuses it is said on the form, with everything typed still there."""
    if deed is None:
        raise Http404
    if not deed.fits(case):
        return redirect(back, case.pk)
    form = deed.form(
        request.POST or None, request.FILES or None, case=case, initial=deeds.initial(deed, case)
    )
    if request.method == "POST":
        form.is_bound, form.data, form.files = True, request.POST, request.FILES
        if form.is_valid():
            try:
                deed.run(case, request.user, form)  # type: ignore[arg-type]
            except deeds.REFUSALS as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, deeds.SAVED)
                return redirect(back, case.pk)
    context = {"case": case, "deed": deed, "form": form, "base": base, "back": back}
    return render(request, "certification/deed.html", context, status=422 if form.errors else 200)


def offered(case: Case, those: list[deeds.Deed], parts: set[str] | None = None) -> list[deeds.Deed]:
    """What the state allows, without what the person's other part in the case rules out."""
    return [deed for deed in those if deed.is_open_to(parts or set()) and deed.fits(case)]


def named(name: str, those: list[deeds.Deed]) -> deeds.Deed | None:
    return next((deed for deed in those if deed.name == name), None)
