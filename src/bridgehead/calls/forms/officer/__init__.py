"""What the office types: one file a step of the call builder, and `handling` for what is done to applications."""

from bridgehead.calls.forms.officer.handling import AssignForm, ChangeForm, ExtendForm, ReasonForm

__all__ = ["AssignForm", "ChangeForm", "ExtendForm", "ReasonForm"]
