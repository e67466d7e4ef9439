"""What a host sets out to do (strategy → project → programme), and the fair edition a programme goes to."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.kit.bilingual import Bilingual
from bridgehead.kit.clock import check_zone
from bridgehead.kit.money import CurrencyField


class Strategy(models.Model):
    host = models.ForeignKey("organisations.Host", on_delete=models.CASCADE, related_name="strategies")
    order = models.PositiveIntegerField(default=0)
    title_ko = models.CharField(_("title in Korean"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)

    title = Bilingual("title")

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title


class Project(models.Model):
    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="projects")
    order = models.PositiveIntegerField(default=0)
    title_ko = models.CharField(_("title in Korean"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)

    title = Bilingual("title")

    class Meta:
        verbose_name = _("project")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title


class Fair(models.Model):
    """A trade fair that comes back; shared by all hosts."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=120)
    organiser = models.CharField(_("organiser"), max_length=120, blank=True)
    sector = models.CharField(pgettext_lazy("fair", "sector"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("fair")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class FairEdition(models.Model):
    """One time a fair is held. Two hosts supporting a firm for the same edition is what double support means."""

    fair = models.ForeignKey(Fair, on_delete=models.CASCADE, related_name="editions")
    name = models.CharField(_("name"), max_length=120)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    venue = models.CharField(_("venue"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=80)
    country = models.CharField(_("country"), max_length=2)
    zone = models.CharField(_("time zone"), max_length=40, validators=[check_zone])

    class Meta:
        verbose_name = _("fair edition")
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["fair", "starts_on"], name="fair_edition_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="fair_edition_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Programme(models.Model):
    """One undertaking of a host with a budget, from call to results. The spine of the house."""

    class Kind(models.TextChoices):
        FAIR = "fair", _("Fair participation")
        VOUCHER = "voucher", _("Export voucher")
        TRAINING = "training", _("Training")
        RESEARCH = "research", _("Policy research")
        INCUBATION = "incubation", _("Start-up incubation")
        GRANT = "grant", _("Incoming grant")

    slug = models.SlugField(_("address"), unique=True, max_length=80)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.FAIR)
    host = models.ForeignKey("organisations.Host", on_delete=models.PROTECT, related_name="programmes")
    operator = models.ForeignKey(
        "organisations.Host",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="operated_programmes",
        verbose_name=_("operator"),
        help_text=_("The agency entrusted with running it"),
    )
    project = models.ForeignKey(
        Project, on_delete=models.SET_NULL, null=True, blank=True, related_name="programmes"
    )
    edition = models.ForeignKey(
        FairEdition,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name=_("fair edition"),
    )
    title_ko = models.CharField(_("title in Korean"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    summary_ko = models.TextField(_("summary in Korean"), blank=True)
    summary_en = models.TextField(_("summary in English"), blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    zone = models.CharField(_("time zone"), max_length=40, default="Asia/Seoul", validators=[check_zone])
    result_currency = CurrencyField(_("currency of the results"), default="USD")
    results_as_of = models.DateTimeField(
        _("results as of"),
        null=True,
        blank=True,
        help_text=_("Figures are stated as of this moment; empty means now"),
    )
    is_public = models.BooleanField(_("shown to the public"), default=True)
    reconstructed = models.BooleanField(
        _("reconstructed"),
        default=False,
        help_text=_("People, buyers and single records are made up; only the totals are sourced"),
    )

    title = Bilingual("title")
    summary = Bilingual("summary")

    class Meta:
        verbose_name = _("programme")
        ordering = ["-starts_on", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="programme_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Statement(models.Model):
    """A figure somebody stated, kept with who said so. Contradicting statements stand side by side.

    `subject` is a code: planned_firms, selected_firms, exhibitors, exhibitor_countries, visitors, visitor_countries,
    consultations, consultation_amount, pursued, pursued_amount.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="statements")
    subject = models.SlugField(_("about"), max_length=40)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=10, blank=True)
    approximate = models.BooleanField(_("“about”"), default=False)
    said_by = models.CharField(_("who said so"), max_length=120)
    said_on = models.DateField(pgettext_lazy("day", "when"), null=True, blank=True)
    source_url = models.URLField(_("source"), blank=True)
    words = models.CharField(_("in these words"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("statement")
        ordering = ["subject", "said_on", "pk"]

    def __str__(self) -> str:
        return f"{self.subject} = {self.value} ({self.said_by})"
