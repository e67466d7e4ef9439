"""Who meets whom, when and where: parties with their wishes, the slots and tables, and the timetable made of them."""

from bridgehead.matchmaking.models.directory import BuyerFile, BuyerMerge, BuyerRecord, Hosting
from bridgehead.matchmaking.models.fairday import CheckIn, Interpreter
from bridgehead.matchmaking.models.forums import Forum, Slot, Table
from bridgehead.matchmaking.models.parties import Block, Party, PartyLink, Wish
from bridgehead.matchmaking.models.planning import Pin, Run
from bridgehead.matchmaking.models.proposals import Proposal
from bridgehead.matchmaking.models.timetables import Meeting, Timetable

__all__ = [
    "Block",
    "BuyerFile",
    "BuyerMerge",
    "BuyerRecord",
    "CheckIn",
    "Forum",
    "Hosting",
    "Interpreter",
    "Meeting",
    "Party",
    "PartyLink",
    "Pin",
    "Proposal",
    "Run",
    "Slot",
    "Table",
    "Timetable",
    "Wish",
]
