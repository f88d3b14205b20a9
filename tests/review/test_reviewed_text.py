"""Edits of a text that put a gap in become what happens to the list."""

from __future__ import annotations

import pytest

from sourcebrief.review.addresses import AuthoredPlace
from sourcebrief.review.remarks import ItemEdit, Remark
from sourcebrief.review.reviewed_text import is_gone, with_edits
from sourcebrief.review.whole_paragraphs import Unwritable
from sourcebrief.review.word_text import PARAGRAPH_END, Author, Piece, TrackedMark, WordParagraph
from sourcebrief.workspace.yaml_edits import Edit

GAP = AuthoredPlace("One is unknown.", listed=True)
TOLD = Remark(1, "change", "Ana", "", "said")


@pytest.mark.parametrize(
    ("edit", "edits", "item"),
    [
        (Edit(0, 3, "Two"), (Edit(0, 3, "Two"),), None),
        (Edit(15, 15, f"{PARAGRAPH_END}Two."), (), ItemEdit("in", words=("Two.",))),
        (
            Edit(6, 15, f".{PARAGRAPH_END}unknown."),
            (Edit(6, 15, "."),),
            ItemEdit("in", words=("unknown.",)),
        ),
    ],
)
def test_what_becomes_of_a_gap(edit: Edit, edits: tuple[Edit, ...], item: ItemEdit | None) -> None:
    made = with_edits(TOLD, GAP, lambda: (edit,))
    assert (made.edits, made.item, made.text) == (edits, item, GAP.text)


def test_what_cannot_be_written_says_why() -> None:
    def refuse() -> tuple[Edit, ...]:
        raise Unwritable("it has a link")

    assert with_edits(TOLD, GAP, refuse).reason == "it has a link"


def test_a_paragraph_of_which_only_deleted_words_are_left_is_gone() -> None:
    mark = TrackedMark(Author("Ana"))
    assert is_gone(WordParagraph(pieces=[Piece("One", taken_out=mark), Piece(" ")]))
    assert not is_gone(WordParagraph(pieces=[Piece("One", taken_out=mark), Piece("two")]))
