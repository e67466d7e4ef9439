"""The newsroom's pages. One index for each language, below it one section for each office, below that its releases.

The tree is what keeps offices apart: an editor's group has its rights on the sections of its own office only. A release
in another language is a page of its own with the same `translation_key`.
"""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, Site

from bridgehead.documents.atom import Bullet
from bridgehead.newsroom.blocks import BodyBlock, texts_of
from bridgehead.newsroom.bullets import read_bullets
from bridgehead.newsroom.figures import check_figures
from bridgehead.newsroom.panels import FiguresPanel, ReleaseForm, TermsPanel
from bridgehead.newsroom.rendering import release_context
from bridgehead.newsroom.tokens import BadFigure
from bridgehead.organisations.models import Host
from bridgehead.programmes.queries import programmes_of, public_programmes


def new_entry_id() -> str:
    return f"urn:uuid:{uuid.uuid4()}"


class _Addressed(Page):
    """Pages are shown by our own views, under the language's prefix, not by Wagtail's catch-all."""

    class Meta:
        abstract = True

    def path_here(self) -> str:
        """The address in the language that is active."""
        raise NotImplementedError

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        site = Site.find_for_request(request) if request else None
        site = site or Site.objects.filter(is_default_site=True).first()
        return (site.pk, settings.SITE_URL, self.path_for_readers) if site else None

    @property
    def path_for_readers(self) -> str:
        with override(self.locale.language_code):
            return self.path_here()


class NewsIndexPage(_Addressed):
    """All news in one language. Made by the system, one for each language."""

    is_creatable = False
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["newsroom.HostNewsPage"]
    promote_panels: list[Any] = []
    settings_panels: list[Any] = []

    class Meta:
        verbose_name = _("news index")

    def path_here(self) -> str:
        return reverse("newsroom:list")


class HostNewsPage(_Addressed):
    """One office's news in one language. Made by the system when an editor first comes."""

    host = models.ForeignKey(Host, on_delete=models.PROTECT, related_name="news_sections")

    is_creatable = False
    parent_page_types = ["newsroom.NewsIndexPage"]
    subpage_types = ["newsroom.ReleasePage"]
    promote_panels: list[Any] = []
    settings_panels: list[Any] = []

    class Meta:
        verbose_name = _("section of an office")

    def path_here(self) -> str:
        return f"{reverse('newsroom:list')}?host={self.host.slug}"


