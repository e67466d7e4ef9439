"""What the app says by itself: it has no server to ask when it says it."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bridgehead.floor.models import Stage, Temperature


def words() -> dict[str, str]:
    return {
        **{temperature.value: str(temperature.label) for temperature in Temperature},
        "pursued": str(Stage.PURSUED.label),
        "waiting": pgettext("entries", "waiting"),
        "photosWaiting": _("photos waiting"),
        "photos": _("photos"),
        "refused": _("to be mended"),
        "allSent": _("Everything is sent"),
        "offline": _("no network"),
        "sending": _("sending …"),
        "full": _("This phone is full: free some space"),
        "onPhone": pgettext("entry", "waiting"),
        "toMend": _("to be mended"),
        "conflicts": _("Two phones say different things: decide"),
        "open": pgettext("button", "Open"),
        "takeBack": _("Take back"),
        "undo": _("Undo"),
        "discard": _("Discard"),
        "sure": _("Discard this entry for good?"),
        "change": _("Change the entry"),
        "logOne": _("Log a consultation"),
        "logged": _("Logged:"),
        "read": _("Read from the code:"),
        "photoName": _("Card in the photo"),
        "needBuyer": _("Write the buyer's name, scan the card, or take a photo of it."),
        "needNumber": _("Write the amount in figures, such as 12000 or 12000.50."),
        "needPursued": _("Write the amount pursued, or choose “talk only”."),
        "noCamera": _("This phone gives no camera. Take a photo instead, or type the name."),
        "noPicture": _("This picture cannot be read. Take it again."),
        "stay": _(
            "This phone is full and there is no network: stay on this page, free some space, and log again."
        ),
        "check": _("Check this value:"),
        "why_no_part": _("Your firm does not take part in this programme any more. Ask the host."),
        "why_to_come": _("This day is still to come. Check the date."),
        "why_withdrawn": _("This entry was withdrawn. Restore it first, then change it."),
        "field_buyer_name": _("Buyer"),
        "field_buyer_country": _("Country"),
        "field_amount": _("Amount talked about"),
        "field_pursued_amount": _("Amount pursued"),
        "field_currency": _("Currency"),
        "field_next_step_on": _("Next step by"),
        "field_held_on": _("Date"),
        "field_note": _("Note"),
        "field_product": _("Product"),
    }
