"""The editors' desk: what waits, one concept with its sections, discussion and history."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bridgehead import documents
from bridgehead.accounts import roles
from bridgehead.organisations.access import requires
from bridgehead.terminology.actions.editing import comment, create_concept, propose, section_now
from bridgehead.terminology.actions.picturing import address_of, keep_picture
from bridgehead.terminology.forms.desk import (
    CommentForm,
    FrameForm,
    ImageForm,
    ImageFormSet,
    LanguageForm,
    NewConceptForm,
    TermFormSet,
)
from bridgehead.terminology.languages import direction, language_choices, language_name
from bridgehead.terminology.models import Concept
from bridgehead.terminology.papers import meeting_list
from bridgehead.terminology.queries import checks
from bridgehead.terminology.queries.concepts import whole
from bridgehead.terminology.queries.editing import (
    comments,
    history,
    name_of,
    proposals,
    sections_on_desk,
    waiting_counts,
)
from bridgehead.terminology.rules import FRAME, OPEN, Content

PER_PAGE = 30


def _lang() -> str:
    return (get_language() or "ko")[:2]


@login_required
@requires(roles.TERMS_EDIT)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for review, and what waits for approval."""
    state = "reviewed" if request.GET.get("state") == "reviewed" else "proposed"
    page = Paginator(proposals(state), PER_PAGE).get_page(request.GET.get("page"))
    counts = waiting_counts()
    tabs = [
        {"label": label, "url": f"?state={name}", "current": name == state, "count": counts[name]}
        for name, label in (("proposed", _("To review")), ("reviewed", _("To approve")))
    ]
    context = {"page": page, "tabs": tabs, "counts": counts, "reader": _lang()}
    return render(request, "terminology/desk/desk.html", context)


