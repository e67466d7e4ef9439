"""The words in which both sides describe themselves, so that what one makes and the other seeks can be compared."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: Code → name. Codes are stored; a name may be reworded at any time.
CATEGORIES = {
    "rings": _("rings"),
    "necklaces": _("necklaces"),
    "earrings": _("earrings"),
    "bracelets": _("bracelets"),
    "brooches": _("brooches and pins"),
    "bridal": _("wedding jewelry"),
    "gold": _("gold"),
    "silver": _("silver"),
    "pearls": _("pearls"),
    "gemstones": _("gemstones and diamonds"),
    "enamel": _("enamel and lacquer"),
    "tableware": _("tableware"),
    "teaware": _("tea ware"),
    "vases": _("vases and objects"),
    "porcelain": _("porcelain"),
    "stoneware": _("stoneware and onggi"),
    "software": _("software and platforms"),
    "devices": _("devices and parts"),
    "services": pgettext_lazy("trade", "services"),
}
LANGUAGES = {
    "ko": _("Korean"),
    "en": _("English"),
    "it": _("Italian"),
    "zh": _("Chinese"),
    "ja": _("Japanese"),
    "ar": _("Arabic"),
    "fr": _("French"),
    "de": _("German"),
    "es": _("Spanish"),
}
MARKETS = [
    "KR",
    "JP",
    "CN",
    "HK",
    "TW",
    "SG",
    "VN",
    "TH",
    "US",
    "CA",
    "GB",
    "FR",
    "DE",
    "IT",
    "ES",
    "AE",
    "SA",
    "AU",
]
CURRENCIES = ["USD", "EUR", "KRW", "JPY", "CNY", "GBP", "AED", "HKD"]
#: What is asked beside the free text, in the order of the page.
FACTS = (
    "categories",
    "price_from",
    "price_to",
    "currency",
    "markets",
    "languages",
    "capacity",
    "online",
    "own_zone",
)
#: Zones offered for a party's own clock.
ZONES = [
    "Asia/Seoul", "Asia/Tokyo", "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Singapore", "Asia/Dubai", "Asia/Riyadh",
    "Europe/Rome", "Europe/Paris", "Europe/Berlin", "Europe/London", "Europe/Madrid", "America/New_York",
    "America/Chicago", "America/Los_Angeles", "Australia/Sydney", "UTC",
]  # fmt: skip
