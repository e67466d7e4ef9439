"""The floor log as an installable app: its shell, which holds nothing personal, and what it says to the server."""

import base64
import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST

from bridgehead.floor.actions.phones import KEY_LEASE, greet_phone, sign_out_phone
from bridgehead.floor.actions.photos import add_photo
from bridgehead.floor.actions.syncing import MOST_EDITS, Outcome, content_of, decide, receive
from bridgehead.floor.incoming import Wrong, read_edit
from bridgehead.floor.models import Consultation, FieldConflict, Temperature
from bridgehead.floor.queries import (
    buyers_to_suggest,
    consultations_of_maker,
    entries_for_phone,
    my_firms,
    phones_of,
    programmes_of_maker,
    undecided_conflicts,
    was_signed_out,
)
from bridgehead.floor.rules import CURRENCIES, fair_day, fair_zone
from bridgehead.floor.views.app_words import words
from bridgehead.kit.countries import country_choices
from bridgehead.programmes.models import Programme
from bridgehead.questions.models import Question
from bridgehead.questions.rules.files import check_file

#: The files the app is made of; `bridgehead/floor/templates/floor/app/worker.js` keeps them on the phone.
SCRIPTS = [
    *(f"floor/app/{name}.js" for name in ("app", "api", "book", "card", "clock", "dom", "form", "list")),
    *(f"floor/app/{name}.js" for name in ("photos", "scan", "store", "sync", "vault")),
    "idb/index.js",
    "qr/index.js",
    "qr/decode.js",
]
LOOKS = [
    "krds/css/token/krds_tokens.css",
    "krds/css/component/output.css",
    "kit/css/bridgehead.css",
    "kit/css/forms.css",
    "kit/css/components.css",
    "floor/css/floor.css",
    "floor/app/app.css",
    "pretendard/PretendardGOV-Regular.subset.woff2",
    "floor/app/icon-192.png",
]
PHOTO = Question(options={"types": ["jpeg", "png"], "max_mb": 10})


@ensure_csrf_cookie
def shell(request: HttpRequest) -> HttpResponse:
    """The same for everybody, so that a phone may keep it; who one is says the log, once it is open."""
    context = {
        "countries": country_choices(["US", "CN", "JP", "IT", "FR", "DE", "ES", "GB", "AE", "HK"])[1:],
        "currencies": CURRENCIES,
        "temperatures": Temperature.choices,
        "words": words(),
    }
    return render(request, "floor/app/shell.html", context)


@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. Its scope is the folder it is served from: the app, and nothing else of the site."""
    kept = [reverse("floor:app"), reverse("floor:app_manifest"), *(static(name) for name in SCRIPTS + LOOKS)]
    script = render_to_string(
        "floor/app/worker.js",
        {"kept": json.dumps(kept), "version": _version(get_language() or ""), "shell": reverse("floor:app")},
    )
    return HttpResponse(script, content_type="text/javascript")


@cache
def _version(language: str) -> str:
    """Another name when any file of the app changed, so that phones fetch all of them together."""
    digest = sha256(language.encode())
    files = [found for name in SCRIPTS + LOOKS if (found := finders.find(name))]
    templates = Path(__file__).parents[1] / "templates" / "floor" / "app"
    catalogue = Path(__file__).parents[1] / "locale" / "ko" / "LC_MESSAGES" / "django.po"
    for file in [*files, *sorted(templates.iterdir()), catalogue]:
        digest.update(Path(str(file)).read_bytes())
    return digest.hexdigest()[:16]


def manifest(request: HttpRequest) -> HttpResponse:
    home = reverse("floor:app")
    data = {
        "id": home,
        "name": _("Consultation log"),
        "short_name": _("Consultation log"),
        "lang": get_language(),
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0b50d0",
        "icons": [
            {"src": static("floor/app/icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("floor/app/icon-512.png"), "sizes": "512x512", "type": "image/png"},
        ],
    }
    return HttpResponse(json.dumps(data, ensure_ascii=False), content_type="application/manifest+json")


@never_cache
@require_POST
def hello(request: HttpRequest) -> JsonResponse:
    """A phone reports: it gets its key and what one needs at the stand. 401 where nobody is signed in."""
    said = _json(request)
    device = _uuid(said.get("phone"))
    if not request.user.is_authenticated:
        return JsonResponse({"forget": device is not None and was_signed_out(device)}, status=401)
    if device is None:
        return JsonResponse({"error": "which phone?"}, status=409)
    phone = greet_phone(
        device=device,
        by=request.user,
        session_key=request.session.session_key or "",
        label=str(said.get("label", "")),
        waiting=max(int(said.get("waiting") or 0), 0),
    )
    return JsonResponse(
        {
            "user": request.user.pk,
            "key": base64.b64encode(bytes(phone.key)).decode(),
            "lease_hours": int(KEY_LEASE.total_seconds()) // 3600,
            "now": timezone.now().isoformat(),
            "programmes": [_programme_for_phone(request, it) for it in programmes_of_maker(request.user)],
        }
    )


def _programme_for_phone(request: HttpRequest, programme: Programme) -> dict[str, Any]:
    firms = list(my_firms(request.user, programme))
    buyers = buyers_to_suggest(programme, firms, fair_day(programme, timezone.now()))
    return {
        "slug": programme.slug,
        "title": programme.title,
        "currency": programme.result_currency,
        "zone": fair_zone(programme),
        "firms": [{"id": firm.pk, "name": str(firm)} for firm in firms],
        "buyers": [{"name": buyer.name, "country": buyer.country} for buyer in buyers],
        "entries": [_entry(talk) for talk in entries_for_phone(request.user, programme)],
    }


def _entry(talk: Any) -> dict[str, Any]:
    content = content_of(talk)
    return {
        "id": str(talk.pk),
        "firm": talk.firm_id,
        "logged_at": talk.logged_at.isoformat(),
        "withdrawn": talk.is_withdrawn,
        "photos": talk.photo_count,
        "content": _plain(content),
        "conflicts": [
            {"id": it.pk, "field": it.field, "kept": it.kept, "other": it.other} for it in talk.undecided
        ],
    }


def _plain(content: dict[str, Any]) -> dict[str, Any]:
    """As the phone writes it: amounts and days as texts."""
    reached = "pursued" if content["pursued_amount"] else "talk"
    plain = {name: value if value is None else str(value) for name, value in content.items()}
    return {**plain, "reached": reached}


@never_cache
@require_POST
def sync(request: HttpRequest) -> JsonResponse:
    """Edits in, one outcome for each out. Sent again, whatever was received says “same”."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "signed out"}, status=401)
    said = _json(request)
    phone = (
        phones_of(request.user)
        .filter(device__in=_named(said.get("phone")), signed_out_at__isnull=True)
        .first()
    )
    clock = parse_datetime(str(said.get("clock", "")))
    sent = said.get("edits")
    if phone is None or clock is None or clock.tzinfo is None or not isinstance(sent, list):
        return JsonResponse({"error": "say hello first"}, status=409)
    edits, outcomes = [], []
    for data in sent[:MOST_EDITS]:
        try:
            edits.append(read_edit(data))
        except Wrong as wrong:
            outcomes.append(
                {"edit": data.get("edit"), "state": "refused", "errors": dict.fromkeys(wrong.fields, "wrong")}
            )
    outcomes += [_outcome(outcome) for outcome in receive(phone=phone, edits=edits, clock=clock)]
    return JsonResponse({"outcomes": outcomes})


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "edit": str(outcome.edit),
        "state": outcome.state,
        "errors": outcome.errors,
        "day": outcome.day and outcome.day.isoformat(),
    }


