"""Where the words of an authored text are written in it, markup and citations between them.

markdown-it tells no columns. But what it reads of a block stands in the block in the same order,
so both are walked side by side. Where they do not agree, no place is given.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from sourcebrief.workspace.markup import Block, InlinePiece, parse_markup, written_blocks

_BLANKS: Final = re.compile(r"[ \t]*\n[ \t]*|[ \t]")
_SIGNS: Final = {"em": 1, "/em": 1, "strong": 2, "/strong": 2}
_TARGET: Final = re.compile(r"\]\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Written:
    """A character of the words, or a whole citation, and where it is written, `[start, end)`.

    `looks` are the emphasis and the strong emphasis that it has.
    """

    char: str
    start: int
    end: int
    looks: frozenset[str] = frozenset()
    citation: int | None = None


@dataclass(frozen=True, slots=True)
class WrittenBlock:
    """A paragraph or an item with its characters and citations, in the order they are written.

    `start` and `end` are those of its words in the text.
    """

    block: Block
    written: tuple[Written, ...]
    start: int
    end: int


def written_places(text: str) -> tuple[WrittenBlock | None, ...]:
    """Find where each block of a text is written; None for one that cannot be followed."""
    parsed, sources = parse_markup(text).blocks, written_blocks(text)
    lines = text.splitlines(keepends=True)
    starts = [0, *accumulate(map(len, lines))]
    return tuple(
        _block(block, content, lines[first:], starts[first:])
        for block, (content, first) in zip(parsed, sources, strict=True)
    )


def _block(block: Block, content: str, lines: list[str], starts: list[int]) -> WrittenBlock | None:
    places: list[int] = []
    for number, (words, line, start) in enumerate(
        zip(content.split("\n"), lines, starts, strict=False)
    ):
        # What stands before the words is the sign of a list, or what the line is indented by.
        said, ended = words.rstrip(), line.rstrip()
        if not ended.endswith(said):
            return None
        at = start + len(ended) - len(said)
        if number:
            places.append(places[-1] + 1 if places else at)
        places += range(at, at + len(words))
    places.append(places[-1] + 1 if places else 0)
    try:
        found = tuple(_walk(block.pieces, content))
    except _Lost:
        return None
    written = tuple(
        Written(one.char, places[one.start], places[one.end - 1] + 1, one.looks, one.citation)
        for one in found
    )
    return WrittenBlock(block, written, places[0], places[len(content.rstrip()) - 1] + 1)


class _Lost(Exception):  # noqa: N818 - it says what the walk is
    """What was read does not stand where it is expected."""


def _walk(pieces: tuple[InlinePiece, ...], content: str) -> Iterator[Written]:
    """Yield what is read of a block, with its place in the words as they are written."""
    at, citations = 0, 0
    looks: frozenset[str] = frozenset()
    for piece in pieces:
        if piece.kind == "text":
            for char in piece.text:
                end = _end_of(char, content, at)
                yield Written(char, at, end, looks)
                at = end
        elif piece.kind == "citation":
            end = content.find("]", at) + 1
            if not content.startswith("[@", at) or not end:
                raise _Lost
            yield Written("", at, end, looks, citations)
            at, citations = end, citations + 1
        elif piece.kind in _SIGNS:
            width = _SIGNS[piece.kind]
            if content[at : at + width] not in ("*" * width, "_" * width):
                raise _Lost
            at += width
            name = piece.kind.removeprefix("/")
            looks = looks - {name} if piece.kind.startswith("/") else looks | {name}
        else:
            at = _behind_link_sign(piece, content, at)


def _end_of(char: str, content: str, at: int) -> int:
    if char == " " and (found := _BLANKS.match(content, at)):
        return found.end()
    if content.startswith(f"\\{char}", at):
        return at + 2
    if not content.startswith(char, at):
        raise _Lost
    return at + 1


def _behind_link_sign(piece: InlinePiece, content: str, at: int) -> int:
    if piece.kind == "link" and content[at : at + 1] in ("[", "<"):
        return at + 1
    if piece.kind == "/link":
        if content.startswith(">", at):
            return at + 1
        if found := _TARGET.match(content, at):
            return found.end()
    raise _Lost
