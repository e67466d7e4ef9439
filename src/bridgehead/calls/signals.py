"""News that goes up from here: rooms above turn an award into a stand, a budget line or a wish list."""

from django.dispatch import Signal

#: Sent inside the transaction, with `award` and `by`.
award_made = Signal()
award_withdrawn = Signal()