@never_cache
@require_POST
def photo(request: HttpRequest, pk: UUID) -> JsonResponse:
    """One photo of one's own entry, under the id the phone gave it."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "signed out"}, status=401)
    talk = _own(request, _uuid(request.POST.get("entry")))
    file = request.FILES.get("file")
    if talk is None or file is None:
        return JsonResponse({"error": "entry"}, status=404)
    try:
        checked = check_file(PHOTO, file)
    except ValidationError as error:
        return JsonResponse({"errors": error.messages}, status=422)
    taken = parse_datetime(request.POST.get("taken_at", "")) or timezone.now()
    add_photo(id=pk, consultation=talk, file=checked, taken_at=taken, by=request.user)
    return JsonResponse({"id": str(pk)})


def _own(request: HttpRequest, pk: UUID | None) -> Consultation | None:
    if pk is None:
        return None
    talk = Consultation.objects.filter(pk=pk).select_related("programme").first()
    if talk is None:
        return None
    return consultations_of_maker(request.user, talk.programme).filter(pk=talk.pk).first()


@login_required
def decisions(request: HttpRequest, slug: str) -> HttpResponse:
    """What two phones said differently, field by field."""
    programme = get_object_or_404(programmes_of_maker(request.user), slug=slug)
    conflicts = undecided_conflicts(consultations_of_maker(request.user, programme))
    return render(request, "floor/maker/decisions.html", {"programme": programme, "conflicts": conflicts})


@login_required
@require_POST
def decide_field(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    programme = get_object_or_404(programmes_of_maker(request.user), slug=slug)
    own = FieldConflict.objects.filter(
        consultation__in=consultations_of_maker(request.user, programme).order_by().values("pk")
    )
    conflict = get_object_or_404(own.select_related("consultation"), pk=pk)
    try:
        decide(conflict=conflict, take=request.POST.get("take") == "other", by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Decided. The other value stays in the history."))
    return redirect("floor:my_decisions", slug)


@login_required
def phones(request: HttpRequest) -> HttpResponse:
    return render(request, "floor/maker/phones.html", {"phones": phones_of(request.user)})


@login_required
@require_POST
def phone_sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    phone = get_object_or_404(phones_of(request.user), pk=pk)
    sign_out_phone(phone=phone, by=request.user)
    messages.success(
        request, _("Signed out: %(phone)s. It shows nothing from its next contact on.") % {"phone": phone}
    )
    return redirect("floor:my_phones")


def _json(request: HttpRequest) -> dict[str, Any]:
    try:
        said = json.loads(request.body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def _named(text: Any) -> list[UUID]:
    """The phone of this name, or none."""
    found = _uuid(text)
    return [found] if found else []
