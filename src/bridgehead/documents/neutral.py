"""Text that a spreadsheet would run as a formula, made harmless.

A cell typed by a stranger as `=HYPERLINK(...)` runs on the officer's machine when a CSV is opened. Excel reads the
full-width signs of an East Asian keyboard as formulas too.
"""

import re

_FORMULA = re.compile("[=+\\-@\t\r\n＝＋－＠]")
_MARKED = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def is_formula(text: str) -> bool:
    return bool(_FORMULA.match(text))


def neutralised(text: str) -> str:
    """With an apostrophe before it where needed. A text that already looks marked gets one more, so that
    `restored` gives back exactly what was there."""
    return f"'{text}" if _MARKED.match(text) else text


def restored(text: str) -> str:
    """What `neutralised` was given; for reading back a file we wrote."""
    return text[1:] if text.startswith("'") and _MARKED.match(text) else text
