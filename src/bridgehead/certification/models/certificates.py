"""What was signed: certificates and badges as credentials, and the keys that signed them."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bridgehead.engines.credentials.rotation import IssuerKey
from bridgehead.kit.bilingual import Bilingual

#: Kinds of programmes at which people learn; the badges of others say that a firm took part.
COURSES = ("training", "incubation")


class SigningKey(models.Model):
    """The public half of a key; its secret is with the provider, under this name (`keyring.py`)."""

    host = models.ForeignKey("organisations.Host", on_delete=models.PROTECT, related_name="signing_keys")
    name = models.SlugField(unique=True)
    public_key = models.BinaryField()
    created = models.DateTimeField()
    retired = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["host", "created", "pk"]

    def __str__(self) -> str:
        return self.name

    def as_issuer_key(self) -> IssuerKey:
        return IssuerKey(self.name, bytes(self.public_key), self.created, self.retired, self.revoked)


class SignedCredential(models.Model):
    """The bytes as signed, and their place in the issuer's status lists. What was signed never changes."""

    host = models.ForeignKey("organisations.Host", on_delete=models.PROTECT, related_name="credentials")
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="credentials")
    issuer = models.CharField(max_length=200)
    position = models.PositiveIntegerField()
    document = models.TextField()
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["host", "position"], name="credential_position_once")]

    def __str__(self) -> str:
        return f"{self.host.slug} #{self.position}"


class Certificate(models.Model):
    """A certificate of a case. A reduction of scope, or a revoked key, makes another in its place."""

    case = models.ForeignKey("certification.Case", on_delete=models.PROTECT, related_name="certificates")
    number = models.CharField(_("number"), max_length=40, unique=True)
    scope_ko = models.TextField(_("scope in Korean"))
    scope_en = models.TextField(_("scope in English"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    credential = models.OneToOneField(
        SignedCredential, on_delete=models.PROTECT, null=True, related_name="certificate"
    )
    replaced_at = models.DateTimeField(null=True, blank=True)

    scope = Bilingual("scope")

    class Meta:
        verbose_name = _("certificate")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")), name="certificate_period_forward"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(replaced_at=None), name="certificate_one_current_per_case"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def standing(self, day: date) -> str:
        """`replaced`, `withdrawn`, `suspended`, `expired` or `valid`, in this order."""
        signed = self.credential
        if self.replaced_at:
            return "replaced"
        if signed and signed.revoked_at:
            return "withdrawn"
        if signed and signed.suspended_at:
            return "suspended"
        return "expired" if day > self.valid_until else "valid"


class Badge(models.Model):
    """An Open Badge for training or for taking part, from the award of a programme."""

    award = models.OneToOneField("calls.Award", on_delete=models.PROTECT, related_name="badge")
    credential = models.OneToOneField(SignedCredential, on_delete=models.PROTECT, related_name="badge")

    class Meta:
        verbose_name = _("badge")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.award)

    @property
    def kind_words(self) -> Promise:
        """What the badge is for, by the kind of its programme."""
        return _("Training completed") if self.award.programme.kind in COURSES else _("Taking part")

    @property
    def standing(self) -> str:
        """`withdrawn` or `valid`; a badge does not expire."""
        return "withdrawn" if self.credential.revoked_at else "valid"
