"""The PDF and the Word document say the same of themselves."""

from io import BytesIO

import pikepdf

from tagged_pdf import page_of
from tagged_pdf import written as written_pdf
from word_documents import part, properties
from word_documents import written as written_docx


def test_both_documents_have_the_same_properties() -> None:
    pdf = written_pdf(page_of("<p>x</p>"), properties=properties())
    with pikepdf.open(BytesIO(pdf)) as file:
        info = {key: str(value) for key, value in file.docinfo.items()}
    core = [child.text for child in part(written_docx("<p>x</p>"), "docProps/core.xml")]
    for key in ("/Title", "/Author", "/Subject", "/Keywords"):
        assert info[key] in core
    assert info["/CreationDate"] == "D:20231001000000Z"
    assert "2023-10-01T00:00:00Z" in core
