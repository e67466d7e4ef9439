"""Demo mode only: one button per persona signs in without a code."""

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from bridgehead.portal.demo.personas import BY_KEY, PERSONAS


def _only_in_demo() -> None:
    if not settings.DEMO:
        raise Http404


def choose(request: HttpRequest) -> HttpResponse:
    _only_in_demo()
    known = set(
        get_user_model()
        .objects.filter(email__in=[persona.email for persona in PERSONAS])
        .values_list("email", flat=True)
    )
    return render(request, "portal/personas.html", {"personas": [p for p in PERSONAS if p.email in known]})


@require_POST
def sign_in(request: HttpRequest, key: str) -> HttpResponse:
    _only_in_demo()
    persona = BY_KEY.get(key)
    user = get_user_model().objects.filter(email=persona.email).first() if persona else None
    if user is None:
        raise Http404
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("portal:desk")
