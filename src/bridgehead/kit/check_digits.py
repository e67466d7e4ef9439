"""Check digits, free of the web framework so that engines can use them too."""

BRN_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)


def business_number_check_digit(first_nine: str) -> int:
    """Weights 1 3 7 1 3 7 1 3 5 with the carry of the ninth digit; check `(10 − s mod 10) mod 10`.

    Source: National Tax Service of Korea. python-stdnum (`kr.brn`) checks only the form of the number.
    """
    total = sum(int(digit) * weight for digit, weight in zip(first_nine, BRN_WEIGHTS, strict=True))
    return (10 - (total + int(first_nine[8]) * 5 // 10) % 10) % 10
