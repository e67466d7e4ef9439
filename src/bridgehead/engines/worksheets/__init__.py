"""Tables as officers keep them, read without asking them to change their files.

`read(file, schema, options)` finds the sheet, the headings and the unit, and gives typed rows, what it
refused and why, what it ignored, and whether the sums of the file agree with its rows. Pure Python:
no web framework, no database. What it does not see: a unit hidden in a cell's number format only.
"""

from .amounts import Amount, decimal_text
from .consultations import CONSULTATIONS
from .countries import country_code
from .dates import Calendar, parse_date
from .messages import Problem, UnreadableSheet
from .reader import read
from .reading import Duplicate, Ignored, Reading, Rejected, Row, Warned
from .rows import Check
from .schema import Column, Limits, Options, Schema
from .units import Unit, parse_unit

__all__ = [
    "CONSULTATIONS",
    "Amount",
    "Calendar",
    "Check",
    "Column",
    "Duplicate",
    "Ignored",
    "Limits",
    "Options",
    "Problem",
    "Reading",
    "Rejected",
    "Row",
    "Schema",
    "Unit",
    "UnreadableSheet",
    "Warned",
    "country_code",
    "decimal_text",
    "parse_date",
    "parse_unit",
    "read",
]
