"""Highlights inside a PDF: pikepdf reads the marks, PDFium the characters beneath them.

PDFium gives the characters, as in `importing/pdf_pages.py`. A character is marked where its middle
lies in one of the rectangles of a highlight; what is left out between two marked stretches parts
them.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sourcebrief.authoring.annotations.annotation import (
    MOST_ANNOTATIONS,
    MOST_CHARACTERS,
    Highlight,
    SelectedWords,
    UnreadableAnnotations,
    clean_note,
)

_KINDS: Final = ("/Highlight", "/Underline", "/Squiggly")
_ENCRYPTED: Final = "it is encrypted; save a copy without a password"
_BROKEN: Final = "it is broken, or not a PDF; open it in a PDF reader and print it to a new PDF"
_FAULTS: Final = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)
_CORNERS: Final = 8
"""Numbers of a quadrilateral: four points."""
_CONTEXT: Final = 32

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark on a page, from 0: its rectangles (left, bottom, right, top) and its notes."""

    page: int
    boxes: tuple[Box, ...]
    note: str


def read_pdf_highlights(data: bytes) -> list[Highlight]:
    """Return the highlights of a PDF, page by page."""
    import pypdfium2

    marks = list(_marks(data))
    if not marks:
        return []
    try:
        with pypdfium2.PdfDocument(data) as document:
            return list(_annotations(document, marks))
    except pypdfium2.PdfiumError as error:
        raise UnreadableAnnotations(_BROKEN) from error


def _marks(data: bytes) -> Iterator[_Mark]:
    import pikepdf

    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
    count = 0
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            for number, page in enumerate(pdf.pages):
                listed = list(page.obj.get("/Annots", ()))
                for mark in listed:
                    if str(mark.get("/Subtype")) not in _KINDS:
                        continue
                    count += 1
                    if count > MOST_ANNOTATIONS:
                        raise UnreadableAnnotations(f"it holds more than {MOST_ANNOTATIONS:,}")
                    yield _Mark(number, tuple(_boxes(mark)), _note(mark, listed))
    except pikepdf.PasswordError:
        raise UnreadableAnnotations(_ENCRYPTED) from None
    except (pikepdf.PdfError, *_FAULTS):
        raise UnreadableAnnotations(_BROKEN) from None


def _boxes(mark: Any) -> Iterator[Box]:
    corners = [float(number) for number in mark.get("/QuadPoints", mark.get("/Rect", ()))]
    if len(corners) < _CORNERS:
        corners = [corners[at] for at in (0, 1, 2, 1, 0, 3, 2, 3)] if len(corners) == 4 else []
    for first in range(0, len(corners) - _CORNERS + 1, _CORNERS):
        across, up = (corners[first + axis : first + _CORNERS : 2] for axis in (0, 1))
        yield min(across), min(up), max(across), max(up)


def _note(mark: Any, listed: list[Any]) -> str:
    """Return the note of a mark, and the replies to it, a line each."""
    replies = [
        other
        for other in listed
        if other.get("/IRT") is not None
        and mark.objgen != (0, 0)
        and other.get("/IRT").objgen == mark.objgen
    ]
    return clean_note(
        str(one.get("/Contents")) for one in (mark, *replies) if one.get("/Contents") is not None
    )


def _annotations(document: Any, marks: list[_Mark]) -> Iterator[Highlight]:
    held: tuple[int, list[tuple[str, float, float]]] = (-1, [])
    for number, mark in enumerate(marks, 1):
        if held[0] != mark.page:
            held = mark.page, _characters(document, mark.page)
        parts = tuple(_parts(held[1], mark.boxes))
        where = f"highlight {number}, p. {mark.page + 1}"
        yield Highlight(where, parts, mark.note, page=mark.page + 1)


def _characters(document: Any, number: int) -> list[tuple[str, float, float]]:
    """Return the characters of a page with their middles, in the order of reading."""
    import pypdfium2

    page = document[number]
    text = page.get_textpage()
    found = []
    for index in range(text.count_chars()):
        character = chr(pypdfium2.raw.FPDFText_GetUnicode(text, index))
        left, bottom, right, top = text.get_charbox(index)
        # PDFium writes a hyphen that divides a word as U+0002.
        character = "-" if character == "\x02" else character
        found.append((character, (left + right) / 2, (bottom + top) / 2))
    text.close()
    page.close()
    return found


def _parts(
    characters: list[tuple[str, float, float]], boxes: tuple[Box, ...]
) -> Iterator[SelectedWords]:
    marked = [
        index
        for index, (character, x, y) in enumerate(characters)
        if not character.isspace()
        and any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in boxes)
    ]
    text = "".join(character for character, _, _ in characters)
    spans: list[list[int]] = []
    for index in marked:
        if spans and not text[spans[-1][1] : index].strip():
            spans[-1][1] = index + 1
        else:
            spans.append([index, index + 1])
    for start, end in spans:
        before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
        yield SelectedWords(text[start:end][:MOST_CHARACTERS], before, after)
