"""Proposals, what was said about them, and what the public suggests."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bridgehead.terminology.models.concepts import Concept


class Proposal(models.Model):
    """What one section of a concept should say: its frame (section "") or one language.

    The approved ones, in order, are the history; `before` is what the section said when this one was approved, so that
    it can be compared and undone.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        REVIEWED = "reviewed", _("reviewed")
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("returned")
        REPLACED = "replaced", _("replaced by a later proposal")

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="proposals")
    section = models.CharField(_("section"), max_length=35, blank=True)
    content = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    reason = models.TextField(_("reason"), blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "section"],
                condition=Q(state__in=["proposed", "reviewed"]),
                name="terminology_proposal_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(decided_at__isnull=False),
                name="terminology_proposal_approved_when",
            ),
        ]
        indexes = [models.Index(fields=["state", "proposed_at"], name="terminology_proposal_state")]

    def __str__(self) -> str:
        return f"{self.concept} ({self.section})" if self.section else str(self.concept)

    @property
    def is_open(self) -> bool:
        return self.state in {self.State.PROPOSED, self.State.REVIEWED}


class Comment(models.Model):
    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(_("comment"), max_length=4000)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Suggestion(models.Model):
    """From the public. `sender` is a keyed hash of the network address, kept only to slow down floods."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("something is wrong or missing")
        NEW_TERM = "new_term", _("a term that is not there yet")
        USE = "use", _("how a word is used in my workshop")

    class State(models.TextChoices):
        OPEN = "open", _("to be answered")
        TAKEN = "taken", _("taken up")
        DECLINED = "declined", _("not taken up")

    concept = models.ForeignKey(
        Concept, on_delete=models.SET_NULL, null=True, blank=True, related_name="suggestions"
    )
    kind = models.CharField(_("what it is about"), max_length=12, choices=Kind.choices)
    text = models.TextField(_("your suggestion"), max_length=4000)
    name = models.CharField(_("your name"), max_length=100, blank=True)
    email = models.EmailField(_("email address for an answer"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.TextField(_("answer"), blank=True)
    sender = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(auto_now_add=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    handled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["sender", "sent_at"], name="terminology_suggestion_sender")]

    def __str__(self) -> str:
        return self.text[:60]