class ReleasePage(_Addressed):
    """One press release in one language.

    `published_on` is the moment readers are told; `updated` moves when it is published again. `entry_id` is its stable
    name in feeds: our own, or the one an imported entry came with.
    """

    class Kogl(models.IntegerChoices):
        """공공누리, the Korea Open Government Licence."""

        ATTRIBUTION = 1, _("KOGL type 1: attribution")
        NON_COMMERCIAL = 2, _("KOGL type 2: attribution, no commercial use")
        NO_CHANGES = 3, _("KOGL type 3: attribution, no changes")
        STRICT = 4, _("KOGL type 4: attribution, no commercial use, no changes")

    host = models.ForeignKey(
        Host, on_delete=models.PROTECT, related_name="releases", editable=False, verbose_name=_("office")
    )
    programme = models.ForeignKey(
        "programmes.Programme",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="releases",
        verbose_name=_("programme"),
    )
    published_on = models.DateTimeField(
        _("date of publication"),
        null=True,
        blank=True,
        help_text=_("The moment shown to readers; left empty it is the moment of first publication."),
    )
    figures_as_of = models.DateTimeField(
        _("figures as of"),
        null=True,
        blank=True,
        help_text=_(
            "Figures count what was recorded by this moment; left empty, by the moment of publication."
        ),
    )
    bullets = models.TextField(
        _("summary bullets"),
        blank=True,
        help_text=_(
            "One statement a line, shown with ○. A line that begins with “-” is a detail of the one above, shown with –."
        ),
    )
    body = StreamField(BodyBlock(), verbose_name=_("body of the release"), blank=True)
    contact = models.CharField(
        _("contact"),
        max_length=200,
        blank=True,
        help_text=_("Division, person in charge and telephone number."),
    )
    kogl = models.PositiveSmallIntegerField(_("licence"), choices=Kogl.choices, default=Kogl.ATTRIBUTION)
    reconstructed = models.BooleanField(
        _("reconstructed"),
        default=False,
        help_text=_("Written for demonstration on the facts of a published source."),
    )
    entry_id = models.CharField(max_length=500, default=new_entry_id, editable=False)
    source_feed = models.CharField(_("feed"), max_length=500, blank=True, editable=False)
    source_url = models.URLField(_("original"), max_length=1000, blank=True, editable=False)
    source_author = models.CharField(max_length=200, blank=True, editable=False)
    source_updated_at = models.DateTimeField(null=True, blank=True, editable=False)
    source_digest = models.CharField(max_length=64, blank=True, editable=False)

    parent_page_types = ["newsroom.HostNewsPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["entry_id", "source_feed", "source_url", "source_updated_at", "source_digest"]
    base_form_class = ReleaseForm
    template = "newsroom/release.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("programme"),
        FieldPanel("bullets"),
        FieldPanel("body"),
        FiguresPanel(heading=_("Figures you may write")),
        TermsPanel(heading=_("Terms of the trade in this text")),
        MultiFieldPanel(
            [
                FieldPanel("published_on"),
                FieldPanel("figures_as_of"),
                FieldPanel("contact"),
                FieldPanel("kogl"),
                FieldPanel("reconstructed"),
            ],
            heading=_("Publication"),
        ),
    ]
    promote_panels = [FieldPanel("slug")]
    settings_panels: list[Any] = []

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            models.UniqueConstraint(fields=["host", "entry_id"], name="release_entry_once_per_host"),
            models.CheckConstraint(condition=Q(kogl__gte=1, kogl__lte=4), name="release_kogl_known"),
            models.CheckConstraint(
                condition=Q(source_feed="") | Q(source_updated_at__isnull=False),
                name="release_imported_knows_when_updated",
            ),
        ]

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """A page that got its place in the tree learns its office from the section it is in."""
        if self.path and self.host_id is None:
            self.host = self.get_parent().specific.host
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.is_imported or self.host_id is None:
            return
        own = set(programmes_of(self.host).values_list("slug", flat=True))
        allowed = own | set(public_programmes().values_list("slug", flat=True))
        errors: dict[str, ValidationError] = {}
        for name, texts in (("bullets", [str(escape(self.bullets))]), ("body", texts_of(self.body))):
            try:
                for text in texts:
                    check_figures(text, allowed)
            except BadFigure as error:
                errors[name] = error
        if "{{" in self.title:
            errors["title"] = BadFigure(
                _("A title is read where no figure can be computed; write it without {{ }}.")
            )
        if errors:
            raise ValidationError(errors)

    def path_here(self) -> str:
        return reverse("newsroom:release", args=[self.host.slug, self.slug])

    @property
    def is_imported(self) -> bool:
        return bool(self.source_feed)

    @property
    def host_or_none(self) -> Host | None:
        return self.host if self.host_id else None

    @property
    def published(self) -> datetime:
        return self.published_on or self.first_published_at or timezone.now()

    @property
    def updated(self) -> datetime:
        """When it last changed for its readers, which is never before it was published."""
        if self.source_updated_at:
            return self.source_updated_at
        if self.last_published_at and self.last_published_at != self.first_published_at:
            return max(self.last_published_at, self.published)
        return self.published

    @property
    def was_updated(self) -> bool:
        return self.updated > self.published

    @property
    def moment(self) -> datetime:
        """As of when its figures are stated."""
        return self.figures_as_of or self.published

    @property
    def summary(self) -> tuple[Bullet, ...]:
        return read_bullets(self.bullets)

    @property
    def teaser(self) -> str:
        """The first statement that needs no figure computed, for lists."""
        return next(
            (bullet.text for bullet in self.summary if self.is_imported or "{{" not in bullet.text), ""
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **release_context(self)}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """In the language of the release, whatever the editor's own."""
        with override(self.locale.language_code):
            response = super().serve_preview(request, mode_name)
            return response.render() if hasattr(response, "render") else response
