"""What can be read from a document that somebody sent, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["pdf", "docx", "html", "json"]


class NotABrief(Exception):  # noqa: N818 - it names what the file is
    """A file that is none of ours, or is damaged; the message says why, in a clause."""

    def __init__(self, reason: str) -> None:
        # What a parser says of it may have lines; a message is one.
        super().__init__(" ".join(reason.split()))


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The words of a document in reading order, and what it carries.

    `body` and `notes` are chunks: white space inside one is the document's, between two of them it
    is unknown. `heads` are the texts at head and foot, a list for each page (of a Word document,
    for each head and foot); `contents` are the lines of a table of contents. `oddities` are
    findings that no build leaves behind, `remarks` what was not looked at. `figure` says whether
    the words in the figure are text; `hyphenated` whether a hyphen at a chunk's end may be a
    line's.
    """

    kind: Kind
    evidence: bytes | None
    body: list[str]
    notes: list[str]
    alternatives: list[str]
    links: frozenset[str]
    heads: list[list[str]]
    contents: list[str] = field(default_factory=list)
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    oddities: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    figure: bool = True
    hyphenated: bool = False
