"""Everything that changes a forum. Each verb is keyword-only, atomic, takes `by` and writes the audit record."""

from bridgehead.matchmaking.actions.computing import carry_out, compute, stop_run
from bridgehead.matchmaking.actions.confirming import answer_offer, confirm_meetings, lapse, offer, propose
from bridgehead.matchmaking.actions.editing import (
    add_meeting,
    copy_timetable,
    discard,
    drop_meeting,
    label_timetable,
    move_meeting,
    pin,
    swap_meetings,
    undo,
    unpin,
)
from bridgehead.matchmaking.actions.errors import (
    ChangedMeanwhile,
    Conflict,
    NotADraft,
    NothingToPlan,
    OutOfDate,
    PublishedMeanwhile,
)
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
from bridgehead.matchmaking.actions.publishing import publish
from bridgehead.matchmaking.actions.wishes import save_answers, set_availability, set_wishes

__all__ = [
    "AlreadyInvited",
    "AlreadyOpen",
    "CannotCancel",
    "ChangedMeanwhile",
    "Conflict",
    "InUse",
    "Invitation",
    "NoAddress",
    "NotABuyer",
    "NotADraft",
    "NothingToPlan",
    "OutOfDate",
    "PublishedMeanwhile",
    "TooLate",
    "add_buyer",
    "add_meeting",
    "answer_invitation",
    "answer_offer",
    "cancel_meeting",
    "carry_out",
    "change_forum",
    "compute",
    "confirm_meetings",
    "copy_timetable",
    "create_forum",
    "discard",
    "drop_meeting",
    "edit_party",
    "invite",
    "label_timetable",
    "lapse",
    "move_meeting",
    "offer",
    "pin",
    "propose",
    "publish",
    "remind_late",
    "save_answers",
    "set_availability",
    "set_wishes",
    "stop_run",
    "swap_meetings",
    "take_over_firms",
    "undo",
    "unpin",
]
