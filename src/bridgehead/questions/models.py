"""Question sets that any call, follow-up or survey can ask; the answers stay with whoever asked.

An answer sheet is a plain dictionary {question key: value}; its values are what JSON can hold: text, lists of
choices, decimal strings, ISO dates, rows of a table, ids of attachments.
"""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.kit.bilingual import Bilingual


class QuestionSet(models.Model):
    """A list of questions under one name. A set that has been answered is not edited but copied (version + 1)."""

    name = models.CharField(_("name"), max_length=120)
    version = models.PositiveIntegerField(default=1)
    previous = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="later"
    )
    host = models.ForeignKey("organisations.Host", on_delete=models.CASCADE, related_name="question_sets")
    locked_at = models.DateTimeField(null=True, blank=True, help_text=_("Set when the first answer comes in"))

    class Meta:
        verbose_name = _("question set")
        ordering = ["name", "-version"]

    def __str__(self) -> str:
        return f"{self.name} (v{self.version})"


class Question(models.Model):
    class Kind(models.TextChoices):
        SHORT_TEXT = "short_text", _("Short text")
        LONG_TEXT = "long_text", _("Long text")
        NUMBER = "number", pgettext_lazy("kind of question", "Number")
        MONEY = "money", _("Amount of money")
        DATE = "date", pgettext_lazy("kind of question", "Date")
        CHOICE = "choice", _("One choice")
        CHOICES = "choices", _("Several choices")
        TABLE = "table", pgettext_lazy("kind of question", "Table")
        FILE = "file", _("File")
        CONSENT = "consent", _("Consent")

    question_set = models.ForeignKey(QuestionSet, on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField(
        _("key"), max_length=40, help_text=_("Stable name of the answer; quotas and rules use it")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    order = models.PositiveIntegerField(_("order"), default=0)
    section_ko = models.CharField(_("section in Korean"), max_length=120, blank=True)
    section_en = models.CharField(_("section in English"), max_length=120, blank=True)
    label_ko = models.CharField(_("question in Korean"), max_length=300)
    label_en = models.CharField(_("question in English"), max_length=300, blank=True)
    help_ko = models.CharField(_("help in Korean"), max_length=500, blank=True)
    help_en = models.CharField(_("help in English"), max_length=500, blank=True)
    required = models.BooleanField(_("required"), default=True)
    identifying = models.BooleanField(
        _("identifying"), default=False, help_text=_("Hidden from reviewers in blind review")
    )
    options = models.JSONField(
        default=dict,
        blank=True,
        help_text=_(
            "choices: [{value, ko, en}], columns: [{key, ko, en}], max_length, min, max, currency, max_mb, types, wording"
        ),
    )
    condition = models.JSONField(
        default=dict,
        blank=True,
        help_text=_('Asked only if another answer is one of these: {"key": "region", "in": ["icheon"]}'),
    )

    section = Bilingual("section")
    label = Bilingual("label")
    help = Bilingual("help")

    class Meta:
        verbose_name = _("question")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["question_set", "key"], name="question_key_once_per_set")
        ]

    def __str__(self) -> str:
        return self.label


def attachment_path(attachment: "Attachment", filename: str) -> str:
    return f"attachments/{attachment.pk}"


class Attachment(models.Model):
    """A file somebody uploaded as an answer: checked by content and size, stored under its id, never under its name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.FileField(upload_to=attachment_path)
    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    owner_kind = models.CharField(max_length=60, blank=True)
    owner_id = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [models.Index(fields=["owner_kind", "owner_id"])]

    def __str__(self) -> str:
        return self.name


class Upload(models.Model):
    """A large file on its way here in parts: what has arrived stays, so that a lost network costs only the last part.

    When the last part is here, its content is checked and it becomes an attachment of the same owner.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    owner_kind = models.CharField(max_length=60)
    owner_id = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    attachment = models.OneToOneField(
        Attachment, on_delete=models.CASCADE, null=True, blank=True, related_name="upload"
    )
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    heard_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["owner_kind", "owner_id"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(received__lte=models.F("size")),
                name="upload_receives_no_more_than_its_size",
            )
        ]

    def __str__(self) -> str:
        return self.name
