import pytest

from bridgehead import documents
from tests.documents.papers import paper


@pytest.mark.parametrize(("format", "start"), [("hwpx", b"PK"), ("pdf", b"%PDF-"), ("xlsx", b"PK")])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_render_every_format_in_both_languages(format, start, language):
    assert documents.render(paper(language), format).startswith(start)
    assert format in documents.CONTENT_TYPES


def test_render_unknown_format_is_refused():
    with pytest.raises(ValueError, match="hwpx, pdf, xlsx"):
        documents.render(paper(), "docx")
