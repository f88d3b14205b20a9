"""How the boxes of a layout are read, and the links that notes are given.

A box belongs to an element or to a part of it. Each is of one line or one page only.
"""

from collections.abc import Iterator
from itertools import count
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from sourcebrief.errors import EngineFault

_BOXES = "weasyprint.formatting_structure.boxes"
_OF_A_BOX = ("element", "element_tag", "footnote", "hit_area", "is_leader", "link_annotation")
PRIVATE_NAMES = (
    *(f"{_BOXES}.Box.{name}" for name in _OF_A_BOX),
    *(f"{_BOXES}.{kind}Box" for kind in ("Line", "Margin", "Replaced", "TableRow", "Text")),
    "weasyprint.document.Page._page_box",
    "weasyprint.layout.absolute.AbsolutePlaceholder",
)
"""The private names that reading boxes needs."""


def link_notes(document: Any) -> int:
    """Lead from each call to its note and back, and return how many notes there are.

    Of each piece of a link's text, one link is left. A box that only inherits its link lies over
    the one that has it, and a box without extent is the end of a line, so neither is a link of its
    own. Links in margin boxes would be annotations of artifacts.

    Raises EngineFault where the layout lost a note.
    """
    taken = {name for page in document.pages for name in page.anchors}
    names = (name for number in count(1) if (name := f"note-{number}") not in taken)
    calls: dict[Any, str] = {}
    notes: set[Any] = set()
    for number, page in enumerate(document.pages, start=1):
        linked = {box for _, _, _, box in page.links}
        outermost = {
            box
            for child in page._page_box.children
            if not isinstance(child, boxes.MarginBox)
            for box in _outermost(child, linked)
        }
        page.links[:] = [
            (kind, target, area, box)
            for kind, target, area, box in page.links
            if box in outermost and area[2] > area[0] and area[3] > area[1]
        ]
        for box in descendants(page._page_box):
            is_call = box.footnote is not None
            if box.element is None or not (is_call or is_note_marker(box)):
                continue
            if is_call:
                named = box.element.get("id") or "(without id)"
                calls.setdefault(box.element, f"{named} whose call is on page {number}")
            if not box.element.get("id"):
                box.element.set("id", next(names))  # a call cannot lead to a note without a name
            note = box.element.get("id")
            call = f"{note}-call"
            page.links.append(("internal", note if is_call else call, _area(box), box))
            if is_call:
                page.anchors[call] = _area(box)
            else:
                page.anchors.setdefault(note, _area(box))
                notes.add(box.element)
    for element, call in calls.items():
        if element not in notes:
            raise EngineFault(f"WeasyPrint lost the note {call}")
    return len(calls)


def rows_after_strays(document: Any) -> list[str]:
    """Name the first row of each page on which stands a note whose call is on the page before.

    Where the row after a call has no room for its own note, WeasyPrint may put off the note of the
    call too. It does not where that row is told to begin a page.
    """
    called: set[Any] = set()
    names: list[str] = []
    for page in document.pages:
        found = list(descendants(page._page_box))
        if any(is_note_marker(box) and box.element in called for box in found):
            rows = (box.element.get("id") for box in found if isinstance(box, boxes.TableRowBox))
            names += filter(None, [next(filter(None, rows), None)])
        called = {box.element for box in found if box.footnote is not None}
    return names


def _outermost(box: Any, linked: set[Any]) -> Iterator[Any]:
    """Yield the linked boxes that stand in no other linked box of the page."""
    box = placed(box)
    if box in linked and not isinstance(box, (boxes.TextBox, boxes.LineBox)):
        yield box
        return
    for child in box.children:
        yield from _outermost(child, linked)


def _area(box: Any) -> tuple[float, float, float, float]:
    x, y, width, height = box.hit_area()
    return x, y, x + width, y + height


def put_markers_in_lines(document: Any) -> None:
    """Move each marker that stands outside its list item into the item's first line.

    Its place on the page stays. It would be drawn after all text, so that text which is copied, or
    read in the order of drawing, had all markers at its end.
    """
    for page in document.pages:
        for item in descendants(page._page_box):
            for marker in item.children:
                if isinstance(marker, AbsolutePlaceholder) and (
                    (marker._box.element_tag or "").endswith("::marker")
                ):
                    others = (box for box in item.children if box is not marker)
                    line = next(filter(None, map(_first_line, others)), None)
                    if line is not None:
                        line.children = [*marker._box.children, *line.children]
                        item.children = [box for box in item.children if box is not marker]


def _first_line(box: Any) -> Any:
    """Return the first line in a box, or None; boxes outside the flow are passed over."""
    if isinstance(box, AbsolutePlaceholder):
        return None
    if isinstance(box, boxes.LineBox):
        return box
    return next(filter(None, map(_first_line, box.children)), None)


def is_note_marker(box: Any) -> bool:
    """Return whether a box is the number in front of a footnote."""
    # The text in the marker has the marker's tag.
    return not isinstance(box, boxes.TextBox) and (box.element_tag or "").endswith(
        "::footnote-marker"
    )


def placed(box: Any) -> Any:
    """Return the box itself where a placeholder stands for an absolutely positioned one."""
    return box._box if isinstance(box, AbsolutePlaceholder) else box


def descendants(box: Any) -> Iterator[Any]:
    """Yield a box and all boxes in it."""
    box = placed(box)
    yield box
    for child in box.children:
        yield from descendants(child)


def lines_after(document: Any, pages: int) -> int:
    """Count the lines of text on the pages after the first so many, by their height on the page."""
    return sum(
        len(
            {
                round(box.position_y)
                for child in page._page_box.children
                if not isinstance(child, boxes.MarginBox)
                for box in descendants(child)
                if isinstance(box, boxes.TextBox) and box.text.strip()
            }
        )
        for page in document.pages[pages:]
    )
