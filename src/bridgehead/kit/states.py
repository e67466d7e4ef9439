"""State moves in a plain dictionary, refused in words a person understands."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

Moves = Mapping[str, frozenset[str]]


class WrongMove(Exception):
    """The thing is in a state from which it cannot go where it was sent."""

    def __init__(self, *, old: str, new: str) -> None:
        super().__init__(
            _("This is no longer possible: the state is “%(old)s”. Reload the page to see where it stands.")
            % {"old": old}
        )
        self.old, self.new = old, new


def check_move(moves: Moves, old: str, new: str) -> None:
    """Raise WrongMove unless `moves` lets `old` become `new`."""
    if new not in moves.get(old, frozenset()):
        raise WrongMove(old=old, new=new)
