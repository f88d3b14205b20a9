"""A reviewed document beside the one that was built, and what is said of a change between them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sourcebrief.review.addresses import AuthoredPlace, record_of
from sourcebrief.review.built_text import BuiltText
from sourcebrief.review.remarks import ItemEdit, Remark
from sourcebrief.review.restored_paragraphs import as_built
from sourcebrief.review.whole_paragraphs import Unwritable
from sourcebrief.review.word_text import PARAGRAPH_END, UNTRACKED, TrackedMark, WordParagraph
from sourcebrief.workspace.yaml_edits import Edit


class ReviewedText:
    """The paragraphs of a reviewed document; `pairs` says which built one each of them is.

    `now` has the reviewed paragraph of each built one that is still there.
    """

    def __init__(self, built: BuiltText, reviewed: Sequence[WordParagraph]) -> None:
        self.built = built
        self.paragraphs, self.pairs = as_built(built.paragraphs, reviewed)
        self.now = {number: self.paragraphs[at] for at, number in self.pairs.items()}

    def told(
        self, number: int, mark: TrackedMark, says: str, reason: str = "", **more: Any
    ) -> Remark:
        """Return the remark of a change in, or behind, a built paragraph."""
        by, near = mark.by, self.built.near[number]
        tracked = mark is not UNTRACKED
        return Remark(
            0, "change", by.name, by.date, says, near, tracked=tracked, reason=reason, **more
        )

    def beside(self, address: str) -> str:
        """Return the words of what an address belongs to; empty where it has none."""
        owner = self.built.text_at(record_of(address))
        return owner.text if owner else ""


def is_gone(paragraph: WordParagraph) -> bool:
    """Say whether nothing of a paragraph is left."""
    return not any(piece.text.strip() for piece in paragraph.pieces if piece.taken_out is None)


def with_edits(told: Remark, place: AuthoredPlace, write: Callable[[], tuple[Edit, ...]]) -> Remark:
    """Return a remark with its edits of a text, else with what keeps them from being made.

    What stands behind a paragraph end comes as an item.
    """
    try:
        edits = write()
    except Unwritable as fault:
        return replace(told, reason=str(fault))
    at = edits[0].start
    head, *new = edits[-1].words.split(PARAGRAPH_END)
    if new:
        kept = Edit(at, edits[-1].end, head)
        edits = () if head == place.text[kept.start : kept.end] else (kept,)
        words = tuple(" ".join(one.split()) for one in new)
        return replace(told, text=place.text, at=at, edits=edits, item=ItemEdit("in", words=words))
    return replace(told, text=place.text, at=at, edits=edits)
