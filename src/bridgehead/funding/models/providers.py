"""Who takes export vouchers: providers with their services and prices, approved host by host."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.kit.money import AmountField


class Service(models.TextChoices):
    """What a voucher may be spent on. The values are also codes of cost items: double support is found by them."""

    INTERPRETATION = "interpretation", _("Interpretation and buyer communication")
    FREIGHT = "freight", _("Sample freight")
    DOCUMENTS = "documents", _("Trade documents")
    BROKERAGE = "brokerage", _("Carrier brokerage")
    SHIPPING = "shipping", _("Shipping")
    TRANSLATION = "translation", _("Translation")


class ServiceLanguage(models.TextChoices):
    """Languages that providers work in, as ISO 639-1 codes."""

    KOREAN = "ko", _("Korean")
    ENGLISH = "en", _("English")
    ITALIAN = "it", _("Italian")
    FRENCH = "fr", _("French")
    GERMAN = "de", _("German")
    SPANISH = "es", _("Spanish")
    CHINESE = "zh", _("Chinese")
    JAPANESE = "ja", _("Japanese")
    ARABIC = "ar", _("Arabic")
    VIETNAMESE = "vi", _("Vietnamese")


class ServiceProvider(models.Model):
    """An organisation that works for vouchers. Who signs in for it are the members of the organisation."""

    organisation = models.OneToOneField(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="service_provider"
    )
    contact = models.CharField(_("person to ask"), max_length=100)
    email = models.EmailField(_("email address"))
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    languages = models.CharField(
        max_length=60, blank=True, help_text="Codes of ServiceLanguage, with commas between"
    )
    districts = models.CharField(_("districts served"), max_length=200, blank=True)
    about = models.TextField(_("about the provider"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("service provider")
        ordering = ["organisation__slug"]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def language_names(self) -> list[str]:
        return [str(ServiceLanguage(code).label) for code in self.languages.split(",") if code]


class ProviderPrice(models.Model):
    """A row of a provider's price list."""

    class Unit(models.TextChoices):
        JOB = "job", pgettext_lazy("unit", "job")
        HOUR = "hour", pgettext_lazy("unit", "hour")
        DAY = "day", pgettext_lazy("unit", "day")
        PAGE = "page", pgettext_lazy("unit", "page")
        KILOGRAM = "kg", pgettext_lazy("unit", "kilogram")
        CBM = "cbm", _("cubic metre (CBM)")

    provider = models.ForeignKey(ServiceProvider, on_delete=models.CASCADE, related_name="prices")
    service = models.CharField(_("service"), max_length=15, choices=Service.choices)
    what = models.CharField(_("what exactly"), max_length=120, blank=True)
    unit = models.CharField(_("price per"), max_length=5, choices=Unit.choices, default=Unit.JOB)
    price = AmountField(
        _("price in won, VAT included"), null=True, blank=True, help_text=_("Empty: on request")
    )

    class Meta:
        verbose_name = _("price")
        ordering = ["service", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gt=0), name="provider_price_above_zero"
            )
        ]

    def __str__(self) -> str:
        return self.what or self.get_service_display()


class ProviderApproval(models.Model):
    """Whether a host lets its firms spend vouchers at a provider."""

    class State(models.TextChoices):
        APPROVED = "approved", pgettext_lazy("provider", "approved")
        SUSPENDED = "suspended", pgettext_lazy("provider", "suspended")

    provider = models.ForeignKey(ServiceProvider, on_delete=models.CASCADE, related_name="approvals")
    host = models.ForeignKey(
        "organisations.Host", on_delete=models.CASCADE, related_name="provider_approvals"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    reason = models.CharField(_("why suspended"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(pgettext_lazy("provider", "decided"), auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "host"], name="provider_approval_once_per_host"),
            models.CheckConstraint(
                condition=Q(state="approved", reason="") | (Q(state="suspended") & ~Q(reason="")),
                name="provider_suspended_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} · {self.host}: {self.get_state_display()}"
