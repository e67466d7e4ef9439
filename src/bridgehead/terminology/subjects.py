"""Subject fields as people call them on pages; the names are the engine's, which the books use too."""

from django.utils.functional import lazy
from django.utils.translation import get_language

from bridgehead.engines.termbase import names

SUBJECTS = [code for code in names.SUBJECTS if "." in code]


def subject_name(code: str) -> str:
    return names.subject_name(code, (get_language() or "ko")[:2]) if code else ""


_when_shown = lazy(subject_name, str)
SUBJECT_CHOICES = [(code, _when_shown(code)) for code in SUBJECTS]
