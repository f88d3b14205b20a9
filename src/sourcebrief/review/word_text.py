"""What is read of a Word document under review: paragraphs, and who changed what in them."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from sourcebrief.documents.word.opc_package import DOCUMENT

Where = Literal["text", "note", "head", "box"]
PARAGRAPH_END: Final = "\u2029"
"""The character that stands for the end of a paragraph that was put in."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who changed something and when (ISO 8601), as the file says; both may be empty."""

    name: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class TrackedMark:
    """A tracked change: by whom, and whether it is one end of a move."""

    by: Author
    moved: bool = False


UNTRACKED: Final = TrackedMark(Author())
"""The mark of what was changed with tracking off."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters: who put it in or took it out, and how it looks."""

    text: str
    put_in: TrackedMark | None = None
    taken_out: TrackedMark | None = None
    looks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FormatChange:
    """A change of the look of words, `text`, or of a whole paragraph; it begins at `at`.

    Of the looks that Markdown has, they had `was` and have `looks`.
    """

    mark: TrackedMark
    text: str
    at: int
    was: frozenset[str] = frozenset()
    looks: frozenset[str] = frozenset()


@dataclass(slots=True)
class WordParagraph:
    """A paragraph: its pieces, the bookmarks that begin in it with their offsets, and where it is.

    `comments` are the ids of comments, with the offsets at which their words begin or end. `row`
    tells the rows of tables apart, 0 outside. `follows` says that a paragraph of the same style
    stands right before it. `parted` is set where its end was put in, `joined` where that was taken
    out, and `carried` where the whole paragraph was moved.
    """

    where: Where = "text"
    row: int = 0
    pieces: list[Piece] = field(default_factory=list)
    bookmarks: dict[str, tuple[int, int]] = field(default_factory=dict)
    formats: list[FormatChange] = field(default_factory=list)
    comments: list[tuple[str, int]] = field(default_factory=list)
    parted: TrackedMark | None = None
    joined: TrackedMark | None = None
    carried: TrackedMark | None = None
    follows: bool = False
    part: str = DOCUMENT
    note: str = ""

    @property
    def length(self) -> int:
        """How many characters it has, with those that are taken out."""
        return sum(len(piece.text) for piece in self.pieces)

    @property
    def before(self) -> str:
        """Its words as they were before the tracked changes."""
        return "".join(piece.text for piece in self.pieces if piece.put_in is None)

    @property
    def whole(self) -> str:
        """All its words, those put in and those taken out."""
        return "".join(piece.text for piece in self.pieces)

    def absorb(self, other: WordParagraph, end: TrackedMark) -> None:
        """Take in another paragraph, from which the paragraph end that `end` put in parts it."""
        self.pieces.append(Piece(PARAGRAPH_END, put_in=end))
        shift = self.length
        self.pieces += other.pieces
        self.comments += [(key, at + shift) for key, at in other.comments]
        self.formats += [replace(each, at=each.at + shift) for each in other.formats]
        for name, (start, stop) in other.bookmarks.items():
            self.bookmarks.setdefault(name, (start + shift, stop + shift if stop >= 0 else -1))

    def parted_at(self, offset: int) -> tuple[WordParagraph, WordParagraph]:
        """Return the two paragraphs that it is, parted at an offset of all its characters."""
        empty = replace(self, pieces=[], bookmarks={}, formats=[], comments=[])
        first, second = deepcopy(empty), replace(empty, follows=True)
        at = 0
        for piece in self.pieces:
            cut = max(offset - at, 0)
            first.pieces.append(replace(piece, text=piece.text[:cut]))
            second.pieces.append(replace(piece, text=piece.text[cut:]))
            at += len(piece.text)
        for part, begin, last in ((first, 0, offset), (second, offset, self.length + 1)):
            inside = range(begin, last)
            part.comments = [(key, at - begin) for key, at in self.comments if at in inside]
            looks = (each for each in self.formats if each.at in inside)
            part.formats = [replace(each, at=each.at - begin) for each in looks]
            marks = ((n, *places) for n, places in self.bookmarks.items() if places[0] in inside)
            part.bookmarks = {n: (at - begin, max(stop - begin, -1)) for n, at, stop in marks}
        return first, second
