"""A free time offered to two who wait for each other."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.matchmaking.models.forums import Forum, Slot, Table
from bridgehead.matchmaking.models.parties import Party


class Proposal(models.Model):
    """Open until an officer offers it; then both sides answer, and the second yes makes it a meeting. A no ends it, and
    the pair is not proposed again."""

    class State(models.TextChoices):
        OPEN = "open", _("found")
        OFFERED = "offered", pgettext_lazy("time", "offered")
        BOOKED = "booked", _("booked")
        DECLINED = "declined", _("declined")
        LAPSED = "lapsed", _("lapsed")

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="proposals")
    firm = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="proposals_as_firm")
    buyer = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="proposals_as_buyer")
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="+")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    stand = models.CharField(max_length=10, blank=True)
    worth = models.PositiveIntegerField(default=0)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    firm_agreed_at = models.DateTimeField(null=True, blank=True)
    buyer_agreed_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("offered time")
        ordering = ["-worth", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "firm", "buyer"],
                condition=Q(state__in=["open", "offered"]),
                name="proposal_live_once_per_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm} · {self.buyer} · {self.slot}"

    def agreed(self, party: Party) -> bool:
        return (self.firm_agreed_at if party.pk == self.firm_id else self.buyer_agreed_at) is not None

    def other(self, party: Party) -> Party:
        return self.buyer if party.pk == self.firm_id else self.firm
