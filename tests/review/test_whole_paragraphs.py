"""Whole paragraphs and items are taken out, parted and put in, and nothing beside them changes."""

from __future__ import annotations

import pytest

from sourcebrief.review.addresses import AuthoredPlace
from sourcebrief.review.compare_paragraphs import Run, WordChange
from sourcebrief.review.printed_source import printed_paragraph
from sourcebrief.review.source_edits import source_edits
from sourcebrief.review.whole_paragraphs import Unwritable, joined_blocks, moved_block
from sourcebrief.review.word_text import UNTRACKED
from sourcebrief.workspace.yaml_edits import apply_edits

TEXT = "One [@pact]. It is.\n\nTwo.\n\n- Three\n- Four"


def changed(
    number: int, said: str, at: int, old: str, new: str, *, place: AuthoredPlace | None = None
) -> str:
    """The text after a change of what its paragraph `number` prints."""
    place = place or AuthoredPlace(TEXT)
    paragraph = printed_paragraph(
        said, place.text, number, markdown=True, numbers={"pact"}, language="en-GB"
    )
    assert paragraph is not None
    runs = (Run(new, frozenset()),) if new else ()
    change = WordChange(at, at + len(old), old, runs, UNTRACKED)
    return apply_edits(place.text, source_edits(place, paragraph, change, said))


@pytest.mark.parametrize(
    ("number", "said", "expected"),
    [
        (1, "One\u00a0[1]. It is.", "Two.\n\n- Three\n- Four"),
        (2, "Two.", "One [@pact]. It is.\n\n- Three\n- Four"),
        (3, "Three", "One [@pact]. It is.\n\nTwo.\n\n- Four"),
        (4, "Four", "One [@pact]. It is.\n\nTwo.\n\n- Three"),
    ],
)
def test_a_whole_paragraph_of_several_is_taken_out(number: int, said: str, expected: str) -> None:
    assert changed(number, said, 0, said, "") == expected


FIRST = "One\u00a0[1]. It is."


@pytest.mark.parametrize(
    ("number", "said", "before", "new", "expected"),
    [
        (1, FIRST, " It is.", "\u2029", "One [@pact].\n\nIt is.\n\nTwo.\n\n- Three\n- Four"),
        (
            2,
            "Two.",
            "",
            "\u2029And *more*.",
            "One [@pact]. It is.\n\nTwo.\n\nAnd \\*more\\*.\n\n- Three\n- Four",
        ),
        (4, "Four", "", "\u2029Five", f"{TEXT}\n- Five"),
        (3, "Three", "Three", "New\u2029", TEXT.replace("- Three", "- New\n- Three")),
    ],
)
def test_paragraphs_and_items_are_parted_and_put_in(
    number: int, said: str, before: str, new: str, expected: str
) -> None:
    assert changed(number, said, len(said) - len(before), "", new) == expected


@pytest.mark.parametrize("new", ["\u2029- no item", "\u2029# no heading"])
def test_what_would_be_no_paragraph_is_refused(new: str) -> None:
    with pytest.raises(Unwritable, match="cannot be kept"):
        changed(2, "Two.", 4, "", new)


def test_a_text_of_one_paragraph_stays_one() -> None:
    with pytest.raises(Unwritable, match="a text that is one"):
        changed(1, "One.", 4, "", "\u2029Two.", place=AuthoredPlace("One.", block=False))


@pytest.mark.parametrize(
    ("block", "behind", "expected"),
    [
        (1, 2, "Two.\n\nOne [@pact]. It is.\n\n- Three\n- Four"),
        (2, 0, "Two.\n\nOne [@pact]. It is.\n\n- Three\n- Four"),
        (3, 4, "One [@pact]. It is.\n\nTwo.\n\n- Four\n- Three"),
        (4, 2, "One [@pact]. It is.\n\nTwo.\n\n- Four\n- Three"),
    ],
)
def test_a_block_is_moved_in_its_text(block: int, behind: int, expected: str) -> None:
    assert apply_edits(TEXT, moved_block(AuthoredPlace(TEXT), block, behind)) == expected


def test_a_block_is_joined_to_the_next_of_its_kind() -> None:
    assert apply_edits(TEXT, joined_blocks(AuthoredPlace(TEXT), 1)).startswith(
        "One [@pact]. It is. Two.\n\n- Three"
    )
    assert apply_edits(TEXT, joined_blocks(AuthoredPlace(TEXT), 3)).endswith("\n\n- Three Four")
    with pytest.raises(Unwritable, match="cannot be kept"):
        joined_blocks(AuthoredPlace("One *pact.\n\nIt* holds."), 1)
