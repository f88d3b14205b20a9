"""Highlights inside a PDF: pikepdf reads the marks, PDFium the characters beneath them.

The text is read as `importing/pdf_pages.py` reads that of a seed, so that both have the same words.
What is left out between two marked stretches parts them.
"""

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sourcebrief.authoring.annotations.annotation import (
    MOST_CHARACTERS,
    Highlight,
    SelectedWords,
    clean_note,
)
from sourcebrief.authoring.importing.extraction import UnreadableDocument
from sourcebrief.authoring.importing.pdf_pages import MARK_BEGINS, MARK_ENDS, Box, marked_text

_KINDS: Final = ("/Highlight", "/Underline", "/Squiggly")
_ENCRYPTED: Final = "it is encrypted; save a copy without a password"
_BROKEN: Final = "it is broken, or not a PDF; open it in a PDF reader and print it to a new PDF"
_FAULTS: Final = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)
_CORNERS: Final = 8
"""Numbers of a quadrilateral: four points."""
_CONTEXT: Final = 32
_STRETCH: Final = re.compile(f"{MARK_BEGINS}([^{MARK_ENDS}]*){MARK_ENDS}")
_SIGNS: Final = re.compile(f"[{MARK_BEGINS}{MARK_ENDS}]")


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
        raise UnreadableDocument(_BROKEN) from error


def _marks(data: bytes) -> Iterator[_Mark]:
    import pikepdf

    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            for number, page in enumerate(pdf.pages):
                listed = list(page.obj.get("/Annots", ()))
                for mark in listed:
                    if str(mark.get("/Subtype")) not in _KINDS:
                        continue
                    yield _Mark(number, tuple(_boxes(mark)), _note(mark, listed))
    except pikepdf.PasswordError:
        raise UnreadableDocument(_ENCRYPTED) from None
    except (pikepdf.PdfError, *_FAULTS):
        raise UnreadableDocument(_BROKEN) from None


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
    for number, mark in enumerate(marks, 1):
        page = document[mark.page]
        parts = tuple(_parts(marked_text(page, mark.boxes)))
        page.close()
        where = f"highlight {number}, p. {mark.page + 1}"
        yield Highlight(where, parts, mark.note, page=mark.page + 1)


def _parts(text: str) -> Iterator[SelectedWords]:
    """Yield the marked stretches of a page's text, with the words beside each."""
    for found in _STRETCH.finditer(text):
        before, after = (
            _SIGNS.sub("", words) for words in (text[: found.start()], text[found.end() :])
        )
        yield SelectedWords(found[1][:MOST_CHARACTERS], before[-_CONTEXT:], after[:_CONTEXT])
