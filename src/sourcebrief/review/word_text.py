"""What is read of a Word document under review: paragraphs, and who changed what in them."""

from dataclasses import dataclass, field
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

    `row` tells the rows of tables apart, 0 outside. `joined` is set where its end was taken out.
    `follows` says that a paragraph of the same style stands right before it.
    """

    where: Where = "text"
    row: int = 0
    pieces: list[Piece] = field(default_factory=list)
    bookmarks: dict[str, tuple[int, int]] = field(default_factory=dict)
    formats: list[FormatChange] = field(default_factory=list)
    joined: TrackedMark | None = None
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


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the document: the number of a paragraph, and an offset in all its characters."""

    paragraph: int
    offset: int


@dataclass(slots=True)
class WordText:
    """All paragraphs of a document, and between which places each comment stands, by its id."""

    paragraphs: list[WordParagraph] = field(default_factory=list)
    commented: dict[str, list[Spot]] = field(default_factory=dict)
