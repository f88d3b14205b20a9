"""The format of a file is told by its first bytes, whatever its name."""

from __future__ import annotations

import pytest

from sourcebrief.verification.document_text import NotABrief, format_of


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"junk before\n%PDF-1.7\n", "pdf"),
        (b"PK\x03\x04", "docx"),
        (b"<!DOCTYPE html>", "html"),
        (b"\xef\xbb\xbf <HTML>", "html"),
        (b'\n{"format"', "json"),
    ],
)
def test_the_format_of_a_file(data: bytes, expected: str) -> None:
    assert format_of(data) == expected


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
        format_of(data)
