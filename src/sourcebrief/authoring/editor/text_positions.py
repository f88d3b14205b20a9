"""Positions in a text, as editors count them and as YAML does.

An editor's lines end in LF, CRLF or CR (LSP 3.17); YAML's also in U+0085, U+2028 and U+2029.
"""

from bisect import bisect_right
from functools import cached_property
from typing import TypeAlias

from sourcebrief.errors import Place
from sourcebrief.workspace.yaml_syntax import LINE_BREAK
from sourcebrief.workspace.yaml_writing import LINE_END

Position: TypeAlias = tuple[int, int]
"""A line and a character, counted from 0, in code points."""


class TextLines:
    """A text and where its lines begin."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in LINE_END.finditer(self.text))]

    @cached_property
    def _yaml_starts(self) -> list[int]:
        return [0, *(found.end() for found in LINE_BREAK.finditer(self.text))]

    @cached_property
    def lines(self) -> list[str]:
        """The lines as an editor has them, with their ends; the last one may be empty."""
        ends = [*self._starts[1:], len(self.text)]
        return [self.text[start:end] for start, end in zip(self._starts, ends, strict=True)]

    def offset_of(self, position: Position) -> int:
        """The offset of a position; one beyond a line or the text is at its end."""
        line, character = position
        if line >= len(self._starts):
            return len(self.text)
        length = len(self.lines[line].rstrip("\r\n"))
        return self._starts[line] + min(character, length)

    def position_of(self, offset: int) -> Position:
        """The position of an offset."""
        line = bisect_right(self._starts, offset) - 1
        return line, offset - self._starts[line]

    def offset_of_place(self, place: Place) -> int:
        """The offset of a place that a problem names."""
        if place.line > len(self._yaml_starts):
            return len(self.text)
        return min(self._yaml_starts[place.line - 1] + place.column - 1, len(self.text))

    def end_of_stretch(self, offset: int) -> int:
        """Where what is wrong at an offset ends, as far as it can be seen: with its line."""
        found = LINE_BREAK.search(self.text, offset)
        line = self.text[offset : found.start() if found else len(self.text)].rstrip()
        return offset + max(len(line), 1 if offset < len(self.text) else 0)
