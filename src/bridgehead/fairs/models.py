"""The joint pavilion: a rectangle of the hall in metres, and the stands in it."""

from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bridgehead.kit.bilingual import Bilingual


class MetresField(models.DecimalField):
    """A length up to 9,999.99 m, to the centimetre."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "max_digits": 6, "decimal_places": 2})


class Pavilion(models.Model):
    """The host's place at the fair. All lengths in metres, the origin at the top left of the plan."""

    programme = models.OneToOneField(
        "programmes.Programme", on_delete=models.CASCADE, related_name="pavilion"
    )
    name_ko = models.CharField(_("name in Korean"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    hall = models.CharField(_("hall and number"), max_length=60, blank=True)
    width = MetresField(_("width (m)"), validators=[MinValueValidator(Decimal("0.1"))])
    depth = MetresField(_("depth (m)"), validators=[MinValueValidator(Decimal("0.1"))])
    open_sides = models.CharField(
        _("open sides"),
        max_length=4,
        default="s",
        blank=True,
        validators=[RegexValidator(r"^[nesw]*$")],
        help_text=_("Any of n, e, s, w"),
    )

    name = Bilingual("name")

    class Meta:
        verbose_name = _("pavilion")
        constraints = [
            models.CheckConstraint(condition=Q(width__gt=0) & Q(depth__gt=0), name="pavilion_has_an_area")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def area(self) -> Decimal:
        return self.width * self.depth


class Stand(models.Model):
    """A rectangle of the pavilion, given to a firm or shared (storage, meeting tables)."""

    class Kind(models.TextChoices):
        FIRM = "firm", _("stand of a firm")
        MEETING = "meeting", _("meeting tables")
        STORAGE = "storage", _("storage")
        INFO = "info", _("information desk")

    pavilion = models.ForeignKey(Pavilion, on_delete=models.CASCADE, related_name="stands")
    code = models.CharField(_("code"), max_length=10)
    kind = models.CharField(_("used as"), max_length=10, choices=Kind.choices, default=Kind.FIRM)
    x = MetresField(_("from the left (m)"), validators=[MinValueValidator(Decimal(0))])
    y = MetresField(_("from the top (m)"), validators=[MinValueValidator(Decimal(0))])
    width = MetresField(_("width (m)"), validators=[MinValueValidator(Decimal("0.1"))])
    depth = MetresField(_("depth (m)"), validators=[MinValueValidator(Decimal("0.1"))])
    award = models.OneToOneField(
        "calls.Award", on_delete=models.SET_NULL, null=True, blank=True, related_name="stand"
    )

    class Meta:
        verbose_name = _("stand")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["pavilion", "code"],
                name="stand_code_once",
                violation_error_message=_("This pavilion already has a stand with this code."),
            ),
            models.CheckConstraint(
                condition=Q(width__gt=0) & Q(depth__gt=0) & Q(x__gte=0) & Q(y__gte=0),
                name="stand_has_an_area",
            ),
            models.CheckConstraint(
                condition=Q(award__isnull=True) | Q(kind="firm"), name="stand_award_only_on_firm_stands"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def area(self) -> Decimal:
        return self.width * self.depth
