from bridgehead.floor.forms.entries import (
    TALK,
    AnswerForm,
    ConfirmForm,
    ConsultationForm,
    EditForm,
    FilterForm,
    LogForm,
    ReasonForm,
    SignatureForm,
    StageForm,
    UploadForm,
)
from bridgehead.floor.forms.wins import CheckForm, EvidenceForm, WinForm

__all__ = [
    "TALK",
    "AnswerForm",
    "CheckForm",
    "ConfirmForm",
    "ConsultationForm",
    "EditForm",
    "EvidenceForm",
    "FilterForm",
    "LogForm",
    "ReasonForm",
    "SignatureForm",
    "StageForm",
    "UploadForm",
    "WinForm",
]
