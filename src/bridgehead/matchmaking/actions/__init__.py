"""Everything that changes a forum. Each verb is keyword-only, atomic, takes `by` and writes the audit record."""

from bridgehead.matchmaking.actions.forums import AlreadyOpen, InUse, change_forum, create_forum
from bridgehead.matchmaking.actions.meetings import CannotCancel, cancel_meeting
from bridgehead.matchmaking.actions.parties import (
    AlreadyInvited,
    Invitation,
    NoAddress,
    NotABuyer,
    TooLate,
    add_buyer,
    answer_invitation,
    edit_party,
    invite,
    remind_late,
    take_over_firms,
)
from bridgehead.matchmaking.actions.timetables import NothingToPlan, OutOfDate, compute, publish
from bridgehead.matchmaking.actions.wishes import save_answers, set_availability, set_wishes

__all__ = [
    "AlreadyInvited",
    "AlreadyOpen",
    "CannotCancel",
    "InUse",
    "Invitation",
    "NoAddress",
    "NotABuyer",
    "NothingToPlan",
    "OutOfDate",
    "TooLate",
    "add_buyer",
    "answer_invitation",
    "cancel_meeting",
    "change_forum",
    "compute",
    "create_forum",
    "edit_party",
    "invite",
    "publish",
    "remind_late",
    "save_answers",
    "set_availability",
    "set_wishes",
    "take_over_firms",
]
