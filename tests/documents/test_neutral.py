import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridgehead.documents.neutral import is_formula, neutralised, restored

STARTS = "=+-@\t\r\n＝＋－＠"


@pytest.mark.parametrize("start", STARTS)
def test_neutralised_formula_gets_an_apostrophe(start):
    assert neutralised(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["", "가나", "a=b", "'quoted'", "1-2", " =1"])
def test_neutralised_plain_text_is_left_alone(text):
    assert neutralised(text) == text


@given(st.text(alphabet=st.sampled_from(list(STARTS + "'a1가 "))))
def test_neutralised_never_starts_a_formula_and_comes_back(text):
    safe = neutralised(text)
    assert not is_formula(safe)
    assert restored(safe) == text


@given(st.text())
def test_restored_any_text_round_trips(text):
    assert restored(neutralised(text)) == text
