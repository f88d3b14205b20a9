"""What an extractor finds in a document: its text as a seed has it, and what it says of itself."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sourcebrief.evidence.passages import PAGE_BREAK
from sourcebrief.text.characters import (
    HYPHENS,
    NOT_IN_XML_OR_YAML,
    REPLACEMENT,
    SOFT_HYPHEN,
    VANISHING_CLASS,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_CHARACTERS: Final = 20_000_000
"""The most text that one seed may have."""
_MOST_METADATA: Final = 2_000

_INVISIBLE = re.compile(f"[{VANISHING_CLASS}]")
_SPACES = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r"\s*\n\s*")


class Unreadable(Exception):  # noqa: N818 - it names what the document is
    """A document that cannot become a seed: what is wrong, and the way out, in one line."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself; None where it says nothing.

    `issued` is EDTF, and `issued_from` the name of the field that it was read from. `type` is a CSL
    type.
    """

    title: str | None = None
    publisher: str | None = None
    container_title: str | None = None
    issued: str | None = None
    issued_from: str | None = None
    language: str | None = None
    url: str | None = None
    doi: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a document and its metadata.

    `title_proposed` is a line of the text that may be its title, where no metadata holds one;
    `remarks` are for whoever adds it: what was left out, or looks wrong.
    """

    text: str
    metadata: Metadata = field(default_factory=Metadata)
    title_proposed: str | None = None
    remarks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The same as values of JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Document:
        """A document out of what `as_json` gave."""
        return cls(
            value["text"],
            Metadata(**value["metadata"]),
            value["title_proposed"],
            tuple(value["remarks"]),
        )


def one_line(words: object) -> str | None:
    """Metadata as one line without invisible characters; None where nothing is left."""
    if not isinstance(words, str):
        return None
    text = NOT_IN_XML_OR_YAML.sub(" ", _INVISIBLE.sub("", words[: 4 * _MOST_METADATA]))
    return " ".join(text.split())[:_MOST_METADATA].rstrip() or None


def text_of(paragraphs: Sequence[str]) -> str:
    """The text of a seed out of paragraphs: see `text_of_pages`."""
    return text_of_pages([paragraphs])


def text_of_pages(pages: Sequence[Sequence[str]], continued: frozenset[int] = frozenset()) -> str:
    """The text of a seed out of the paragraphs of its pages.

    Blank lines part paragraphs, U+000C parts pages, line ends within a paragraph stay. `continued`
    holds the indices of the pages whose first paragraph is the rest of the last one before. What no
    document may hold is U+FFFD: visible, and never matched by accident. Raises Unreadable where
    there is no word, or too much text.
    """
    cleaned = [[text for text in map(_clean, page) if text] for page in pages]
    if sum(len(text) for page in cleaned for text in page) > MOST_CHARACTERS:
        raise Unreadable(f"it has more than {MOST_CHARACTERS:,} characters; divide it")
    # In a seed without a blank line each line would be a paragraph.
    if sum(map(len, cleaned)) == 1:
        cleaned = [list(map(_unwrapped, page)) for page in cleaned]
    elif sum(map(len, cleaned)) - len(continued) == 1:
        continued = frozenset()
    parts: list[str] = []
    for number, page in enumerate(cleaned):
        if number:
            joins = number in continued and bool(page) and bool(cleaned[number - 1])
            parts.append(("\n" if joins else "\n\n") + PAGE_BREAK)
        parts.append("\n\n".join(page))
    text = "".join(parts)
    if not any(map(str.isalnum, text)):
        raise Unreadable("it holds no text")
    return text + "\n"


def _clean(paragraph: str) -> str:
    text = paragraph.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    text = NOT_IN_XML_OR_YAML.sub(REPLACEMENT, text.replace(PAGE_BREAK, " ").replace("\x85", "\n"))
    return _LINE_ENDS.sub("\n", _SPACES.sub(" ", text)).strip()


def _unwrapped(paragraph: str) -> str:
    """A paragraph on one line; a hyphen that parts a word at a line's end is a soft one there."""
    first, *rest = paragraph.split("\n")
    for line in rest:
        parted = (
            first.endswith((*HYPHENS, SOFT_HYPHEN))
            and first[-2:-1].isalpha()
            and line[:1].islower()
        )
        first = f"{first[:-1]}{SOFT_HYPHEN}{line}" if parted else f"{first} {line}"
    return first
