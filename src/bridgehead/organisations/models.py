"""Hosts (whose data is apart) and organisations (firms, buyers, partners: shared by all hosts), and who acts for them."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.accounts.roles import CHOICES as ROLE_CHOICES
from bridgehead.kit.bilingual import Bilingual
from bridgehead.kit.validators import clean_business_number

models.CharField.register_lookup(Length)


def check_business_number(value: str) -> None:
    clean_business_number(value)


class Host(models.Model):
    """A regional government or one of its agencies. Staff see the data of their own host."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("Province")
        CITY = "city", _("City")
        DISTRICT = "district", _("District")
        AGENCY = "agency", _("Agency")

    slug = models.SlugField(unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name_ko = models.CharField(_("name in Korean"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="agencies"
    )
    contact = models.CharField(_("contact shown to the public"), max_length=200, blank=True)

    name = Bilingual("name")

    class Meta:
        verbose_name = _("host")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class HostMembership(models.Model):
    """One role of one person at one host."""

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="host_memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=ROLE_CHOICES)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["host", "user", "role"], name="host_membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.host}"


class Organisation(models.Model):
    """A firm, a buyer or a partner. Shared by all hosts, so that the same cost cannot be paid twice by two of them."""

    class Kind(models.TextChoices):
        FIRM = "firm", _("Firm")
        BUYER = "buyer", _("Buyer")
        PARTNER = "partner", _("Partner")

    slug = models.SlugField(unique=True, max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name_ko = models.CharField(_("name in Korean"), max_length=120, blank=True)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    business_number = models.CharField(
        _("business registration number"), max_length=10, blank=True, validators=[check_business_number]
    )
    country = models.CharField(
        _("country"), max_length=2, default="KR", help_text=_("ISO 3166 code, such as KR")
    )
    region = models.CharField(_("city or district"), max_length=80, blank=True)
    address = models.CharField(pgettext_lazy("postal", "address"), max_length=200, blank=True)
    sector = models.CharField(_("sector"), max_length=80, blank=True)
    employees = models.PositiveIntegerField(_("number of employees"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    reconstructed = models.BooleanField(
        _("reconstructed"),
        default=False,
        help_text=_("Made up for demonstration; not a real organisation's data"),
    )

    name = Bilingual("name")

    class Meta:
        verbose_name = _("organisation")
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["business_number"],
                condition=~Q(business_number=""),
                name="organisation_business_number_once",
            ),
            models.CheckConstraint(
                condition=Q(business_number="") | Q(business_number__length=10),
                name="organisation_business_number_length",
            ),
            models.CheckConstraint(condition=~Q(name_ko="", name_en=""), name="organisation_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.business_number:
            self.business_number = clean_business_number(self.business_number)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        if not (self.name_ko or self.name_en):
            raise ValidationError({"name_ko": _("Write the name in Korean or in English.")})


class OrganisationMembership(models.Model):
    """A person who acts for an organisation: a maker for the workshop, a buyer for the shop."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="organisation_memberships"
    )
    is_owner = models.BooleanField(_("may manage the others"), default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="organisation_membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"


class Contact(models.Model):
    """A person to write to at an organisation; needs no account."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(pgettext_lazy("person", "name"), max_length=100)
    email = models.EmailField(_("email address"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=5, default="ko")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=~Q(email=""),
                name="contact_email_once_per_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Consent(models.Model):
    """A consent under the personal data law: to one purpose, in the words shown, until a date."""

    class Purpose(models.TextChoices):
        APPLICATION = "application", _("Handling of the application")
        SHARING = "sharing", _("Sharing with the fair's organiser and with buyers")
        FOLLOW_UP = "follow_up", _("Follow-up of results for up to twelve months")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="consents"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices)
    wording = models.TextField(_("the words agreed to"))
    given_at = models.DateTimeField(_("given"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(pgettext_lazy("consent", "withdrawn"), null=True, blank=True)
    retain_until = models.DateField(_("kept until"))

    class Meta:
        ordering = ["-given_at"]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {self.organisation}"
