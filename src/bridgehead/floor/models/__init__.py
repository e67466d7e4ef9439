from bridgehead.floor.models.ladder import (
    WINS,
    Batch,
    Consultation,
    FollowUp,
    FollowUpLink,
    Stage,
    StageRecord,
    Standing,
    Temperature,
    Wave,
    WithoutSupport,
    batch_path,
)
from bridgehead.floor.models.phones import FieldConflict, Phone, Receipt, TalkPhoto
from bridgehead.floor.models.wins import EvidenceFile, Win, WinLink, WinYear

__all__ = [
    "WINS",
    "Batch",
    "Consultation",
    "EvidenceFile",
    "FieldConflict",
    "FollowUp",
    "FollowUpLink",
    "Phone",
    "Receipt",
    "Stage",
    "StageRecord",
    "Standing",
    "TalkPhoto",
    "Temperature",
    "Wave",
    "Win",
    "WinLink",
    "WinYear",
    "WithoutSupport",
    "batch_path",
]
