"""How words of a document are written as a quotation, and how much of a text goes with them."""

from __future__ import annotations

import pytest

from sourcebrief.authoring.quotable_words import quotable_forms, quotation_around, unquotable
from sourcebrief.evidence.passages import read_seed

TEXT = "He came. The ships, which the Minister had promised, left on 3 March. He left."


@pytest.mark.parametrize(
    ("source", "forms"),
    [
        ("inter-\ndepartmental", ["interdepartmental", "inter-departmental"]),
        ("Franco-\nGerman", ["Franco-German"]),
        ("two\n  words\u200b", ["two words"]),
    ],
)
def test_a_word_divided_at_the_end_of_a_line_is_written_as_one(
    source: str, forms: list[str]
) -> None:
    assert list(quotable_forms(source)) == forms


def test_what_yaml_cannot_hold_cannot_be_quoted() -> None:
    assert unquotable("a\x00b") == "\x00"
    assert unquotable("a b") is None


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("ships", "The ships, which the Minister had promised, left on 3 March."),
        # Too short by itself, so it takes its neighbour with it.
        ("He left", "The ships, which the Minister had promised, left on 3 March. He left."),
    ],
)
def test_as_much_is_quoted_as_makes_a_sentence(words: str, quote: str) -> None:
    start = TEXT.index(words)
    found = quotation_around(read_seed(TEXT), 0, start, start + len(words))
    assert found == (TEXT.index(quote), quote, "¶ 1")


def test_nothing_of_an_ignored_paragraph_is_quoted() -> None:
    assert quotation_around(read_seed(TEXT, {1}), 0, 9, 18) is None
