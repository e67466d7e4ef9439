"""What a firm makes: products, their pictures, and which certificate covers which of them."""

import hashlib
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.catalogue import lists
from bridgehead.kit.bilingual import Bilingual, pick
from bridgehead.kit.money import AmountField, CurrencyField

is_hs_code = RegexValidator(
    r"^(\d{6}|\d{8}|\d{10})$", _("An HS code has 6, 8 or 10 digits, such as 7113.11 or 7113.11.0000.")
)


class Product(models.Model):
    """One article of a firm, written by the firm itself or by an office that supports it."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("product", "Draft")
        PUBLISHED = "published", pgettext_lazy("product", "Published")
        WITHDRAWN = "withdrawn", pgettext_lazy("product", "Withdrawn")

    class Basis(models.TextChoices):
        """What a price includes: the Incoterms makers meet, and the price of a shop."""

        EXW = "exw", _("EXW: at the workshop")
        FOB = "fob", _("FOB: on board at a Korean port")
        WHOLESALE = "wholesale", _("Wholesale in Korea")
        RETAIL = "retail", _("Retail, with tax")

    firm = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="products")
    code = models.CharField(_("article number"), max_length=40)
    name_ko = models.CharField(_("name in Korean"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    description_ko = models.TextField(_("description in Korean"), max_length=4000, blank=True)
    description_en = models.TextField(_("description in English"), max_length=4000, blank=True)
    category = models.CharField(_("category"), max_length=40, blank=True)
    price_min = AmountField(_("price from"), null=True, blank=True)
    price_max = AmountField(_("price to"), null=True, blank=True)
    currency = CurrencyField(_("currency"), blank=True)
    price_basis = models.CharField(
        _("what the price includes"), max_length=10, choices=Basis.choices, blank=True
    )
    capacity = models.PositiveIntegerField(_("pieces you can make in a month"), null=True, blank=True)
    minimum_order = models.PositiveIntegerField(_("smallest order in pieces"), null=True, blank=True)
    lead_time = models.PositiveSmallIntegerField(_("days from order to dispatch"), null=True, blank=True)
    hs_code = models.CharField(_("HS code"), max_length=10, blank=True, validators=[is_hs_code])
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)
    search_text = models.TextField(editable=False, blank=True)
    #: What a certificate would be about; a confirmed coverage holds only while it stays the same.
    identity = models.CharField(max_length=64, editable=False)
    reconstructed = models.BooleanField(_("reconstructed"), default=False)

    name = Bilingual("name")
    description = Bilingual("description")

    class Meta:
        verbose_name = pgettext_lazy("catalogue", "product")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["firm", "code"], name="product_code_once_per_firm"),
            models.CheckConstraint(
                condition=Q(price_min=None) | Q(price_max=None) | Q(price_max__gte=F("price_min")),
                name="product_price_upwards",
            ),
            models.CheckConstraint(
                condition=Q(price_min=None, price_max=None) | (~Q(currency="") & ~Q(price_basis="")),
                name="product_price_says_what_it_is",
            ),
            models.CheckConstraint(
                condition=Q(price_min__isnull=False) | Q(price_max=None), name="product_price_has_a_lower_end"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="product_published_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-published_at", "-id"], name="product_public_order"),
            models.Index(fields=["firm", "state"], name="product_of_firm"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_public(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def category_name(self) -> str:
        return lists.name_of(lists.categories(), self.category)

    @property
    def material_names(self) -> list[str]:
        return [lists.name_of(lists.materials(), made.material) for made in self.made_of.all()]

    @property
    def hs_code_shown(self) -> str:
        """As customs write it: 7113.11.0000."""
        parts = [self.hs_code[:4], self.hs_code[4:6], self.hs_code[6:]]
        return ".".join(part for part in parts if part)


class MadeOf(models.Model):
    """One material of a product, by its code in the list."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="made_of")
    material = models.CharField(max_length=40)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["product", "material"], name="product_material_once")]

    def __str__(self) -> str:
        return self.material


class Photo(models.Model):
    """A picture of a product, decoded and written anew in two sizes. Without words it is not shown to the public."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="photos")
    order = models.PositiveIntegerField(default=0)
    file = models.FileField(max_length=200)
    thumbnail = models.FileField(max_length=200)
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=4, choices=[("png", "PNG"), ("jpeg", "JPEG")])
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt_ko = models.CharField(_("what the picture shows, in Korean"), max_length=200, blank=True)
    alt_en = models.CharField(_("what the picture shows, in English"), max_length=200, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    alt = Bilingual("alt")

    class Meta:
        verbose_name = _("picture")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "digest"], condition=Q(removed_at=None), name="product_photo_once"
            ),
            models.CheckConstraint(
                condition=Q(width__gt=0) & Q(height__gt=0), name="product_photo_has_pixels"
            ),
        ]

    def __str__(self) -> str:
        return pick(self.alt_ko, self.alt_en) or self.digest[:12]


class Coverage(models.Model):
    """That the scope of a case names this product. The firm asks; somebody of the scheme's host or body confirms.

    A confirmation is of these words: it holds while the certificate's scope and what the product is stay as they were.
    """

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("coverage", "To be confirmed")
        CONFIRMED = "confirmed", pgettext_lazy("coverage", "Confirmed")
        REFUSED = "refused", pgettext_lazy("coverage", "Not confirmed")

    SNAPSHOT: ClassVar = ("scope_ko", "scope_en")

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="coverages")
    case = models.ForeignKey("certification.Case", on_delete=models.PROTECT, related_name="coverages")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    scope_ko = models.TextField(blank=True)
    scope_en = models.TextField(blank=True)
    identity = models.CharField(max_length=64, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("coverage by a certificate")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["product", "case"], name="product_coverage_once"),
            models.CheckConstraint(
                condition=Q(state="asked") | (Q(decided_by__isnull=False) & Q(decided_at__isnull=False)),
                name="product_coverage_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | (~Q(identity="") & ~Q(scope_ko="", scope_en="")),
                name="product_coverage_of_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} · {self.case}"


def identity_of(fields: dict[str, Any], materials: list[str]) -> str:
    """What a product is, as a certificate would name it: names, category and materials."""
    said = [str(fields[name]).strip() for name in ("name_ko", "name_en", "category")]
    return hashlib.sha256("\x1f".join([*said, *sorted(materials)]).encode()).hexdigest()
