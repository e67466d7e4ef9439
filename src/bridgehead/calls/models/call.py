"""The call as the office writes it: dates, stages with criteria, quotas, bonuses, rules of eligibility, letters."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from bridgehead.kit.bilingual import Bilingual


class Call(models.Model):
    class Kind(models.TextChoices):
        FAIR = "fair", _("Fair participation")
        VOUCHER = "voucher", _("Export vouchers")
        TRAINING = "training", _("Training places")
        RESEARCH = "research", _("Policy-research teams")
        INCUBATION = "incubation", _("Start-up incubation")

    class Languages(models.TextChoices):
        BOTH = "ko,en", _("Korean and English")
        KOREAN = "ko", _("Korean only")

    class Selection(models.TextChoices):
        RANK = "rank", _("By rank: the best fill the places")
        THRESHOLD = "threshold", _("By threshold: everybody who reaches the lowest score")
        FIRST_COME = "first_come", _("First come, first served")
        LOTTERY = "lottery", _("By lot, with a published seed")

    class Shown(models.TextChoices):
        NOTHING = "nothing", _("Nothing")
        NUMBERS = "numbers", _("Receipt numbers of those selected")
        FIRMS = "firms", _("Names of the firms selected")
        SCORES = "scores", _("Names, ranks and scores of those selected")

    class Reviewers(models.TextChoices):
        HIDDEN = "hidden", _("Nobody but the office")
        EACH_OTHER = "each_other", _("The other reviewers, once all have handed in")
        APPLICANTS = "applicants", _("Also the applicants, with the release")

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
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.FAIR)
    languages = models.CharField(
        _("languages"), max_length=6, choices=Languages.choices, default=Languages.BOTH
    )
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    grace_minutes = models.PositiveSmallIntegerField(
        _("minutes of grace"),
        default=0,
        validators=[MaxValueValidator(1440)],
        help_text=_(
            "A draft begun before the deadline may still be sent so long after it; it is marked as late"
        ),
    )
    places = models.PositiveIntegerField(_("places"), validators=[MinValueValidator(1)])
    selection = models.CharField(
        _("selection rule"), max_length=12, choices=Selection.choices, default=Selection.RANK
    )
    lottery_seed = models.CharField(
        _("seed of the lottery"),
        max_length=80,
        blank=True,
        help_text=_("Published before the draw, so that anybody can repeat it"),
    )
    reserves = models.PositiveIntegerField(_("length of the reserve list"), default=0)
    threshold = models.DecimalField(
        _("lowest score to be selected"), max_digits=5, decimal_places=2, default=0, help_text=_("Of 100")
    )
    blind = models.BooleanField(_("blind review"), default=True)
    scale_max = models.PositiveSmallIntegerField(
        _("highest score of a criterion"),
        default=5,
        validators=[MinValueValidator(2), MaxValueValidator(100)],
        help_text=_("Reviewers give 1 to this"),
    )
    reviewers_shown = models.CharField(
        _("who may know the reviewers"), max_length=12, choices=Reviewers.choices, default=Reviewers.HIDDEN
    )
    team_min = models.PositiveSmallIntegerField(
        _("smallest team"), default=0, help_text=_("0: no team, the firm applies alone")
    )
    team_max = models.PositiveSmallIntegerField(_("largest team"), default=0)
    results_shown = models.CharField(
        _("what the public may see of the results"),
        max_length=10,
        choices=Shown.choices,
        default=Shown.NOTHING,
    )
    objection_days = models.PositiveSmallIntegerField(
        _("days for objections"), default=0, help_text=_("0: no objections; counted from the release")
    )
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    question_set = models.ForeignKey("questions.QuestionSet", on_delete=models.PROTECT, related_name="calls")
    published_at = models.DateTimeField(pgettext_lazy("moment", "published"), null=True, blank=True)
    release_at = models.DateTimeField(
        _("release planned for"), null=True, blank=True, help_text=_("Decisions stay hidden until then")
    )
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
                condition=Q(team_min=0, team_max=0) | Q(team_min__gte=1, team_max__gte=F("team_min")),
                name="call_team_size_in_order",
            ),
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

    @property
    def team_size(self) -> str:
        """How many people make a team, in words; empty where firms apply alone."""
        if not self.team_max:
            return ""
        if self.team_min == self.team_max:
            return ngettext("%(count)s person", "%(count)s people", self.team_max) % {"count": self.team_max}
        return _("%(least)s to %(most)s people") % {"least": self.team_min, "most": self.team_max}


class Stage(models.Model):
    """One reading of the applications with its own criteria and reviewers: the documents, then an interview or the pieces.

    Eligibility is checked by the office before the first stage. The stages' weights of a call add up to 100.
    """

    class Kind(models.TextChoices):
        DOCUMENTS = "documents", _("Documents")
        INTERVIEW = "interview", _("Interview or presentation")
        WORKS = "works", _("Physical works")

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="stages")
    order = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.DOCUMENTS)
    name_ko = models.CharField(_("name in Korean"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=100, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    reviews_wanted = models.PositiveSmallIntegerField(
        _("reviewers per application"), default=2, validators=[MinValueValidator(1)]
    )
    reviews_due_at = models.DateTimeField(_("reviews due"), null=True, blank=True)
    passing = models.PositiveIntegerField(
        _("go on to the next stage"),
        null=True,
        blank=True,
        help_text=_("How many, best first; empty: all who reach the lowest score"),
    )
    threshold = models.DecimalField(
        _("lowest score to go on"), max_digits=5, decimal_places=2, default=0, help_text=_("Of 100")
    )
    reviewers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="review_stages",
        help_text=_("Nobody chosen: all reviewers of the office"),
    )
    closed_at = models.DateTimeField(
        _("closed"), null=True, blank=True, help_text=_("When it was fixed who goes on")
    )
    held_at = models.DateTimeField(
        _("begins"),
        null=True,
        blank=True,
    )
    place_ko = models.CharField(_("place in Korean"), max_length=200, blank=True)
    place_en = models.CharField(_("place in English"), max_length=200, blank=True)
    minutes_each = models.PositiveSmallIntegerField(
        _("minutes for each application"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(480)],
        help_text=_("Empty: all come at the same time"),
    )

    name = Bilingual("name")
    place = Bilingual("place")

    class Meta:
        verbose_name = _("stage")
        ordering = ["call", "order"]
        constraints = [models.UniqueConstraint(fields=["call", "order"], name="stage_order_once_per_call")]

    def __str__(self) -> str:
        return self.name


class EligibilityRule(models.Model):
    """Something an applicant has to meet, checked while it writes. `calls/eligibility/` has one file a kind."""

    class Kind(models.TextChoices):
        REGION = "region", _("City or district")
        SECTOR = "sector", _("Sector")
        SIZE = "size", _("Number of employees")
        ARREARS = "arrears", _("No tax arrears, as declared")
        TIMES = "times", _("Earlier support: how often at most")
        YEARS = "years", _("Earlier support: years in a row at most")
        WITHDRAWALS = "withdrawals", _("Unexcused withdrawals at most")
        SAME_FAIR = "same_fair", _("Not supported for the same fair elsewhere")
        ANSWER = "answer", _("A certain answer")

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="eligibility_rules")
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    parameters = models.JSONField(
        default=dict, blank=True, help_text=_("values: […], maximum: n, years: n, key: question")
    )

    class Meta:
        verbose_name = _("rule of eligibility")
        ordering = ["call", "order", "pk"]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Letter(models.Model):
    """The office's own words for an outcome; without one the standard letter goes out."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="letters")
    outcome = models.CharField(
        _("outcome"),
        max_length=10,
        choices=[("selected", _("selected")), ("reserved", _("reserve")), ("declined", _("not selected"))],
    )
    subject_ko = models.CharField(_("subject in Korean"), max_length=200)
    subject_en = models.CharField(_("subject in English"), max_length=200, blank=True)
    body_ko = models.TextField(_("letter in Korean"))
    body_en = models.TextField(_("letter in English"), blank=True)

    class Meta:
        verbose_name = _("letter")
        constraints = [models.UniqueConstraint(fields=["call", "outcome"], name="letter_once_per_outcome")]

    def __str__(self) -> str:
        return f"{self.call} · {self.outcome}"


class CallFile(models.Model):
    """A form or an announcement to download from the call's page."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="files")
    title_ko = models.CharField(_("title in Korean"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    attachment = models.ForeignKey("questions.Attachment", on_delete=models.PROTECT, related_name="+")

    title = Bilingual("title")

    class Meta:
        verbose_name = _("file of the call")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class Criterion(models.Model):
    """What reviewers score. The weights of a stage add up to 100."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="criteria")
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
    rule = models.CharField(
        _("rule"),
        max_length=10,
        choices=[
            ("is", _("the answer is")),
            ("at_least", _("the number is at least")),
            ("at_most", _("the number is at most")),
        ],
        default="is",
    )
    value = models.CharField(_("is"), max_length=80)
    points = models.DecimalField(_("points"), max_digits=4, decimal_places=2)

    name = Bilingual("name")

    class Meta:
        verbose_name = _("bonus")
        verbose_name_plural = _("bonuses")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name} +{self.points}"