@login_required
@requires(roles.TERMS_EDIT)
def new(request: HttpRequest) -> HttpResponse:
    form = NewConceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        field = form.cleaned_data["field"]
        frame = {"field": field} if field else {}
        made = create_concept(code=form.cleaned_data["code"], frame=frame, by=request.user)
        messages.success(request, _("The concept is proposed. Now add what it is called."))
        return redirect("terminology:desk_section", made.pk, _lang())
    return render(request, "terminology/desk/new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@requires(roles.TERMS_EDIT)
@require_safe
def concept(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(whole(Concept.objects.all()), pk=pk)
    sections = sections_on_desk(found)
    said = {section.name for section in sections}
    context = {
        "concept": found,
        "name": name_of(found, _lang()),
        "sections": sections,
        "history": history(found),
        "comments": comments(found),
        "comment_form": CommentForm(),
        "languages": [choice for choice in language_choices() if choice[0] not in said],
    }
    return render(request, "terminology/desk/concept.html", context)


@login_required
@requires(roles.TERMS_EDIT)
def section(request: HttpRequest, pk: int, name: str = FRAME) -> HttpResponse:
    """Propose a change of the concept's frame or of one language, starting from what waits or stands there."""
    found = get_object_or_404(whole(Concept.objects.all()), pk=pk)
    waiting = found.proposals.filter(section=name, state__in=OPEN).first()
    content = waiting.content if waiting else section_now(found, name)
    forms: Any = _FrameForms(request, content) if name == FRAME else _LanguageForms(request, content)
    if request.method == "POST" and forms.are_valid():
        said, reason = forms.proposed(), forms.form.cleaned_data["reason"]
        propose(concept=found, section=name, content=said, by=request.user, reason=reason)
        messages.success(request, _("Proposed. Somebody else has to review and approve it."))
        return redirect("terminology:desk_concept", found.pk)
    context = {
        "concept": found,
        "name": name_of(found, _lang()),
        "section": name,
        "label": language_name(name) if name else _("Concept"),
        "direction": direction(name),
        "waiting": waiting,
        "form": forms.form,
        "formset": forms.terms,
        "images": forms.images,
    }
    return render(request, "terminology/desk/section.html", context, status=422 if forms.failed else 200)


class _FrameForms:
    terms = None

    def __init__(self, request: HttpRequest, content: Content) -> None:
        self.form: Any = FrameForm(request.POST or None, content=content)
        data, refused = _with_pictures(request)
        self.images: Any = ImageFormSet(data, initial=ImageForm.rows(content), prefix="images")
        for number, error in refused.items():
            self.images.forms[number].add_error("picture", error)

    def are_valid(self) -> bool:
        return bool(self.form.is_valid() and self.images.is_valid())

    @property
    def failed(self) -> bool:
        return bool(self.form.errors or any(self.images.errors))

    def proposed(self) -> Content:
        return self.form.proposed([said for row in self.images if (said := row.said())])  # type: ignore[no-any-return]


def _with_pictures(request: HttpRequest) -> tuple[Any, dict[int, ValidationError]]:
    """Pictures are kept as they come, so that none has to be chosen again because of an error beside it."""
    if request.method != "POST":
        return None, {}
    data, refused = request.POST.copy(), {}
    for name, upload in request.FILES.items():
        number = name.removeprefix("images-").removesuffix("-picture")
        known = number.isdecimal() and f"images-{number}-alt_ko" in data
        if not known or not isinstance(upload, File):
            continue
        try:
            data[f"images-{number}-address"] = address_of(keep_picture(upload=upload, by=request.user))
        except ValidationError as error:
            refused[int(number)] = error
    return data, refused


class _LanguageForms:
    images = None

    def __init__(self, request: HttpRequest, content: Content) -> None:
        self.form: Any = LanguageForm(request.POST or None, content=content)
        rows = [{"text": term["term"], **term} for term in content.get("terms", ())]
        whole_rows = {"empty_permitted": False, "use_required_attribute": False}
        self.terms: Any = TermFormSet(
            request.POST or None, initial=rows, prefix="terms", form_kwargs=whole_rows
        )

    def are_valid(self) -> bool:
        return bool(self.form.is_valid() and self.terms.is_valid())

    @property
    def failed(self) -> bool:
        return bool(self.form.errors or any(self.terms.errors) or self.terms.non_form_errors())

    def proposed(self) -> Content:
        rows = [form.said() for form in self.terms]
        return self.form.proposed([row for row in rows if row])  # type: ignore[no-any-return]


@require_POST
@login_required
@requires(roles.TERMS_EDIT)
def discuss(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Concept, pk=pk)
    form = CommentForm(request.POST)
    if form.is_valid():
        comment(concept=found, text=form.cleaned_data["text"], by=request.user)
    else:
        messages.warning(request, _("Write something first."))
    return redirect("terminology:desk_concept", found.pk)


@login_required
@requires(roles.TERMS_EDIT)
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    groups = [
        (
            _("One word for several concepts"),
            _("Add a note to each that tells them apart."),
            checks.duplicates(),
        ),
        (_("No definition"), _("Readers cannot tell what is meant."), checks.missing_definitions()),
        (_("No preferred term"), _("Nobody knows what to say."), checks.missing_terms()),
        (_("Several preferred terms"), _("Prefer one; the others are admitted."), checks.several_preferred()),
        (
            _("To be avoided, but nothing to say instead"),
            _("Add the term that replaces it."),
            checks.words_without_replacement(),
        ),
        (
            _("Refers to a concept that is not there"),
            _("Add it, or take the reference out."),
            checks.dangling_references(),
        ),
    ]
    context = {"groups": [group for group in groups if group[2]], "most": PER_PAGE}
    return render(request, "terminology/desk/checks.html", context)


@login_required
@requires(roles.TERMS_EDIT)
@require_safe
def meeting(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(meeting_list(), content_type=documents.CONTENT_TYPES["hwpx"])
    response["Content-Disposition"] = 'attachment; filename="terms-meeting.hwpx"'
    return response
