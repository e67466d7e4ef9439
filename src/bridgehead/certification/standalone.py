"""The verification page as one file: it can be saved, mailed or put on any other site, and needs no server of ours.

It carries both languages, the script, and the issuers' documents of the day it was saved, which are used when the issuer
cannot be reached. Its own policy allows nothing but its own script and style, and reading from the network.
"""

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from bridgehead.certification import publishing
from bridgehead.certification.words import REASONS
from bridgehead.kit.clock import today
from bridgehead.organisations.models import Host

STATIC = Path(__file__).with_name("static") / "certification"
MODULE = re.compile(r"^(?:import .*\n|export (?=(?:async )?function|class|const))", re.MULTILINE)


def page() -> bytes:
    """The whole file, in UTF-8."""
    style = (STATIC / "standalone.css").read_text() + (STATIC / "checker.css").read_text()
    script = "".join(MODULE.sub("", (STATIC / name).read_text()) for name in ("verify.js", "page.js"))
    hosts = Host.objects.filter(signing_keys__isnull=False).distinct()
    saved = {publishing.host_issuer(host): publishing.did_document(host).decode() for host in hosts}
    words = {language: checker_words(language)["words"][language] for language in ("ko", "en")}
    data = {"language": "ko", "day": today().isoformat(), "saved": saved, "words": words}
    context = {
        "style": mark_safe(style),
        "script": mark_safe(script),
        "style_hash": _hash(style),
        "script_hash": _hash(script),
        "data": data,
        "say": words["ko"],
        "trusted": "\n".join(sorted(publishing.trusted())),
    }
    return render_to_string("certification/standalone.html", context).encode()


def checker_words(language: str) -> dict[str, Any]:
    """What the script says, for a page in one language."""
    with translation.override(language):
        words = {str(code): str(text) for code, text in REASONS.items()} | _own_words()
    return {"language": language, "day": "", "saved": {}, "words": {language: words}}


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _own_words() -> dict[str, str]:
    return {
        "heading": _("Verify a certificate"),
        "lead": _("The file does not leave this device. Nothing is sent but the question for the issuer’s keys and status lists."),
        "drop": _("Drop the signed file here, or choose it"),
        "with_lists": _("Without network, add the issuer’s status lists (JSON), which are valid for one hour."),
        "paste": _("or paste its text"),
        "more": _("Whom you trust, and the network"),
        "trusted": _("Issuers you trust, one a line"),
        "online": _("Ask the issuer for its keys and for the status of today"),
        "button": _("Verify"),
        "valid": _("Valid"),
        "invalid": _("Not valid"),
        "why_valid": _("The signature is right, you trust the issuer, and it is neither withdrawn nor suspended now."),
        "why_invalid": _("Do not rely on it. This is what is wrong:"),
        "technicians": _("For technicians"),
        "saved_keys": _("The issuer could not be reached: its keys are those saved in this page on"),
        "says": _("What it says"),
        "claims": _("What it claims"),
        "title": _("Title"),
        "issuer": _("Issuer"),
        "did": _("Name of the issuer for programs"),
        "holder": _("Issued to"),
        "scope": _("Certified"),
        "from": _("Valid from"),
        "until": _("Valid until"),
        "untrusted": _("Its issuer is not among those you trust."),
        "browser": _("This browser cannot check the signature. Use a newer one, or open the page over https."),
        "no_script": _("This page needs a script, which is inside the file."),
    }  # fmt: skip
