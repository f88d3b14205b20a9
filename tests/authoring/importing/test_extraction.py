"""The text of a seed from the paragraphs of a document."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.authoring.importing.extraction import UnreadableDocument, text_of_pages
from sourcebrief.evidence.passages import read_seed

WORDS = st.text(st.sampled_from("ab é“\n\t\r\f\x00\u202e-\u2010."), max_size=30)


@given(st.lists(st.lists(WORDS, max_size=4), min_size=1, max_size=4))
def test_every_paragraph_of_a_document_is_one_of_the_seed(pages: list[list[str]]) -> None:
    held = [[" ".join(text.split()) for text in page] for page in pages]
    try:
        text = text_of_pages(pages)
    except UnreadableDocument:
        assert not any(character.isalnum() for page in held for text in page for character in text)
        return
    seed = read_seed(text)
    assert text.count("\f") == len(pages) - 1
    assert len(seed.paragraphs) == sum(bool(text) for page in held for text in page)
