"""Emphasis is written anew around the words that keep it, and nothing else changes."""

from __future__ import annotations

import pytest

from sourcebrief.review.compare_paragraphs import Run
from sourcebrief.review.printed_source import printed_paragraph
from sourcebrief.review.rebuilt_markup import escaped, rebuilt
from sourcebrief.workspace.yaml_edits import apply_edits


def anew(text: str, said: str, old: str, new: str) -> str:
    start = said.index(old)
    paragraph = printed_paragraph(said, text, 1, markdown=True, numbers=(), language="en-GB")
    assert paragraph is not None
    gone = [one for one in paragraph.places[start : start + len(old)] if one]
    runs = [Run(new, frozenset())] if new else []
    return apply_edits(text, rebuilt(text, paragraph, runs, gone[0].start, gone, {}))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("big ", "", "The pact\nholds **at sea** \\* now."),
        ("pact holds at", "one", "The *big* one **sea** \\* now."),
        ("now.", "so ", "The *big* pact\nholds **at sea** \\* so"),
        ("sea", "", "The *big* pact\nholds **at** \\* now."),
    ],
)
def test_signs_stand_around_what_is_left(old: str, new: str, expected: str) -> None:
    text, said = "The *big* pact\nholds **at sea** \\* now.", "The big pact holds at sea * now."
    assert anew(text, said, old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("now", "", "See [this *page*](https://x.org/_a_) ."),
        ("this ", "", "See [*page*](https://x.org/_a_) *now*."),
        ("page now", "time", "See [this time](https://x.org/_a_)."),
        (" this page", "", "See *now*."),
    ],
)
def test_links_stay_where_words_of_them_stay(old: str, new: str, expected: str) -> None:
    text, said = "See [this *page*](https://x.org/_a_) *now*.", "See this page now."
    assert anew(text, said, old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("due", "owed", "- Then what is\n  owed by May."),
        ("due ", "", "- Then what is\n  by May."),
        ("is", "was", "- Then what was\n  due by May."),
    ],
)
def test_what_a_line_is_indented_by_stays(old: str, new: str, expected: str) -> None:
    assert anew("- Then what is\n  due by May.", "Then what is due by May.", old, new) == expected


def test_words_are_escaped_where_markdown_would_read_them() -> None:
    assert escaped("a*b [@c] R&D a_b _c_") == "a\\*b \\[@c] R&D a_b \\_c\\_"
    assert escaped("a_b [c]", fully=True) == "a\\_b \\[c\\]"
