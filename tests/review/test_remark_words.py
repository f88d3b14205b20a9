"""A line says what was done, so that it can be read without the document."""

from __future__ import annotations

import pytest

from sourcebrief.review.compare_paragraphs import Run, WordChange
from sourcebrief.review.remark_words import look_of, words_of
from sourcebrief.review.word_text import UNTRACKED, Author, FormatChange, TrackedMark

BUILT = "They may send three scanners\ufffc"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("may", "might", '"may" changed to "might" before "send three scanners"'),
        ("may ", "", '"may" deleted before "send three scanners"'),
        ("scanners", "", '"scanners" deleted after "may send three"'),
        ("", "“", '“ (left double quotation mark) inserted before "They may send"'),
        ("", "...", '... (full stop) inserted before "They may send"'),
        (" ", "  ", 'white space changed before "may send three"'),
        ("", "\u2029", 'a paragraph parted before "They may send"'),
    ],
)
def test_a_change_is_said_with_its_place(old: str, new: str, said: str) -> None:
    at = BUILT.index(old)
    runs = (Run(new, frozenset()),)
    assert words_of(WordChange(at, at + len(old), old, runs, UNTRACKED), BUILT) == said


@pytest.mark.parametrize(
    ("was", "looks", "said"),
    [
        ((), ("strong",), '"may" made bold'),
        (("em",), ("strong",), '"may" made no longer italic and bold'),
        ((), (), 'the look of "may" changed'),
    ],
)
def test_a_look_is_said_by_its_name(was: str, looks: str, said: str) -> None:
    changed = FormatChange(TrackedMark(Author()), "may", 5, frozenset(was), frozenset(looks))
    assert look_of(changed) == said
