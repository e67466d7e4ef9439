"""A case: a maker's application for a certificate, what was found about it, and who did what.

Who evaluates does not decide. `Involvement` keeps every part a person takes; the database refuses the rows that would
mix the parts, and findings or decisions of people who hold no such part (triggers in migration 0002).
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.kit.bilingual import Bilingual
from bridgehead.kit.clock import today


class Case(models.Model):
    class Kind(models.TextChoices):
        PRODUCTS = "products", _("Products")
        SITE = "site", _("A site")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("certification", "Draft")
        SUBMITTED = "submitted", pgettext_lazy("certification", "Submitted")
        RETURNED = "returned", pgettext_lazy("certification", "To be completed")
        EVALUATION = "evaluation", _("In evaluation")
        CORRECTION = "correction", _("To be corrected")
        DECISION = "decision", _("Before the decision")
        CERTIFIED = "certified", _("Certified")
        SUSPENDED = "suspended", pgettext_lazy("certification", "Suspended")
        WITHDRAWN = "withdrawn", pgettext_lazy("certificate", "Certificate withdrawn")
        EXPIRED = "expired", pgettext_lazy("certification", "Expired")
        REFUSED = "refused", pgettext_lazy("certification", "Refused")
        CANCELLED = "cancelled", pgettext_lazy("certification", "Cancelled by the firm")

    number = models.CharField(_("number"), max_length=40, unique=True)
    version = models.ForeignKey("certification.SchemeVersion", on_delete=models.PROTECT, related_name="cases")
    firm = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="certification_cases"
    )
    award = models.OneToOneField(
        "calls.Award", on_delete=models.SET_NULL, null=True, blank=True, related_name="certification_case"
    )
    renews = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="renewals"
    )
    kind = models.CharField(
        _("what is to be certified"), max_length=10, choices=Kind.choices, default=Kind.PRODUCTS
    )
    markets = models.JSONField(_("markets"), default=list)
    scope_ko = models.TextField(_("products or site, in Korean"), blank=True)
    scope_en = models.TextField(_("products or site, in English"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    state_note = models.TextField(blank=True)
    opened_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    reconstructed = models.BooleanField(_("reconstructed"), default=False)

    scope = Bilingual("scope")

    class Meta:
        verbose_name = pgettext_lazy("certification", "case")
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return self.number


class Involvement(models.Model):
    """One part of one person in one case; never changed and never removed."""

    class Part(models.TextChoices):
        EVALUATION = "evaluation", _("Evaluation")
        DECISION = "decision", pgettext_lazy("certification", "Decision")
        APPEAL = "appeal", _("Complaints and appeals")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="involvements")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(_("part"), max_length=10, choices=Part.choices)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "person", "part"], name="certification_part_once"),
            models.CheckConstraint(
                condition=Q(part__in=["evaluation", "decision", "appeal"]), name="certification_part_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_part_display()}"


class Answer(models.Model):
    """The maker's self-assessment on one criterion."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="answers")
    criterion = models.ForeignKey("certification.Criterion", on_delete=models.PROTECT, related_name="answers")
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=4, null=True, blank=True)
    words = models.TextField(_("how you meet it"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "criterion"], name="certification_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.criterion}"


class Evidence(models.Model):
    """A file of the case: from the maker, of a site visit, of a laboratory."""

    class Kind(models.TextChoices):
        MAKER = "maker", _("From the maker")
        VISIT = "visit", _("Site visit")
        LAB = "lab", _("Laboratory")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="evidence")
    criterion = models.ForeignKey(
        "certification.Criterion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence_files",
    )
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    attachment = models.ForeignKey("questions.Attachment", on_delete=models.PROTECT, related_name="+")
    laboratory = models.CharField(_("laboratory and accreditation"), max_length=200, blank=True)
    dated = models.DateField(_("date of the visit or test"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.attachment)


class Finding(models.Model):
    """What an evaluator found on one criterion."""

    class Method(models.TextChoices):
        DOCUMENTS = "documents", _("Documents")
        VISIT = "visit", _("Site visit")
        LAB = "lab", _("Laboratory test")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="findings")
    criterion = models.ForeignKey(
        "certification.Criterion", on_delete=models.PROTECT, related_name="findings"
    )
    conforms = models.BooleanField(_("conforms"))
    value = models.DecimalField(_("measured value"), max_digits=14, decimal_places=4, null=True, blank=True)
    method = models.CharField(_("how it was found"), max_length=10, choices=Method.choices)
    words = models.TextField(_("finding"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["criterion__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "criterion"], name="certification_finding_once")
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.criterion}"

    @property
    def claim(self) -> str:
        """What the firm may say about this criterion, with the value that was measured."""
        claim = self.criterion.claim
        if "{value}" not in claim:
            return claim
        return claim.replace("{value}", f"{self.value.normalize():f}") if self.value is not None else ""


class Nonconformity(models.Model):
    class Grade(models.TextChoices):
        MAJOR = "major", _("Major")
        MINOR = "minor", _("Minor")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("nonconformity", "Open")
        ANSWERED = "answered", pgettext_lazy("nonconformity", "Correction reported")
        CLOSED = "closed", pgettext_lazy("nonconformity", "Closed")

    OPEN: ClassVar = (State.OPEN, State.ANSWERED)

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="nonconformities")
    criterion = models.ForeignKey(
        "certification.Criterion", on_delete=models.PROTECT, related_name="nonconformities"
    )
    grade = models.CharField(_("grade"), max_length=5, choices=Grade.choices)
    words = models.TextField(_("what does not conform"))
    deadline = models.DateField(_("to be corrected by"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    correction = models.TextField(_("corrective action and its cause"), blank=True)
    verdict = models.TextField(_("how the correction was checked"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.words[:60]}"

    @property
    def is_overdue(self) -> bool:
        return self.state == self.State.OPEN and self.deadline < today()


class Decision(models.Model):
    """A decision about a case, with its reason. Nobody's name only where the plan suspends by itself."""

    class Outcome(models.TextChoices):
        GRANT = "grant", _("Certificate granted")
        REFUSE = "refuse", _("Certificate refused")
        SUSPEND = "suspend", pgettext_lazy("decision", "Suspended")
        RESTORE = "restore", _("Suspension lifted")
        REDUCE = "reduce", _("Scope reduced")
        WITHDRAW = "withdraw", pgettext_lazy("certificate", "Withdrawn")
        EXPIRE = "expire", pgettext_lazy("decision", "Expired")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(_("decision"), max_length=8, choices=Outcome.choices)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(outcome__in=["suspend", "expire"]),
                name="certification_decided_by",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.get_outcome_display()}"
