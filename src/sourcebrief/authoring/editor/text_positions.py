"""Positions in a text, as editors count them and as YAML does.

An editor's lines end in LF, CRLF or CR (LSP 3.17); YAML's also in U+0085, U+2028 and U+2029.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from sourcebrief.errors import Place

Position: TypeAlias = tuple[int, int]
"""A line and a character, counted from 0, in code points."""

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")
_YAML_LINE_END: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def editor_lines(text: str) -> list[str]:
    """The lines of a text with their ends; the last one may be empty."""
    lines: list[str] = _LINE.findall(text)
    return lines if lines and lines[-1][-1] not in "\r\n" else [*lines, ""]


def offset_of(text: str, position: Position) -> int:
    """The offset of a position; one beyond a line or the text is at its end."""
    lines = editor_lines(text)
    line, character = position
    if line >= len(lines):
        return len(text)
    length = len(lines[line].rstrip("\r\n"))
    return sum(map(len, lines[:line])) + min(character, length)


def position_of(text: str, offset: int) -> Position:
    """The position of an offset."""
    lines = editor_lines(text[:offset])
    return len(lines) - 1, len(lines[-1])


def offset_of_place(text: str, place: Place) -> int:
    """The offset of a place that a problem names."""
    start = 0
    for _ in range(place.line - 1):
        found = _YAML_LINE_END.search(text, start)
        if found is None:
            return len(text)
        start = found.end()
    return min(start + place.column - 1, len(text))


def end_of_stretch(text: str, offset: int) -> int:
    """Where what is wrong at an offset ends, as far as it can be seen: with its line."""
    found = _YAML_LINE_END.search(text, offset)
    line = text[offset : found.start() if found else len(text)].rstrip()
    return offset + max(len(line), 1 if offset < len(text) else 0)
