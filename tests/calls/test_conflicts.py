"""Marks that reviewers and applicants share, made comparable."""

import pytest

from bridgehead.calls.conflicts import address, detect, domain, firm_name, marks, phone


@pytest.mark.parametrize(
    "text", ["02-123-4567", "+82 2 123 4567", "0082-2-123-4567", "（02）123.4567", "02 1234567"]
)
def test_phone_is_the_same_however_it_is_written(text):
    assert phone(text) == "021234567"


@pytest.mark.parametrize("text", ["", "119", "내선 12"])
def test_phone_too_short_tells_nobody(text):
    assert phone(text) == ""


@pytest.mark.parametrize(
    "text", ["서울특별시 종로구 돈화문로 11", "서울 종로구 돈화문로 11 (봉익동)", "서울시종로구돈화문로11"]
)
def test_address_is_the_same_however_it_is_written(text):
    assert address(text) == "서울종로구돈화문로11"


def test_address_without_a_number_tells_nobody():
    assert address("서울특별시 종로구") == ""


@pytest.mark.parametrize("text", ["주식회사 은공방", "(주)은공방", "㈜ 은 공방", "은공방"])
def test_firm_name_loses_its_legal_form(text):
    assert firm_name(text) == "은공방"


def test_english_firm_name_loses_its_legal_form():
    assert firm_name("Silver Workshop Co., Ltd.") == firm_name("SILVER-WORKSHOP") == "silverworkshop"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://www.silver.example/ko", "silver.example"),
        ("me@silver.example", "silver.example"),
        ("me@naver.com", ""),
    ],
)
def test_domain_of_an_employer_but_not_of_a_provider(text, expected):
    assert domain(text) == expected


def test_pairs_carry_every_kind_they_share():
    applications = {
        1: marks(numbers=["120-81-00016"], phones=["02-123-4567"], names=["(주)은공방"]),
        2: marks(emails=["partner@naver.com"], addresses=["서울 종로구 돈화문로 11"]),
        3: marks(phones=["031-555-5555"]),
    }
    reviewers = {
        7: marks(numbers=["1208100016"], phones=["+82 2 123 4567"], names=["은공방"]),
        8: marks(emails=["Partner@naver.com"]),
        9: marks(phones=[""], names=[""], emails=["other@naver.com"]),
    }
    assert detect(applications, reviewers) == {
        (1, 7): ["employer", "number", "phone"],
        (2, 8): ["person"],
    }
