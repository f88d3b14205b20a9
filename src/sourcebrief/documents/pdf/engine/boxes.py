"""How the laid-out boxes of a page are read; each is the box of an element or of a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = (
    "weasyprint.document.Page._page_box",
    "weasyprint.formatting_structure.boxes.Box.element",
    "weasyprint.formatting_structure.boxes.Box.element_tag",
    "weasyprint.formatting_structure.boxes.Box.footnote",
    "weasyprint.formatting_structure.boxes.Box.hit_area",
    "weasyprint.formatting_structure.boxes.Box.is_leader",
    "weasyprint.formatting_structure.boxes.Box.link_annotation",
    "weasyprint.formatting_structure.boxes.LineBox",
    "weasyprint.formatting_structure.boxes.MarginBox",
    "weasyprint.formatting_structure.boxes.ReplacedBox",
    "weasyprint.formatting_structure.boxes.TextBox",
    "weasyprint.layout.absolute.AbsolutePlaceholder",
)
"""The private names that reading boxes rests on."""


def is_text(box: Any) -> bool:
    """Return whether a box is a run of text in one line."""
    return isinstance(box, boxes.TextBox)


def is_line(box: Any) -> bool:
    """Return whether a box is a line of text."""
    return isinstance(box, boxes.LineBox)


def is_image(box: Any) -> bool:
    """Return whether a box is an image or a drawing."""
    return isinstance(box, boxes.ReplacedBox)


def is_margin(box: Any) -> bool:
    """Return whether a box is a running head or foot."""
    return isinstance(box, boxes.MarginBox)


def is_note_marker(box: Any) -> bool:
    """Return whether a box is the number in front of a footnote."""
    # The text in the marker has the marker's tag.
    return not is_text(box) and (box.element_tag or "").endswith("::footnote-marker")


def placed(box: Any) -> Any:
    """Return the box itself where a placeholder stands for an absolutely positioned one."""
    return box._box if isinstance(box, AbsolutePlaceholder) else box


def descendants(box: Any) -> Iterator[Any]:
    """Yield a box and all boxes in it."""
    box = placed(box)
    yield box
    for child in box.children:
        yield from descendants(child)
