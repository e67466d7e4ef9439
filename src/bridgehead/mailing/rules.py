"""What of a mail is for its reader alone."""

import re

#: A personal link (a buyer's page, a firm's answer) opens without a sign-in: whoever reads it can act as its owner.
PERSONAL_LINK = re.compile(r"(/[bf]/)[\w:.~=-]{8,}")
HIDDEN = "••••"


def without_personal_links(text: str) -> str:
    """The text as somebody other than its reader may see it."""
    return PERSONAL_LINK.sub(rf"\1{HIDDEN}", text)
