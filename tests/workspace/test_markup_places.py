"""Each character of an authored text is found where it is written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.workspace.markup import parse_markup, written_blocks
from sourcebrief.workspace.markup_places import written_places


def test_words_signs_and_citations_have_their_places() -> None:
    text = "One *em* [@a; @b, ¶ 2]. \\*Two\n  **three** [link](https://x.y/(z))"
    (block,) = written_places(text)
    assert block is not None
    assert "".join(one.char for one in block.written) == "One em . *Two three link"
    found = {one.char: text[one.start : one.end] for one in block.written}
    assert (found[""], found["*"]) == ("[@a; @b, ¶ 2]", "\\*")
    assert [one.citation for one in block.written if not one.char] == [0]
    assert {one.looks for one in block.written if one.char == "m"} == {frozenset({"em"})}
    assert (block.start, block.end) == (0, len(text))


def test_items_begin_behind_their_sign() -> None:
    text = "Before\n\n- a - a\n- **b**\n"
    blocks = written_places(text)
    assert [text[one.start : one.end] for one in blocks if one] == ["Before", "a - a", "**b**"]
    assert written_blocks(text) == (("Before", 0), ("a - a", 2), ("**b**", 3))


PIECES = st.sampled_from(
    ["word", " ", "\n", "*em*", "**st**", "[@a]", "\\*", "a_b", "`", "[x](https://y.z)", ".", "]"]
)


@given(st.lists(PIECES, min_size=1).map("".join))
def test_what_is_followed_is_what_was_parsed(text: str) -> None:
    parsed = parse_markup(text).blocks
    for block, found in zip(parsed, written_places(text), strict=True):
        if found is not None:
            words = "".join(one.text for one in block.pieces if one.kind == "text")
            assert "".join(one.char for one in found.written) == words
            starts = [one.start for one in found.written]
            assert starts == sorted(set(starts))
