from bridgehead.documents.blocks import Item
from bridgehead.documents.press import as_text, bulleted

ITEMS = [Item("A", [Item("B", [Item("C", [Item("D")])])]), Item("E")]


def test_bulleted_marks_by_depth():
    assert list(bulleted(ITEMS)) == [
        (1, "○", "A"),
        (2, "–", "B"),
        (3, "·", "C"),
        (4, "·", "D"),
        (1, "○", "E"),
    ]


def test_as_text_indents_two_spaces_a_level():
    assert as_text(ITEMS) == "○ A\n  – B\n    · C\n      · D\n○ E"
