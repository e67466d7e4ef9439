from bridgehead.floor.models.ladder import (
    WINS,
    Batch,
    Consultation,
    FollowUp,
    FollowUpLink,
    Stage,
    StageRecord,
    Temperature,
    Wave,
    WithoutSupport,
    batch_path,
)
from bridgehead.floor.models.phones import FieldConflict, Phone, Receipt, TalkPhoto

__all__ = [
    "WINS",
    "Batch",
    "Consultation",
    "FieldConflict",
    "FollowUp",
    "FollowUpLink",
    "Phone",
    "Receipt",
    "Stage",
    "StageRecord",
    "TalkPhoto",
    "Temperature",
    "Wave",
    "WithoutSupport",
    "batch_path",
]
