"""Who takes part, and whom they wish to meet."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.kit.money import AmountField, CurrencyField
from bridgehead.matchmaking.models.forums import Forum, Slot


class Party(models.Model):
    """A firm or a buyer taking part. What it makes or seeks is in the codes of `profiles`."""

    class Side(models.TextChoices):
        FIRM = "firm", _("firm")
        BUYER = "buyer", _("buyer")

    class State(models.TextChoices):
        INVITED = "invited", _("invited")
        ACCEPTED = "accepted", _("taking part")
        DECLINED = "declined", _("declined")

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="parties"
    )
    side = models.CharField(_("side"), max_length=6, choices=Side.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.INVITED)
    contact_name = models.CharField(pgettext_lazy("person", "contact"), max_length=100, blank=True)
    email = models.EmailField(_("email address"), blank=True)
    language = models.CharField(_("language"), max_length=5, default="en")
    interest = models.TextField(_("looking for"), blank=True)
    guaranteed_meetings = models.PositiveSmallIntegerField(_("meetings promised"), default=0)
    invited_at = models.DateTimeField(_("last invited"), null=True, blank=True)
    answered_at = models.DateTimeField(pgettext_lazy("invitation", "answered"), null=True, blank=True)
    wishes_saved_at = models.DateTimeField(_("wishes last saved"), null=True, blank=True)
    unavailable = models.ManyToManyField(Slot, blank=True, related_name="unavailable_parties")
    categories = models.JSONField(_("what is made or sought"), default=list, blank=True)
    price_from = AmountField(_("price of a piece from"), null=True, blank=True)
    price_to = AmountField(_("price of a piece up to"), null=True, blank=True)
    currency = CurrencyField(_("currency"), blank=True)
    markets = models.JSONField(_("markets"), default=list, blank=True)
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    capacity = models.PositiveIntegerField(_("pieces a month"), null=True, blank=True)
    online = models.BooleanField(_("meets online"), default=False)
    own_zone = models.CharField(_("own time zone"), max_length=50, blank=True)
    reminded_at = models.DateTimeField(_("last reminded"), null=True, blank=True)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["side", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "organisation"], name="party_once_per_forum"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def is_firm(self) -> bool:
        return self.side == self.Side.FIRM

    @property
    def takes_part(self) -> bool:
        return self.state == self.State.ACCEPTED


class PartyLink(models.Model):
    """A mailed link that lets a buyer in without an account; only its hash is here.

    Every mail carries a link of its own and all of them work, until a new invitation ends the earlier ones.
    """

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.party} {self.made_at:%Y-%m-%d}"


class Wish(models.Model):
    """One party wants to meet another; 3 is “must”, 2 “would like”, 1 “if there is time”."""

    class Strength(models.IntegerChoices):
        MUST = 3, _("must")
        WOULD_LIKE = 2, _("would like")
        IF_TIME = 1, _("if there is time")

    wisher = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="wishes")
    wished = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="wished_by")
    strength = models.PositiveSmallIntegerField(_("how much"), choices=Strength.choices)
    by_officer = models.BooleanField(_("entered by an officer"), default=False)

    class Meta:
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
        constraints = [
            models.UniqueConstraint(fields=["wisher", "wished"], name="wish_once"),
            models.CheckConstraint(condition=Q(strength__range=(1, 3)), name="wish_strength_from_1_to_3"),
            models.CheckConstraint(condition=~Q(wisher=F("wished")), name="wish_not_for_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.wisher} → {self.wished}"


class Block(models.Model):
    """These two are not to meet: one of them said no, or the officer keeps them apart.

    Private: neither side's pages, mails or files ever tell it; a pair kept apart looks like one for which no time was left.
    """

    class SaidBy(models.TextChoices):
        FIRM = "firm", _("the firm")
        BUYER = "buyer", _("the buyer")
        OFFICER = "officer", _("the officer")

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="blocks")
    firm = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="blocks_as_firm")
    buyer = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="blocks_as_buyer")
    said_by = models.CharField(_("said by"), max_length=8, choices=SaidBy.choices)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("pair kept apart")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["firm", "buyer", "said_by"], name="block_once_per_side"),
        ]

    def __str__(self) -> str:
        return f"{self.firm} · {self.buyer}"
