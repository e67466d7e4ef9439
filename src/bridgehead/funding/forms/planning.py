"""The plan of a cost item, as copied from two columns of a worksheet."""

import re
from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_LINE = re.compile(
    r"(?P<year>\d{4})\s*[-./년]\s*(?P<month>\d{1,2})\s*[.월]?[\s:;,]+₩?\s*(?P<amount>\d[\d,]*)\s*원?"
)
MOST_MONTHS = 120


class PlanForm(forms.Form):
    """One line for each month. Every line that cannot be read is named."""

    months = forms.CharField(
        label=gettext_lazy("Month and amount in won"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One line for each month, such as “2025-03 20,000,000”. Two columns copied from a worksheet are fine."
            " Empty: no plan."
        ),
    )

    def clean_months(self) -> dict[date, Decimal]:
        found: dict[date, Decimal] = {}
        wrong = []
        for number, line in enumerate(self.cleaned_data["months"].splitlines(), start=1):
            if not line.strip():
                continue
            match = _LINE.fullmatch(line.strip())
            if match is None or not 1 <= int(match["month"]) <= 12 or not 2000 <= int(match["year"]) <= 2100:
                wrong.append(
                    _("Line %(n)s: “%(line)s” is not a month and an amount.")
                    % {"n": number, "line": line[:40]}
                )
                continue
            month, amount = (
                date(int(match["year"]), int(match["month"]), 1),
                Decimal(match["amount"].replace(",", "")),
            )
            if month in found:
                wrong.append(_("Line %(n)s: this month is there already.") % {"n": number})
            elif not 0 < amount < 10**13:
                wrong.append(_("Line %(n)s: the amount has to be above zero, in won.") % {"n": number})
            found[month] = amount
        if len(found) > MOST_MONTHS:
            wrong.append(_("A plan has at most %(n)s months.") % {"n": MOST_MONTHS})
        if wrong:
            raise forms.ValidationError(wrong)
        return found


def as_lines(months: dict[date, Decimal]) -> str:
    return "\n".join(f"{month:%Y-%m} {amount:,.0f}" for month, amount in sorted(months.items()))
