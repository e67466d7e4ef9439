from hypothesis import given
from hypothesis import strategies as st

from bridgehead.documents.atom import Bullet
from bridgehead.newsroom.bullets import read_bullets, write_bullets

WORDS = st.text(st.characters(categories=["L"]), min_size=1, max_size=20).filter(lambda text: text != "ㅇ")


def test_read_bullets_takes_marks_typed_by_habit():
    text = "○ 참가 기업 26개사\n– 상담 558건\n\n  ㅇ 후속 지원\n- 세부"
    assert read_bullets(text) == (Bullet("참가 기업 26개사", ("상담 558건",)), Bullet("후속 지원", ("세부",)))


def test_read_bullets_with_a_detail_first_stands_on_the_first_level():
    assert read_bullets("- 먼저\n다음") == (Bullet("먼저"), Bullet("다음"))


def test_read_bullets_of_nothing_is_empty():
    assert read_bullets("\n ○ \n-\n") == ()


@given(st.lists(st.tuples(WORDS, st.lists(WORDS, max_size=3)), max_size=4))
def test_write_bullets_is_read_back(tree):
    bullets = tuple(Bullet(text, tuple(details)) for text, details in tree)
    assert read_bullets(write_bullets(bullets)) == bullets
