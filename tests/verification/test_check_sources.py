"""Quotations are compared with the full texts, and full texts with their hashes."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebrief.brief.manifest import read_manifest
from sourcebrief.verification.check_sources import check_sources
from sourcebrief.verification.read_document import read_document
from sourcebrief.verification.verify import verify

if TYPE_CHECKING:
    from inspections import Built


def test_any_byte_of_an_embedded_text_counts(built: Built) -> None:
    document = read_document(built.bytes("harbours", "pdf"))
    manifest: dict[str, Any] = dict(read_manifest(document.manifest()))
    ((name, text),) = document.attachments.items()

    @settings(max_examples=25)
    @given(st.integers(0, len(text) - 1), st.integers(1, 255))
    def flipped(at: int, mask: int) -> None:
        altered = text[:at] + bytes([text[at] ^ mask]) + text[at + 1 :]
        found = check_sources(replace(document, attachments={name: altered}), manifest, None)
        assert any("was altered: its SHA-256" in words for words in found)

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


SEED = "The two ministers would not agree on the terms of the loan, they said."


@pytest.mark.parametrize(
    ("quote", "problems"),
    [
        ("The two ministers [did not] agree on the terms of the loan", []),
        ("The two ministers [did not] agree on the cost of the loan",
         ["is not the passage that it names", "does not stand in Post"]),
        ("The two ministers [never] agree on the terms of the loan", ["does not stand in Post"]),
    ],
)  # fmt: skip
def test_brackets_are_held_against_the_words_that_they_stand_for(
    built: Built, quote: str, problems: list[str]
) -> None:
    ends = (0, 17), (28, 58)
    selectors = [
        ({"exact": SEED[a:b], "prefix": "", "suffix": ""}, {"start": a, "end": b}) for a, b in ends
    ]
    item = {"seed": "post", "quote": quote, "selectors": selectors, "paragraph": 1}
    pin = hashlib.sha256(SEED.encode()).hexdigest()
    source = {"id": "post", "short": "Post", "file": "post.txt", "sha256": pin, "ignore": []}
    manifest = {
        "sources": [source | {"csl": {"language": "en"}}],
        "events": [{"number": 1, "id": "loan", "evidence": [item]}],
    }
    document = read_document(built.bytes("muelle", "docx"))
    found = list(check_sources(document, manifest, lambda _: SEED.encode()))
    assert len(found) == len(problems)
    assert all(words in str(one) for words, one in zip(problems, found, strict=True))
