"""Which files are read, and the limits of the process that reads them."""

from __future__ import annotations

import pytest

from built_documents import READOUT, docx
from sourcebrief.authoring.importing.extract import extract, extract_here, importable_format
from sourcebrief.authoring.importing.extraction import UnreadableDocument


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.doc", b"x", "files in .doc are not read; save it as DOCX"),
        ("a.mhtml", b"x", "files in .mhtml are not read; save the page as HTML"),
        (
            "a",
            b"x",
            (
                "files without an ending are not read; give "
                "text, HTML, PDF, DOCX, CSL JSON or CSL YAML"
            ),
        ),
        ("a.pdf", b"", "it is empty"),
        ("a.html", b"%PDF-1.7", "its name says html, its content pdf; correct its name's ending"),
        (
            "a.html",
            b"MIME-Version: 1.0",
            "its name says html, its content MHTML; correct its name's ending",
        ),
        ("a.pdf", b"<html>", "it is not a PDF: it does not begin with %PDF-; get the file again"),
    ],
)
def test_what_is_not_read(name: str, data: bytes, message: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        importable_format(name, data)
    assert str(caught.value) == message


def test_a_document_that_takes_too_long_is_refused_and_leaves_no_process() -> None:
    with pytest.raises(UnreadableDocument, match=r"^reading it took more than 0 s; divide it$"):
        extract("docx", docx(READOUT), time_limit=0.05)


def test_the_guard_gives_what_the_extractor_finds() -> None:
    data = docx(READOUT, title="Readout")
    assert extract("docx", data) == extract_here("docx", data)
    with pytest.raises(UnreadableDocument, match=r"^it is not UTF-8"):
        extract("text", b"\xff")
