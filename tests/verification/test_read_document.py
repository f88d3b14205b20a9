"""A file is read by its first bytes, whatever its name; web pages that were edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sourcebrief.verification.document_text import NotABrief
from sourcebrief.verification.read_document import read_document
from sourcebrief.verification.verify import verify

if TYPE_CHECKING:
    from inspections import Built


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n", "damaged or cut short"),
        (b"junk before\n%PDF-1.7\n", "not a PDF, Word document"),
        (b"PK\x03\x04", "not a Word document, or damaged"),
        (b"<!DOCTYPE html>", "the end of the page is missing"),
        (b"\xef\xbb\xbf <HTML>", "the end of the page is missing"),
    ],
)
def test_a_file_is_taken_for_what_its_first_bytes_say(data: bytes, said: str) -> None:
    with pytest.raises(NotABrief, match=said):
        read_document(data)


def test_a_file_that_begins_as_json_is_its_own_evidence() -> None:
    document = read_document(b'\n{"format"')
    assert (document.format, document.evidence) == ("json", b'\n{"format"')


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "an empty file"),
        (b"Dear colleague,", "not a PDF, Word document, web page or evidence.json"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an encrypted or an old Word document"),
    ],
)
def test_a_file_of_another_format(data: bytes, said: str) -> None:
    with pytest.raises(NotABrief, match=said):
        read_document(data)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("does not show", "does show", "bottom line, text: “not” was taken out"),
        ("<main>", "<main><p>This is void.</p>", "“This is void.” was put in"),
        ('<main>', '<main><p class="screen-only">Void.</p>', "“Void.” was put in"),
        ('<main>', '<main><a role="doc-backlink">Void.</a>', "“Void.” was put in"),
        ("Reorganisation of the", "Abolition of the", "“Reorganisation” was changed to"),
    ],
)  # fmt: skip
def test_a_web_page_that_was_edited(built: Built, old: str, new: str, named: str) -> None:
    page = built.bytes("harbours", "html").decode()
    assert old in page
    problems = verify(page.replace(old, new, 1).encode()).problems
    assert any(named in words for words in problems), problems
