"""What a firm sends, and everything kept so that nothing typed is ever lost."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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

    call = models.ForeignKey("calls.Call", on_delete=models.PROTECT, related_name="applications")
    firm = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="applications"
    )
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="applications"
    )
    question_set = models.ForeignKey(
        "questions.QuestionSet",
        on_delete=models.PROTECT,
        related_name="applications",
        help_text=_("The version the applicant saw; the call's may be newer"),
    )
    stage = models.ForeignKey(
        "calls.Stage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="applications",
        help_text=_("The stage of review it has reached"),
    )
    on_paper = models.BooleanField(_("entered by the office from paper"), default=False)
    is_late = models.BooleanField(_("sent in the time of grace"), default=False)
    eligibility = models.JSONField(
        default=list, blank=True, help_text=_("Result of each rule at the submission: code, met, figures")
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
    returned_fields = models.JSONField(
        _("questions to complete"), default=list, blank=True, help_text=_("Keys; only these open. Empty: all")
    )
    return_due_at = models.DateTimeField(_("to be completed by"), null=True, blank=True)

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


class Revision(models.Model):
    """The answers after one save: the common ground from which two people's changes are told apart."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    answers = models.JSONField(default=dict)
    page = models.CharField(max_length=40, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["application", "version"]
        constraints = [
            models.UniqueConstraint(fields=["application", "version"], name="revision_once_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.application} v{self.version}"


class AnswerConflict(models.Model):
    """Two people changed one answer differently: both texts are kept until somebody chooses."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answer_conflicts")
    key = models.SlugField(max_length=40)
    kept = models.JSONField(null=True, help_text=_("The answer that is stored"))
    other = models.JSONField(null=True, help_text=_("The answer that came later from an older page"))
    page = models.CharField(max_length=40, blank=True, help_text=_("The open page it came from"))
    other_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    happened_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["application", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "key", "page"],
                condition=Q(resolved_at=None),
                name="answer_conflict_open_once_per_page",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.key}"


class Submission(models.Model):
    """What was sent, word for word, each time it was sent: the receipt is made from this and never changes."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="submissions")
    sequence = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    record = models.TextField(help_text=_("The canonical JSON whose hash the receipt shows"))
    sha256 = models.CharField(max_length=64)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    sent_at = models.DateTimeField(_("sent"))

    class Meta:
        ordering = ["application", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["application", "sequence"], name="submission_sequence_once")
        ]

    def __str__(self) -> str:
        return f"{self.application} #{self.sequence}"


class TeamMember(models.Model):
    """Somebody named in a team application, who confirms by a link of their own."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="team")
    name = models.CharField(pgettext_lazy("person", "name"), max_length=100)
    email = models.EmailField(_("email address"))
    role = models.CharField(_("part in the team"), max_length=100, blank=True)
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True)

    class Meta:
        verbose_name = _("member of the team")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "email"], name="team_member_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(declined_at=None), name="team_member_one_answer"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Overrule(models.Model):
    """An officer lets an application pass a rule of eligibility it does not meet, and says why."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="overrules")
    rule = models.ForeignKey("calls.EligibilityRule", on_delete=models.CASCADE, related_name="overrules")
    reason = models.TextField(_("reason"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "rule"], name="overrule_once_per_rule"),
            models.CheckConstraint(condition=~Q(reason=""), name="overrule_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.rule}"
