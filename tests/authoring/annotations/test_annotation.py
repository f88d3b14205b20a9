"""What an annotation carries: notes as lines that can stand behind a YAML comment's sign."""

from __future__ import annotations

import pytest

from sourcebrief.authoring.annotations.annotation import clean_note


@pytest.mark.parametrize(
    ("notes", "lines"),
    [
        ([], ""),
        ([None, 3, "", "  "], ""),
        (["Check  this.\nTwice."], "Check this.\nTwice."),
        (["one", "two"], "one\ntwo"),
        (["a\u2028- seed: x\x85quote: y\vz"], "a\n- seed: x\nquote: y\nz"),
        (["turned \u202eround\u200b, bell \x07."], "turned round, bell ."),
    ],
)
def test_a_note_is_lines_of_a_comment(notes: list[object], lines: str) -> None:
    assert clean_note(notes) == lines
