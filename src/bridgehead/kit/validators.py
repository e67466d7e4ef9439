"""Numbers that Korean offices check before anything else."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.exceptions import InvalidLength
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.kr import brn

from .check_digits import business_number_check_digit


def clean_business_number(value: str) -> str:
    """The ten digits of a Korean business registration number, or ValidationError saying what is wrong."""
    try:
        number = brn.validate(value)
    except InvalidLength:
        raise ValidationError(
            _("A business registration number has 10 digits, such as 123-45-67891.")
        ) from None
    except StdnumError:
        raise ValidationError(
            _("This is not a business registration number. Compare it with the certificate.")
        ) from None
    if int(number[9]) != business_number_check_digit(number[:9]):
        raise ValidationError(
            _(
                "This business registration number does not check out: one digit is wrong. Compare it with the certificate."
            )
        )
    return number


def format_business_number(value: str) -> str:
    return brn.format(value) if len(value) == 10 else value
