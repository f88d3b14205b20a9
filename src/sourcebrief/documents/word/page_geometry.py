"""Give a reference document the brief's page size, and measure what its margins leave."""

from dataclasses import dataclass
from typing import Final

from sourcebrief.documents.word.opc_package import Package, w, w_child
from sourcebrief.errors import EngineFault

# ISO/IEC 29500-1, 17.6.13: in twentieths of a point.
_SIZES: Final = {"A4": (11906, 16838), "Letter": (12240, 15840)}
_INCH: Final = 1440
_BEFORE_SIZE: Final = tuple(
    map(w, ("headerReference", "footerReference", "footnotePr", "endnotePr", "type"))
)


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """The width and height of the text on a page, in twentieths of a point."""

    text_width: int
    text_height: int


def on_page(reference: bytes, page: str) -> tuple[bytes, PageGeometry]:
    """Return a reference document of the size named (`A4` or `Letter`), and its geometry.

    pandoc takes the size from the reference document, and makes no picture wider than its text.
    """
    try:
        package = Package(reference)
        section = w_child(package.body(), "sectPr")
    except EngineFault as fault:
        raise EngineFault(f"reference.docx: {fault}; save it from Word again") from fault
    size = w_child(section, "pgSz", at=len([*section.iterchildren(*_BEFORE_SIZE)]))
    wide, high = _SIZES[page]
    if (size.get(w("w")), size.get(w("h"))) != (str(wide), str(high)):
        size.attrib.clear()
        size.attrib.update({w("w"): str(wide), w("h"): str(high)})
        reference = package.bytes()
    margins = section.find(w("pgMar"))
    left, right, top, bottom = (
        # Word's own margin where a document gives none is an inch.
        _INCH if margins is None else abs(int(margins.get(w(side)) or _INCH))
        for side in ("left", "right", "top", "bottom")
    )
    return reference, PageGeometry(wide - left - right, high - top - bottom)
