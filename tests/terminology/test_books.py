"""The dictionary in the database as a book: the command of the room."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from tests.factories.terminology import a_concept

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("kind", "begin"), [("epub", b"PK\x03\x04"), ("pdf", b"%PDF-")])
def test_book_of_the_approved_concepts(kind, begin, tmp_path, capsys):
    a_concept("gem")
    output = tmp_path / f"dictionary.{kind}"
    call_command("terms", kind, "-o", str(output), "--targets", "en", "--date", "2026-03-01")
    assert output.read_bytes()[: len(begin)] == begin
    assert "1 entries with 2 terms written" in capsys.readouterr().err


def test_epub_holds_the_concept(tmp_path):
    a_concept("gem")
    output = tmp_path / "dictionary.epub"
    call_command("terms", "epub", "-o", str(output))
    with ZipFile(BytesIO(output.read_bytes())) as archive:
        assert 'id="c-gem"' in archive.read("EPUB/entries-01.xhtml").decode()


def test_book_of_an_empty_dictionary_is_refused(tmp_path):
    with pytest.raises(CommandError, match="there are no concepts to publish"):
        call_command("terms", "pdf", "-o", str(tmp_path / "x.pdf"))
