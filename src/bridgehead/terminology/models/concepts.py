"""Concept → language → term, after ISO 704 and 1087. These tables hold approved content only: whatever is in them is public.

The words of statuses and registers are the engine's, so that exchange formats and database never disagree.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.engines.termbase.keys import LONGEST
from bridgehead.terminology.subjects import subject_name


class Concept(models.Model):
    """`code` is the id of exchange files and public addresses and never changes. Without approval nobody sees it."""

    code = models.CharField(_("identifier"), max_length=200, unique=True)
    subject = models.CharField(_("subject field"), max_length=120, blank=True, db_index=True)
    notes = models.JSONField(_("notes"), default=dict, blank=True)
    images = models.JSONField(_("images"), default=list, blank=True)
    uri = models.CharField(_("address elsewhere"), max_length=500, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    is_approved = models.BooleanField(_("approved"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["code"]
        verbose_name = pgettext_lazy("terminology", "concept")
        constraints = [models.CheckConstraint(condition=~Q(code=""), name="terminology_concept_code")]

    def __str__(self) -> str:
        return self.code

    @property
    def subject_name(self) -> str:
        return subject_name(self.subject)


class Definition(models.Model):
    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="definitions")
    lang = models.CharField(_("language"), max_length=35)
    text = models.TextField(_("definition"))
    source = models.CharField(_("source"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["concept", "lang", "position"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="terminology_definition_text")]

    def __str__(self) -> str:
        return self.text


class Term(models.Model):
    """One designation of a concept in one language (BCP 47 tag)."""

    class Status(models.TextChoices):
        PREFERRED = "preferred", _("preferred")
        ADMITTED = "admitted", _("admitted")
        DEPRECATED = "deprecated", _("deprecated")
        SUPERSEDED = "superseded", _("superseded")

    class Register(models.TextChoices):
        STANDARD = "standard", _("standard")
        TECHNICAL = "technical", _("technical")
        IN_HOUSE = "in-house", _("in-house")
        BENCH = "bench", _("bench word")
        COLLOQUIAL = "colloquial", _("colloquial")
        SLANG = "slang", _("slang")
        VULGAR = "vulgar", _("vulgar")

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="terms")
    lang = models.CharField(_("language"), max_length=35)
    text = models.CharField(_("term"), max_length=500)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PREFERRED)
    register = models.CharField(
        _("register"), max_length=10, choices=Register.choices, default=Register.STANDARD
    )
    pos = models.CharField(_("part of speech"), max_length=60, blank=True)
    gender = models.CharField(_("gender"), max_length=60, blank=True)
    hanja = models.CharField(_("hanja"), max_length=200, blank=True)
    romanisation = models.CharField(_("romanisation"), max_length=500, blank=True)
    pronunciation = models.CharField(_("pronunciation"), max_length=500, blank=True)
    origin = models.TextField(_("origin"), blank=True)
    where = models.TextField(_("where it is heard"), blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)
    context = models.TextField(_("example"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    initial = models.CharField(max_length=1, blank=True)

    class Meta:
        ordering = ["concept", "lang", "position"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="terminology_term_text")]
        indexes = [
            models.Index(fields=["initial", "text"], name="terminology_term_initial"),
            models.Index(fields=["lang", "text"], name="terminology_term_text"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_forbidden(self) -> bool:
        return self.status in {self.Status.DEPRECATED, self.Status.SUPERSEDED}


class Reference(models.Model):
    """From one concept to another by its code: what is named may come later, and nothing is lost until it does."""

    class Kind(models.TextChoices):
        BROADER = "broader", _("broader")
        NARROWER = "narrower", _("narrower")
        RELATED = "related", _("related")
        SEE_ALSO = "see_also", _("see also")

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="references")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    target = models.CharField(max_length=200, db_index=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["concept", "kind", "position"]
        constraints = [
            models.UniqueConstraint(fields=["concept", "kind", "target"], name="terminology_reference_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.target}"


class SearchKey(models.Model):
    """A row of the engine's `term_keys`; ranges of keys are found by code point (collation "C" on PostgreSQL)."""

    kind = models.CharField(max_length=8)
    key = models.CharField(max_length=LONGEST)
    weight = models.PositiveSmallIntegerField(default=0)
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="keys")

    class Meta:
        indexes = [models.Index(fields=["kind", "key", "term"], name="terminology_key_range")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.key}"


class Stamp(models.Model):
    """One row with the moment (in ns) of the last change of the tables above: what was remembered before is stale."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
