"""Emphasis is written anew around the words that keep it, and nothing else changes."""

from __future__ import annotations

import pytest

from sourcebrief.review.compare_paragraphs import Run, WordChange
from sourcebrief.review.printed_source import printed_paragraph
from sourcebrief.review.rebuilt_markup import escaped, rebuilt
from sourcebrief.review.word_text import UNTRACKED
from sourcebrief.workspace.yaml_edits import apply_edits


def anew(text: str, said: str, old: str, new: str) -> str | None:
    start = said.index(old)
    change = WordChange(
        start, start + len(old), old, (Run(new, frozenset()),) if new else (), UNTRACKED
    )
    paragraph = printed_paragraph(said, text, 1, markdown=True, numbers=(), language="en-GB")
    assert paragraph is not None
    gone = [(one.start, one.end) for one in paragraph.places[start : start + len(old)] if one]
    found = list(rebuilt(text, paragraph, change, gone[0][0], gone, escape=False))
    return apply_edits(text, found[0]) if found else None


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("big ", "", "The pact\nholds **at sea** \\* now."),
        ("pact holds at", "one", "The *big* one **sea** \\* now."),
        ("sea", "", "The *big* pact\nholds **at**  \\* now."),
    ],
)
def test_signs_stand_around_what_is_left(old: str, new: str, expected: str) -> None:
    text, said = "The *big* pact\nholds **at sea** \\* now.", "The big pact holds at sea * now."
    assert anew(text, said, old, new) == expected


def test_a_paragraph_with_a_link_is_left_alone() -> None:
    assert anew("See [this](https://x.org) *now*.", "See this now.", "now", "") is None


def test_words_are_escaped_where_markdown_would_read_them() -> None:
    assert escaped("a*b [@c] R&D a_b _c_") == "a\\*b \\[@c] R&D a_b \\_c\\_"
    assert escaped("a_b [c]", fully=True) == "a\\_b \\[c\\]"
