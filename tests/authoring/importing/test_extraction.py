"""The text of a seed from the paragraphs of a document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.authoring.importing.extraction import (
    UnreadableDocument,
    decoded,
    edtf_of,
    language_of,
    text_of_pages,
)
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


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024-03-03", "2024-03-03"),
        ("2024-03", "2024-03"),
        ("2024", "2024"),
        ("20240303", "2024-03-03"),
        ("2024-03-03T23:59:59-05:00", "2024-03-03"),
        ("2024-03-03 10:00:00", "2024-03-03"),
        ("D:20240303235959-05'00'", "2024-03-03"),
        ("Sun, 3 March 2024 10:00:00 GMT", "2024-03-03"),
        ("0000-00-00", None),
        ("03/04/2024", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_dates_in_metadata(written: str | None, date: str | None) -> None:
    assert edtf_of(written) == date


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("es_EC", "es-EC"),
        ("EN-us", "en-US"),
        ("en", "en"),
        ("english", None),
        ("xx-YY", None),
        ("", None),
    ],
)
def test_languages_in_metadata(written: str, language: str | None) -> None:
    assert language_of(written) == language


def test_a_bullet_of_a_symbol_font_is_a_bullet() -> None:
    assert text_of_pages([["One.", "\uf0b7 Cargo\n\uf0a7 Staff", "See \uf0b7 here"]]) == (
        "One.\n\n• Cargo\n• Staff\n\nSee \uf0b7 here\n"
    )


@pytest.mark.parametrize(
    ("declared", "data", "text"),
    [
        ("GB2312", "镕".encode("gb18030"), "镕"),
        ("ISO-8859-1", b"\x93a\x94", "“a”"),
        ("ascii-art", b"a", None),
    ],
)
def test_encodings_are_named_as_browsers_name_them(
    declared: str, data: bytes, text: str | None
) -> None:
    assert decoded(data, None, declared) == text
