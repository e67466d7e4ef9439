"""The outcome, its release, and the place that follows."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Decision(models.Model):
    """The outcome for one application with everything that led to it. Hidden from the firm until the call's release."""

    class Outcome(models.TextChoices):
        SELECTED = "selected", _("selected")
        RESERVED = "reserved", _("reserve")
        DECLINED = "declined", _("not selected")

    application = models.OneToOneField("calls.Application", on_delete=models.CASCADE, related_name="decision")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    rank = models.PositiveIntegerField(
        _("rank"), null=True, blank=True, help_text=_("Empty for an application that was not eligible")
    )
    reserve_rank = models.PositiveIntegerField(_("place on the reserve list"), null=True, blank=True)
    score = models.DecimalField(_("score"), max_digits=6, decimal_places=3, null=True, blank=True)
    bonus = models.DecimalField(_("bonus"), max_digits=5, decimal_places=2, default=0)
    reasons = models.JSONField(
        default=list, help_text=_("Codes with figures, from which the explanation is written")
    )
    note = models.TextField(_("reason of a change by the committee"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now=True)
    told_at = models.DateTimeField(
        _("letter written"),
        null=True,
        blank=True,
        help_text=_("Set with the letter, so that it is written once"),
    )

    class Meta:
        verbose_name = _("decision")
        ordering = [F("rank").asc(nulls_last=True), "application"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="reserved", reserve_rank__isnull=False)
                | (~Q(outcome="reserved") & Q(reserve_rank__isnull=True)),
                name="decision_reserve_has_a_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_outcome_display()}"


class Award(models.Model):
    """A place given to a firm. What it becomes (a stand, a voucher …) is the business of the rooms above."""

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        ACCEPTED = "accepted", _("accepted")
        WITHDRAWN = "withdrawn", pgettext_lazy("award", "withdrawn")

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="awards")
    firm = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="awards")
    application = models.OneToOneField(
        "calls.Application", on_delete=models.PROTECT, null=True, blank=True, related_name="award"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OFFERED)
    made_at = models.DateTimeField(_("awarded"))
    withdrawn_reason = models.TextField(pgettext_lazy("award", "why withdrawn"), blank=True)
    excused = models.BooleanField(
        _("excused"),
        default=False,
        help_text=_("The office accepted the reason; such a withdrawal does not count against the firm"),
    )

    class Meta:
        verbose_name = _("award")
        ordering = ["programme", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "firm"], name="award_once_per_firm_and_programme")
        ]

    def __str__(self) -> str:
        return f"{self.firm} · {self.programme}"


class Scenario(models.Model):
    """A what-if of the selection room under a name: other weights, another line, scores levelled by reviewer."""

    call = models.ForeignKey("calls.Call", on_delete=models.CASCADE, related_name="scenarios")
    name = models.CharField(_("name"), max_length=80)
    weights = models.JSONField(default=dict, blank=True, help_text=_("criterion id: weight"))
    places = models.PositiveIntegerField(_("places"))
    threshold = models.DecimalField(
        _("lowest score to be selected"), max_digits=5, decimal_places=2, default=0
    )
    normalised = models.BooleanField(_("scores levelled by reviewer"), default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    chosen_at = models.DateTimeField(_("chosen"), null=True, blank=True)
    chosen_reason = models.TextField(_("why it was chosen"), blank=True)

    class Meta:
        verbose_name = _("scenario")
        ordering = ["call", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "name"], name="scenario_name_once_per_call"),
            models.UniqueConstraint(
                fields=["call"], condition=Q(chosen_at__isnull=False), name="scenario_chosen_once_per_call"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Objection(models.Model):
    """이의신청: an applicant questions the outcome within the days the call gives; the office answers in writing."""

    class Answer(models.TextChoices):
        UPHELD = "upheld", _("upheld")
        REJECTED = "rejected", _("rejected")

    application = models.ForeignKey("calls.Application", on_delete=models.CASCADE, related_name="objections")
    text = models.TextField(_("objection"))
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    filed_at = models.DateTimeField(_("filed"), auto_now_add=True)
    answer = models.CharField(_("outcome"), max_length=10, choices=Answer.choices, blank=True)
    answer_text = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("objection")
        ordering = ["application", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(answered_at=None), name="objection_one_open"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="objection_answer_with_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.filed_at:%Y-%m-%d}"
