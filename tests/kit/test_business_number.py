"""The check digit of the National Tax Service: weights 1 3 7 1 3 7 1 3 5 with the carry of the ninth digit."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from bridgehead.kit.check_digits import business_number_check_digit
from bridgehead.kit.validators import clean_business_number, format_business_number

#: Published by the firms themselves at the foot of their sites.
REAL = {"Samsung Electronics": "124-81-00998", "NAVER": "220-81-62517", "Kakao": "120-81-47521"}


@pytest.mark.parametrize("number", REAL.values(), ids=REAL.keys())
def test_real_numbers_check_out_however_they_are_written(number):
    digits = number.replace("-", "")
    assert clean_business_number(number) == digits
    assert clean_business_number(f" {digits} ") == digits
    assert format_business_number(digits) == number


def test_check_digit_worked_out_by_hand():
    """1·1 + 2·3 + 3·7 + 4·1 + 5·3 + 6·7 + 7·1 + 8·3 + 9·5 = 165, carry of 45 is 4; (10 − 169 mod 10) mod 10 = 1."""
    assert business_number_check_digit("123456789") == 1


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "has 10 digits"),
        ("12345", "has 10 digits"),
        ("124-81-009980", "has 10 digits"),
        ("abcdefghij", "not a business registration number"),
        ("000-00-00000", "not a business registration number"),
        ("124-81-00997", "one digit is wrong"),
        ("124-81-09098", "one digit is wrong"),
    ],
)
def test_wrong_numbers_are_refused_in_words(typed, why):
    with translation.override("en"), pytest.raises(ValidationError) as error:
        clean_business_number(typed)
    assert why in error.value.messages[0]


#: 101 to 999, then 01 to 99: the forms in use.
NINE_DIGITS = st.tuples(
    st.integers(101, 999).map(str),
    st.integers(1, 99).map("{:02d}".format),
    st.integers(1, 9999).map("{:04d}".format),
).map("".join)


@given(NINE_DIGITS)
def test_every_nine_digits_have_exactly_one_check_digit(first_nine):
    accepted = []
    for digit in "0123456789":
        try:
            accepted.append(clean_business_number(first_nine + digit)[-1])
        except ValidationError:
            continue
    assert accepted == [str(business_number_check_digit(first_nine))]


@given(NINE_DIGITS, st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_found(first_nine, place, shift):
    """In the first eight places; the ninth digit's carry can hide a change, as the tax service's own rule does."""
    wrong = first_nine[:place] + str((int(first_nine[place]) + shift) % 10) + first_nine[place + 1 :]
    assert business_number_check_digit(wrong) != business_number_check_digit(first_nine)


def test_format_leaves_alone_what_is_no_number():
    assert format_business_number("12345") == "12345"
    assert format_business_number("") == ""
