"""Titles and dates of PDFs, and files that are not read."""

from __future__ import annotations

import pytest

from built_documents import encrypted, pdf
from sourcebrief.authoring.importing.extraction import UnreadableDocument
from sourcebrief.authoring.importing.pdf_metadata import open_pdf

HEAD = "<title>Port report</title><meta name='dcterms.created' content='2024-03-05'>"


def test_the_document_information_names_title_and_date() -> None:
    data = pdf("<p>Words</p>", HEAD)
    same, metadata = open_pdf(data)
    assert same == data
    assert (metadata.title, metadata.issued, metadata.issued_from) == (
        *("Port report", "2024-03-05"),
        "CreationDate",
    )


def test_an_owners_password_is_taken_away() -> None:
    plain, metadata = open_pdf(encrypted(pdf("<p>Words</p>", HEAD), user=""))
    assert b"/Encrypt" not in plain
    assert metadata.title == "Port report"


def test_a_users_password_is_asked_for_elsewhere() -> None:
    with pytest.raises(UnreadableDocument, match=r"^it is encrypted; save a copy without"):
        open_pdf(encrypted(pdf("<p>Words</p>"), user="secret"))
