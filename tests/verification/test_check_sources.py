"""Quotations are compared with the full texts, and full texts with their hashes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebrief.verification.read_document import read_document
from sourcebrief.verification.verify import verify

if TYPE_CHECKING:
    from inspections import Built


def test_any_byte_of_an_embedded_text_counts(built: Built) -> None:
    document = read_document(built.bytes("harbours", "pdf"))
    ((name, text),) = document.attachments.items()

    @settings(max_examples=40, deadline=None)
    @given(st.integers(0, len(text) - 1), st.integers(1, 255))
    def flipped(at: int, mask: int) -> None:
        altered = text[:at] + bytes([text[at] ^ mask]) + text[at + 1 :]
        verdict = verify(replace(document, attachments={name: altered}))
        assert any("was altered: its SHA-256" in words for words in verdict.problems)

    flipped()


def test_a_full_text_that_was_taken_out_is_named(built: Built) -> None:
    document = read_document(built.bytes("harbours", "pdf"))
    (problem,) = verify(replace(document, attachments={})).problems
    assert problem == "the full text of Harbour Gazette was taken out"


def test_documents_are_compared_by_hash_and_by_quotation(built: Built) -> None:
    def other(name: str) -> bytes | None:
        text = built.seed(name)
        return text and text.replace(b"On 5 May 2021", b"On 6 May 2021")

    problems = verify(built.bytes("harbours", "docx"), seeds=other).problems
    assert "the document of Harbour Gazette (gazette.txt) was altered" in problems[0]
    assert any("event 5 (inspection-5), quotation 1" in words for words in problems)


def test_a_document_that_is_not_there_is_named(built: Built) -> None:
    (problem,) = verify(built.bytes("muelle", "docx"), seeds=lambda _: None).problems
    assert problem == "boletin.txt (Boletín del Muelle) is not among the documents"
