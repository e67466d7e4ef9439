"""Who reads what, and what they think of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReviewerProfile(models.Model):
    """What a reviewer knows, and where conflicts of interest may lie; filled in by the reviewer."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reviewer_profile"
    )
    expertise = models.JSONField(_("fields of expertise"), default=list, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    address = models.CharField(pgettext_lazy("postal", "address"), max_length=200, blank=True)
    employers = models.JSONField(
        _("employers of the last three years"),
        default=list,
        blank=True,
        help_text=_("name, business number, until"),
    )
    declared_at = models.DateTimeField(_("declared"), null=True, blank=True)

    class Meta:
        verbose_name = _("reviewer's declaration")

    def __str__(self) -> str:
        return str(self.user)


class Review(models.Model):
    """One reviewer's reading of one application, from assignment to final scores."""

    class State(models.TextChoices):
        ASSIGNED = "assigned", pgettext_lazy("review", "to do")
        CONFLICT = "conflict", _("conflict of interest declared")
        DONE = "done", _("done")

    class Conflict(models.TextChoices):
        FAMILY = "family", _("Family or personal relation")
        EMPLOYMENT = "employment", _("Employed by the applicant, now or in the last three years")
        BUSINESS = "business", _("Business with the applicant, or an interest in it")
        ADVICE = "advice", _("Advised the applicant on this application")
        RIVAL = "rival", _("Competes with the applicant")
        OTHER = "other", _("Another reason to doubt impartiality")

    application = models.ForeignKey("calls.Application", on_delete=models.CASCADE, related_name="reviews")
    stage = models.ForeignKey("calls.Stage", on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASSIGNED)
    conflict_kind = models.CharField(
        _("kind of conflict"), max_length=12, choices=Conflict.choices, blank=True
    )
    conflict_reason = models.CharField(_("in your words"), max_length=300, blank=True)
    comment = models.TextField(_("comment for the committee"), blank=True)
    saved_at = models.DateTimeField(auto_now=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("review")
        ordering = ["application", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "stage", "reviewer"], name="review_once_per_stage_and_reviewer"
            ),
            models.CheckConstraint(
                condition=~Q(state="conflict") | ~Q(conflict_kind=""), name="review_conflict_has_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.get_state_display()}"


class Score(models.Model):
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey("calls.Criterion", on_delete=models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField(_("score"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="score_once_per_criterion"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__range=(1, 100)), name="score_in_any_scale"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"
