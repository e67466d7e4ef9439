"""Schemes with their criteria, cases with what people found, and what was signed."""

from bridgehead.certification.models.cases import (
    Answer,
    Case,
    Decision,
    Evidence,
    Finding,
    Involvement,
    Nonconformity,
)
from bridgehead.certification.models.certificates import Badge, Certificate, SignedCredential, SigningKey
from bridgehead.certification.models.schemes import Criterion, Limit, Scheme, SchemeVersion
from bridgehead.certification.models.watching import Complaint, ImpartialityNote, Surveillance

__all__ = [
    "Answer",
    "Badge",
    "Case",
    "Certificate",
    "Complaint",
    "Criterion",
    "Decision",
    "Evidence",
    "Finding",
    "ImpartialityNote",
    "Involvement",
    "Limit",
    "Nonconformity",
    "Scheme",
    "SchemeVersion",
    "SignedCredential",
    "SigningKey",
    "Surveillance",
]
