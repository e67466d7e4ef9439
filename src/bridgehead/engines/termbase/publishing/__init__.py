"""The dictionary as a book: EPUB 3.3 and print PDF from the same concepts, the same bytes at every rebuild.

book = book_of(concepts, Edition(issued=date(2026, 1, 1), source="ko", targets=("en", "it")))
Path("dictionary.epub").write_bytes(epub(book))
Path("dictionary.pdf").write_bytes(pdf(book))
"""

from bridgehead.engines.termbase.publishing.book import Book, Entry, Pointer, book_of
from bridgehead.engines.termbase.publishing.edition import Edition, languages_of
from bridgehead.engines.termbase.publishing.epub import epub
from bridgehead.engines.termbase.publishing.setting import pdf

__all__ = ["Book", "Edition", "Entry", "Pointer", "book_of", "epub", "languages_of", "pdf"]
