"""What is certified: a scheme, its versions, the criteria of a version and their limits per market."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from bridgehead.kit.bilingual import Bilingual


class Scheme(models.Model):
    """A certification scheme of a host; `body` is the agency that evaluates, where the host does not itself."""

    slug = models.SlugField(_("address"), unique=True)
    code = models.SlugField(_("code"), max_length=12, unique=True, help_text=_("Begins every case's number"))
    host = models.ForeignKey("organisations.Host", on_delete=models.PROTECT, related_name="schemes")
    body = models.ForeignKey(
        "organisations.Host",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evaluated_schemes",
    )
    name_ko = models.CharField(_("name in Korean"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    summary_ko = models.TextField(_("summary in Korean"), blank=True)
    summary_en = models.TextField(_("summary in English"), blank=True)
    mark_rules_ko = models.TextField(_("rules for using the mark, in Korean"), blank=True)
    mark_rules_en = models.TextField(_("rules for using the mark, in English"), blank=True)
    validity_months = models.PositiveSmallIntegerField(_("validity of a certificate in months"), default=36)
    surveillance_months = models.PositiveSmallIntegerField(_("months between surveillances"), default=12)
    programmes = models.ManyToManyField(
        "programmes.Programme",
        blank=True,
        related_name="schemes",
        verbose_name=_("programmes whose awards open a case"),
    )
    reconstructed = models.BooleanField(_("reconstructed"), default=False)

    name = Bilingual("name")
    summary = Bilingual("summary")
    mark_rules = Bilingual("mark_rules")

    class Meta:
        verbose_name = _("scheme")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(validity_months__gt=0) & Q(surveillance_months__gt=0),
                name="scheme_periods_above_zero",
            )
        ]

    def __str__(self) -> str:
        return self.name


class SchemeVersion(models.Model):
    """Criteria are changed in a draft and fixed when it is published; cases keep the version they began with."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField(null=True, blank=True)
    changes = models.TextField(_("what changed"), blank=True)

    class Meta:
        ordering = ["scheme", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="scheme_version_once"),
            models.UniqueConstraint(
                fields=["scheme"], condition=Q(published_at=None), name="scheme_one_draft_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} v{self.number}"


class Criterion(models.Model):
    """One requirement: the indicator, the evidence wanted and its weight."""

    version = models.ForeignKey(SchemeVersion, on_delete=models.CASCADE, related_name="criteria")
    order = models.PositiveSmallIntegerField(default=0)
    code = models.SlugField(_("code"), max_length=30)
    name_ko = models.CharField(_("criterion in Korean"), max_length=160)
    name_en = models.CharField(_("criterion in English"), max_length=160)
    indicator_ko = models.CharField(_("indicator in Korean"), max_length=300)
    indicator_en = models.CharField(_("indicator in English"), max_length=300)
    evidence_ko = models.TextField(_("evidence wanted, in Korean"))
    evidence_en = models.TextField(_("evidence wanted, in English"))
    claim_ko = models.CharField(
        _("what may be claimed, in Korean"), max_length=200, blank=True,
        help_text=_("{value} stands for the measured value. Precise and verifiable, as ISO 14021 asks"),
    )  # fmt: skip
    claim_en = models.CharField(_("what may be claimed, in English"), max_length=200, blank=True)
    unit = models.CharField(
        _("unit"), max_length=20, blank=True, help_text=_("Empty where nothing is measured")
    )
    topic = models.CharField(_("topic in the certificate"), max_length=60, default="environment.waste")
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    required = models.BooleanField(_("must be met"), default=True)

    name = Bilingual("name")
    indicator = Bilingual("indicator")
    evidence = Bilingual("evidence")
    claim = Bilingual("claim")

    class Meta:
        verbose_name = pgettext_lazy("certification", "criterion")
        ordering = ["version", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="scheme_criterion_once")]

    def __str__(self) -> str:
        return self.name


class Limit(models.Model):
    """The limit of a criterion on one market, with where it comes from and since when that says so."""

    class Market(models.TextChoices):
        ALL = "ALL", _("all markets")
        EU = "EU", _("European Union")
        KR = "KR", _("Korea")

    class Bound(models.TextChoices):
        AT_MOST = "max", _("at most")
        BELOW = "lt", _("less than")
        AT_LEAST = "min", _("at least")

    #: In short places, where words would need another order in each language.
    SIGNS: ClassVar[dict[str, str]] = {Bound.AT_MOST: "≤", Bound.BELOW: "<", Bound.AT_LEAST: "≥"}

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="limits")
    market = models.CharField(_("market"), max_length=3, choices=Market.choices, default=Market.ALL)
    bound = models.CharField(_("bound"), max_length=3, choices=Bound.choices, default=Bound.AT_MOST)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=4)
    applies_ko = models.CharField(_("applies to, in Korean"), max_length=200, blank=True)
    applies_en = models.CharField(_("applies to, in English"), max_length=200, blank=True)
    source = models.CharField(
        _("source"), max_length=300, help_text=_("Law, standard or decision, with its article")
    )
    source_date = models.DateField(_("date of the source"))
    checked_on = models.DateField(
        _("checked on"), null=True, blank=True, help_text=_("Empty: not confirmed, and the page says so")
    )
    note_ko = models.CharField(
        _("how it was checked, or what is open, in Korean"), max_length=300, blank=True
    )
    note_en = models.CharField(
        _("how it was checked, or what is open, in English"), max_length=300, blank=True
    )

    applies = Bilingual("applies")
    note = Bilingual("note")

    class Meta:
        verbose_name = _("limit")
        ordering = ["criterion", "market", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=0), name="scheme_limit_not_negative"),
            models.CheckConstraint(condition=~Q(source=""), name="scheme_limit_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.get_market_display()} {self.SIGNS[self.bound]} {self.value.normalize():f}"

    @property
    def source_shown(self) -> str:
        """A source written in both languages, “Korean / English”, in the reader's; any other as it stands."""
        korean, between, english = self.source.partition(" / ")
        if not between:
            return self.source
        return korean if (get_language() or "ko").startswith("ko") else english
