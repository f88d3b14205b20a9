"""Where the layout put each footnote: what the tests hold the pages against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sourcebrief.documents.pdf.engine.boxes import descendants, is_note_marker


@dataclass(frozen=True)
class PlacedNote:
    """The pages of a call and of its note, from 0; `note` is None for a lost one."""

    identifier: str
    call: int
    note: int | None


def placed_notes(document: Any) -> tuple[PlacedNote, ...]:
    """Every footnote in the order of the calls."""
    calls: dict[Any, int] = {}
    notes: dict[Any, int] = {}
    for number, page in enumerate(document.pages):
        for box in descendants(page._page_box):
            if box.footnote is not None:
                calls.setdefault(box.element, number)
            elif is_note_marker(box):
                notes.setdefault(box.element, number)
    return tuple(
        PlacedNote(element.get("id", ""), page, notes.get(element))
        for element, page in calls.items()
    )
