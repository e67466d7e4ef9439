"""From open call to award: one workflow for fairs, vouchers, training, research teams and incubation."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.kit.bilingual import Bilingual


class Call(models.Model):
    slug = models.SlugField(_("address"), unique=True, max_length=80)
    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="calls")
    title_ko = models.CharField(_("title in Korean"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    body_ko = models.TextField(_("announcement in Korean"), blank=True)
    body_en = models.TextField(_("announcement in English"), blank=True)
    benefits_ko = models.TextField(
        _("what is supported, in Korean"), blank=True, help_text=_("One line each")
    )
    benefits_en = models.TextField(
        _("what is supported, in English"), blank=True, help_text=_("One line each")
    )
    eligibility_ko = models.TextField(_("who may apply, in Korean"), blank=True, help_text=_("One line each"))
    eligibility_en = models.TextField(
        _("who may apply, in English"), blank=True, help_text=_("One line each")
    )
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    places = models.PositiveIntegerField(_("places"), validators=[MinValueValidator(1)])
    reserves = models.PositiveIntegerField(_("length of the reserve list"), default=0)
    threshold = models.DecimalField(
        _("lowest score to be selected"), max_digits=5, decimal_places=2, default=0, help_text=_("Of 100")
    )
    reviews_wanted = models.PositiveIntegerField(
        _("reviewers per application"), default=2, validators=[MinValueValidator(1)]
    )
    reviews_due_at = models.DateTimeField(_("reviews due"), null=True, blank=True)
    blind = models.BooleanField(_("blind review"), default=True)
    question_set = models.ForeignKey("questions.QuestionSet", on_delete=models.PROTECT, related_name="calls")
    published_at = models.DateTimeField(pgettext_lazy("moment", "published"), null=True, blank=True)
    released_at = models.DateTimeField(_("decisions released"), null=True, blank=True)

    title = Bilingual("title")
    body = Bilingual("body")
    benefits = Bilingual("benefits")
    eligibility = Bilingual("eligibility")

    class Meta:
        verbose_name = _("call")
        ordering = ["-closes_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="call_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def zone(self) -> str:
        """Calls run on the clock of the office, which firms and reviewers share; the fair's clock is elsewhere."""
        return settings.TIME_ZONE


class Criterion(models.Model):
    """What reviewers score from 1 to 5. The weights of a call add up to 100."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    order = models.PositiveIntegerField(default=0)
    name_ko = models.CharField(_("name in Korean"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    help_ko = models.CharField(_("what to look at, in Korean"), max_length=300, blank=True)
    help_en = models.CharField(_("what to look at, in English"), max_length=300, blank=True)
    weight = models.PositiveIntegerField(
        _("weight"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    name = Bilingual("name")
    help = Bilingual("help")

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class Quota(models.Model):
    """Places kept for applications with a certain answer: 6 for Icheon and 6 for Yeoju."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="quotas")
    key = models.SlugField(_("answer"), max_length=40)
    value = models.CharField(_("is"), max_length=80)
    places = models.PositiveIntegerField(_("places"))

    class Meta:
        verbose_name = _("quota")
        ordering = ["key", "value"]
        constraints = [models.UniqueConstraint(fields=["call", "key", "value"], name="quota_once_per_value")]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}: {self.places}"


class Bonus(models.Model):
    """Points on top of the score for applications with a certain answer."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="bonuses")
    name_ko = models.CharField(_("name in Korean"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    key = models.SlugField(_("answer"), max_length=40)
    value = models.CharField(_("is"), max_length=80)
    points = models.DecimalField(_("points"), max_digits=4, decimal_places=2)

    name = Bilingual("name")

    class Meta:
        verbose_name = _("bonus")
        verbose_name_plural = _("bonuses")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name} +{self.points}"


class Application(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned for completion")
        SHORTLISTED = "shortlisted", _("shortlisted")
        SELECTED = "selected", _("selected")
        RESERVED = "reserved", _("on the reserve list")
        DECLINED = "declined", _("not selected")
        WITHDRAWN = "withdrawn", pgettext_lazy("application", "withdrawn")

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    firm = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="applications"
    )
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="applications"
    )
    number = models.CharField(_("receipt number"), max_length=90, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    answers = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1, help_text=_("Counts saves; a stale save is refused"))
    saved_from = models.CharField(
        max_length=40, blank=True, help_text=_("The open page that saved last; it may save again")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(_("last saved"), auto_now=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    return_note = models.TextField(_("what is missing"), blank=True)

    class Meta:
        verbose_name = _("application")
        ordering = ["call", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "firm"], name="application_once_per_firm_and_call"),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="application_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(state="withdrawn") | Q(submitted_at__isnull=False),
                name="application_has_submission_time",
            ),
        ]

    def __str__(self) -> str:
        return self.number or _("Draft of %(firm)s") % {"firm": self.firm}


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

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reviews")
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
            models.UniqueConstraint(fields=["application", "reviewer"], name="review_once_per_reviewer"),
            models.CheckConstraint(
                condition=~Q(state="conflict") | ~Q(conflict_kind=""), name="review_conflict_has_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.get_state_display()}"


class Score(models.Model):
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField(_("score"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="score_once_per_criterion"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__range=(1, 5)), name="score_from_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"


class Decision(models.Model):
    """The outcome for one application with everything that led to it. Hidden from the firm until the call's release."""

    class Outcome(models.TextChoices):
        SELECTED = "selected", _("selected")
        RESERVED = "reserved", _("reserve")
        DECLINED = "declined", _("not selected")

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="decision")
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
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="award"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OFFERED)
    made_at = models.DateTimeField(_("awarded"))
    withdrawn_reason = models.TextField(pgettext_lazy("award", "why withdrawn"), blank=True)

    class Meta:
        verbose_name = _("award")
        ordering = ["programme", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "firm"], name="award_once_per_firm_and_programme")
        ]

    def __str__(self) -> str:
        return f"{self.firm} · {self.programme}"
