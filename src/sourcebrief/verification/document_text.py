"""What can be read from a document that someone sent, whatever its format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


class NotABrief(Exception):  # noqa: N818 - it names what the file is
    """A file that this program did not build, or that is damaged; the message is a clause."""


class NotCompared(str):
    """A finding of `verify` that is not a problem: a part of the file that it does not compare."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The words of a document in reading order, and what it carries.

    `evidence` and `build_info` are the files of these names that it carries.
    `body` and `notes` are chunks: white space inside a chunk is the document's, between two chunks
    it is unknown. `heads` are the texts at head and foot, one list for each page of a PDF and for
    each header or footer of a Word document. `contents` are the lines of a table of contents.
    `links` are the words of each link and the address, or the place (`#name`), that it leads to;
    those of notes come after all others. `places` are the names of places, and the titles of
    bookmarks, with the word that stands where each leads. `said` is what it says of itself: the
    kind of a property (`title`) and its words; some formats say it twice.
    `oddities` are problems that no build leaves behind. `figure` says whether the words in the
    figure are text. A soft hyphen at a chunk's end is a hyphen that may come from the line break.
    """

    format: Literal["pdf", "docx", "html", "json"]
    evidence: bytes | None
    build_info: bytes | None = None
    body: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)
    heads: list[list[str]] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    oddities: list[str] = field(default_factory=list)
    not_compared: list[str] = field(default_factory=list)
    figure: bool = True

    def manifest(
        self, given: bytes | None = None, way_out: str = "give it with --evidence FILE"
    ) -> bytes:
        """The manifest that it carries, else the one that is given. Raises NotABrief."""
        found = given if self.evidence is None else self.evidence
        if found is None:
            raise NotABrief(
                "it carries no evidence: it is a redline, or no brief of this program, or a mail "
                "gateway or an editor took it out; ask the sender for its .evidence.json and "
                f"{way_out}"
            )
        return found
