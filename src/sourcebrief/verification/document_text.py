"""What can be read from a document that someone sent, whatever its format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

FileFormat = Literal["pdf", "docx", "html", "json"]

_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class NotABrief(Exception):  # noqa: N818 - it names what the file is
    """A file that this program did not build, or that is damaged; the message is a clause."""


class NotCompared(str):
    """A finding of `verify` that is not a problem: a part of the file that it does not compare."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The words of a document in reading order, and what it carries.

    `body` and `notes` are chunks: white space inside a chunk is the document's, between two chunks
    it is unknown. `heads` are the texts at head and foot, one list for each page of a PDF and for
    each header or footer of a Word document. `contents` are the lines of a table of contents.
    `oddities` are problems that no build leaves behind. `figure` says whether the words in the
    figure are text, `hyphenated` whether a hyphen at a chunk's end may come from the line break.
    """

    format: FileFormat
    evidence: bytes | None
    body: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    links: frozenset[str] = frozenset()
    heads: list[list[str]] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    oddities: list[str] = field(default_factory=list)
    not_compared: list[str] = field(default_factory=list)
    figure: bool = True
    hyphenated: bool = False


def format_of(data: bytes) -> FileFormat:
    """Tell the format of a file by its first bytes; raise NotABrief where it is none of ours."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in start:
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return "docx"
    if start[:9].lower() == b"<!doctype" or start[:5].lower() == b"<html":
        return "html"
    if start.startswith(b"{"):
        return "json"
    if start.startswith(_OLD_OFFICE):
        raise NotABrief("an encrypted or an old Word document; ask for a .docx without a password")
    what = "not a PDF, Word document, web page or evidence.json" if data else "an empty file"
    raise NotABrief(f"{what}; give one that this program built")
